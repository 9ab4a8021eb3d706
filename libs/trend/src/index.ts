export * from './feature';
export * from './forecast';
export * from './rate';
export * from './trend';
