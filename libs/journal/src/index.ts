export * from './errors';
export * from './journal.port';
