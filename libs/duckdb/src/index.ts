export type { DuckdbSettings } from './duckdb-file';
export * from './duckdb-reading-store';
export { DUCKDB_ERRORS } from './errors';
