export * from './parse-telemetry';
export * from './parse-topic';
export {
  AHEAD_MS_MAX,
  CHANNEL_CHARS_MAX,
  EARLIEST_AT,
  RECORDS_MAX,
  UNIT_CHARS_MAX,
  type Reject,
  type RejectCode,
  type Telemetry,
  type TelemetryRecord,
} from './telemetry';
