export * from './feature';
export * from './rate';
