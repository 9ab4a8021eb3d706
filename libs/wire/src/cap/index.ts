export * from './cap-alert';
export * from './cap-area';
export * from './cap-faults';
export * from './cap-reader';
export * from './cap-time';
export * from './cap-warning';
export * from './cap-xml';
