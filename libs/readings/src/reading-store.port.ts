import type { Millis } from '@anmai/kernel';
import type { Quality, Reading } from './reading';

/** Rows of one `range` call at most. */
export const RANGE_ROWS_MAX = 200_000;
/** Readings of one `append` call at most. */
export const APPEND_READINGS_MAX = 50_000;
/** Buckets that the stretch of one `buckets` call may hold. */
export const BUCKETS_MAX = 200_000;
/** Spans of one `rollUp` call at most. */
export const ROLLUP_SPANS_MAX = 10_000;

/** Widths of the kept rollups: one minute, one hour, one day (UTC). */
export const ROLLUP_WIDTHS_MS = [60_000, 3_600_000, 86_400_000] as const;
export type RollupWidthMs = (typeof ROLLUP_WIDTHS_MS)[number];

/** Half-open [from, to), ascending. */
export interface RangeQuery {
  readonly sensorId: string;
  readonly from: Millis;
  readonly to: Millis;
  /** At most RANGE_ROWS_MAX. */
  readonly limit: number;
}

export interface StoredReading {
  readonly at: Millis;
  /** null when quality is 9 (missing). */
  readonly value: number | null;
  readonly quality: Quality;
}

/** What one stretch [at, at + widthMs) held. Only usable readings (quality 1, 2, 3) count; none: no bucket. */
export interface Bucket {
  readonly at: Millis;
  readonly min: number;
  readonly max: number;
  readonly mean: number;
  readonly count: number;
  readonly last: number;
}

export interface BucketQuery {
  readonly sensorId: string;
  readonly from: Millis;
  readonly to: Millis;
  /** The stretch holds at most BUCKETS_MAX of them. */
  readonly widthMs: RollupWidthMs;
}

export interface SensorBucket extends Bucket {
  readonly sensorId: string;
}

/** A stretch of device time that got new readings since its rollups were last made. */
export interface DirtySpan {
  readonly from: Millis;
  readonly to: Millis;
}

/**
 * How long each resolution is kept, at least a day; a coarser one at least as long as a finer one. null: for ever.
 */
export interface RetentionPolicy {
  readonly rawMs: number | null;
  readonly minuteMs: number | null;
  readonly hourMs: number | null;
  readonly dayMs: number | null;
}

/**
 * Time-series store. Every call rejects with an AppError that is `retryable` while the store is out of reach; a call
 * beyond a maximum rejects with RDG-002 to RDG-007 and must not be retried.
 * Owned by `archiver` (writes) and `api` (reads).
 */
export interface ReadingStore {
  /** Creates or migrates whatever the store needs. Idempotent. Called before all else, again after an outage. */
  open(): Promise<void>;
  /**
   * Durable once resolved. Idempotent: the same (sensorId, at) again replaces value and quality. A reading that can
   * never be kept (see `screen`) does not stop the others: it goes to the `onRefused` the store was made with.
   */
  append(batch: readonly Reading[]): Promise<void>;
  /** Ascending by `at` over [from, to), at most `limit` rows; `truncated` says that more exist. */
  range(query: RangeQuery): Promise<{ rows: StoredReading[]; truncated: boolean }>;
  /** Newest reading of the sensor, or null. */
  latest(sensorId: string): Promise<StoredReading | null>;
  /** Kept rollups, ascending. As fresh as the last `rollUp` that covered them. */
  buckets(query: BucketQuery): Promise<Bucket[]>;
  /** Every sensor that ever had a reading here, in no order; those that are no longer registered as well. */
  sensorIds(): Promise<readonly string[]>;
  /**
   * Puts rollups back as they were, for a restore: those of raw readings that are not kept cannot be made anew.
   * Idempotent: the same (sensorId, at) again replaces. At most APPEND_READINGS_MAX at once.
   */
  putBuckets(widthMs: RollupWidthMs, buckets: readonly SensorBucket[]): Promise<void>;
  /**
   * Makes all three rollups anew for every sensor over each span (widened to whole buckets): minutes from raw,
   * hours from minutes, days from hours. What retention has dropped is not made anew: its rollups stay. Idempotent.
   */
  rollUp(spans: readonly DirtySpan[]): Promise<void>;
  /**
   * Drops what is older than the policy allows, counted from `now`, in whole UTC days or larger parts: never too
   * early. From then on `append` refuses readings older than what is kept.
   */
  enforceRetention(policy: RetentionPolicy, now: Millis): Promise<void>;
  /** Resolves when the store answers, rejects when it does not. */
  ping(): Promise<void>;
  close(): Promise<void>;
}
