export * from './app-error';
export * from './ids';
export * from './invariant';
export * from './result';
export * from './time';
