export * from './feature';
export * from './changepoint/changepoint-feature';
