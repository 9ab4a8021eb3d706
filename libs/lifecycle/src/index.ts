export * from './checkup';
export * from './event';
