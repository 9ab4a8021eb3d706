export {
  EmbeddedPostgres,
  type EmbeddedPostgresOptions,
  type EmbeddedTarget,
} from './embedded/embedded-postgres';
export { BUILDING_ERRORS } from './building-errors';
export { POSTGRES_ERRORS } from './errors';
export { ALARM_REFUSALS } from './refusals';
export { openRecords, type RecordsOptions } from './open-records';
export { IDEMPOTENCY_KEEP_MS, IDEMPOTENCY_STALE_MS } from './repositories/idempotency-records';
export { INCIDENTS_AT_ONCE } from './repositories/notice-feed-records';
export { PRESENCE_CHANGES_MAX } from './repositories/presence-records';
export { QUARANTINE_ROWS_MAX } from './repositories/quarantine-records';
export * from './records';
export type { DatabaseOptions, PoolTarget } from './database';
export { dumpRecords, type DumpHead, type TablePart } from './backup/dump-records';
export { loadRecords } from './backup/load-records';
