export * from './indicator';
export * from './month';
