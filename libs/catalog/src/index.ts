export * from './limits';
export * from './registry';
