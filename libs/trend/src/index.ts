export * from './baseline/baseline-feature';
export * from './changepoint/changepoint-feature';
export * from './feature';
export * from './flat-line';
export * from './forecast';
export * from './rate';
export * from './trend';
export * from './usability';
