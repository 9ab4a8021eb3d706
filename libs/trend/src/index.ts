export * from './feature';
export * from './baseline/baseline-feature';
