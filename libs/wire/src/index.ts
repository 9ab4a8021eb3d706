export * from './api-shapes';
export type * from './building-shapes';
export * from './cap';
export * from './http';
export type * from './incident-shapes';
export * from './journal/journal-body';
export * from './journal/journal-codec';
export * from './mqtt';
