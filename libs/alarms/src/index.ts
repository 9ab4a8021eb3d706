export * from './alarm';
export * from './rule';
