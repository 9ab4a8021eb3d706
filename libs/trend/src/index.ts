export * from './baseline/baseline-feature';
export * from './changepoint/changepoint-feature';
export * from './feature';
export * from './flat-line';
export * from './usability';
