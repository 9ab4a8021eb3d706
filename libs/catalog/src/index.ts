export * from './asset-kinds';
export * from './default-limits';
export * from './gases';
export * from './limits';
export * from './quantities';
export * from './registry';
export * from './unit-table';
export * from './units';
