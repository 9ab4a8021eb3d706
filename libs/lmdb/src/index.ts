export * from './lmdb-env';
export * from './lmdb-journal';
