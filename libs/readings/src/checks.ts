import type { Millis } from '@anmai/kernel';
import { AppError, DAY_MS } from '@anmai/kernel';
import { READING_ERRORS } from './errors';
import type { BucketQuery, DirtySpan, RangeQuery, RetentionPolicy } from './reading-store.port';
import { APPEND_READINGS_MAX, BUCKETS_MAX, RANGE_ROWS_MAX, ROLLUP_SPANS_MAX } from './reading-store.port';

// Every adapter calls these first, so that all refuse alike.

/** Throws RDG-002. */
export function checkBatch(batch: readonly unknown[]): void {
  if (batch.length <= APPEND_READINGS_MAX) return;
  throw new AppError(READING_ERRORS.batchTooLarge, { count: batch.length, countMax: APPEND_READINGS_MAX });
}

/** Throws RDG-003 or RDG-004. */
export function checkRange(query: RangeQuery): void {
  checkSpan(query);
  const { limit } = query;
  if (Number.isInteger(limit) && limit >= 1 && limit <= RANGE_ROWS_MAX) return;
  throw new AppError(READING_ERRORS.badLimit, { limit, limitMax: RANGE_ROWS_MAX });
}

/** Throws RDG-004 or RDG-005. */
export function checkBuckets(query: BucketQuery): void {
  checkSpan(query);
  const { from, to, widthMs } = query;
  const count = Math.ceil((to - from) / widthMs);
  if (count <= BUCKETS_MAX) return;
  throw new AppError(READING_ERRORS.tooManyBuckets, { count, countMax: BUCKETS_MAX, widthMs });
}

/** Throws RDG-004 or RDG-006. */
export function checkSpans(spans: readonly DirtySpan[]): void {
  if (spans.length > ROLLUP_SPANS_MAX) {
    throw new AppError(READING_ERRORS.tooManySpans, { count: spans.length, countMax: ROLLUP_SPANS_MAX });
  }
  spans.forEach(checkSpan);
}

function checkSpan({ from, to }: { readonly from: Millis; readonly to: Millis }): void {
  if (Number.isSafeInteger(from) && Number.isSafeInteger(to) && from <= to) return;
  throw new AppError(READING_ERRORS.badSpan, { from, to });
}

/** Throws RDG-007. A coarser rollup is made from the finer one, so it must not be dropped before it. */
export function checkRetention(policy: RetentionPolicy): void {
  let finerMs = DAY_MS;
  for (const which of ['rawMs', 'minuteMs', 'hourMs', 'dayMs'] as const) {
    const keepMs = policy[which] ?? Infinity;
    if (Number.isNaN(keepMs) || keepMs < finerMs) {
      const why = keepMs < DAY_MS ? 'shorter than a day' : 'shorter than that of the finer resolution';
      throw new AppError(READING_ERRORS.badRetention, { which, keepMs, why });
    }
    finerMs = keepMs;
  }
}

/** Start of the oldest UTC day that a policy keeps in full; whole days go, so no bucket is ever left half-made. */
export function keptFrom(keepMs: number | null, now: Millis): Millis {
  return keepMs === null ? 0 : Math.max(0, Math.floor((now - keepMs) / DAY_MS) * DAY_MS);
}
