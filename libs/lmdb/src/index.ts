export * from './lmdb-env';
export * from './lmdb-journal';
export * from './lmdb-snapshot-store';
export * from './lmdb-registry-cache';
