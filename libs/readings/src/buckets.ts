import type { Bucket, StoredReading } from './reading-store.port';
import { isUsable } from './reading';
import { bucketStart } from './spans';

/** Buckets of raw rows (ascending by `at`). Only usable values count; a stretch without one has no bucket. */
export function bucketize(rows: readonly StoredReading[], widthMs: number): Bucket[] {
  const ones: Bucket[] = [];
  for (const { at, value, quality } of rows) {
    if (value === null || !isUsable(quality)) continue;
    ones.push({ at, min: value, max: value, mean: value, count: 1, last: value });
  }
  return mergeBuckets(ones, widthMs);
}

/** Wider buckets out of narrower ones (ascending by `at`, each within one of the wider). */
export function mergeBuckets(buckets: readonly Bucket[], widthMs: number): Bucket[] {
  const merged: Bucket[] = [];
  let sum = 0;
  for (const bucket of buckets) {
    const at = bucketStart(bucket.at, widthMs);
    const open = merged.at(-1);
    if (open === undefined || open.at !== at) {
      sum = bucket.mean * bucket.count;
      merged.push({ ...bucket, at });
      continue;
    }
    sum += bucket.mean * bucket.count;
    const count = open.count + bucket.count;
    merged[merged.length - 1] = {
      at,
      min: Math.min(open.min, bucket.min),
      max: Math.max(open.max, bucket.max),
      mean: sum / count,
      count,
      last: bucket.last,
    };
  }
  return merged;
}
