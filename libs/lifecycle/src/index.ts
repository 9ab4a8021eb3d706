export * from './checkup';
export * from './event';
export * from './regime';
