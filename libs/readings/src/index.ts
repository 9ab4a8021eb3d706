export * from './reading';
export * from './reading-store.port';
