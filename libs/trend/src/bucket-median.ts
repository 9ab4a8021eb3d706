import { weightedMedian, median } from './stats/order';

/** Values that a level of the remedian holds before it hands on their median. Odd, so that the median is one of them. */
export const REMEDIAN_BASE = 11;

/**
 * The readings of one bucket of time, for a median in little memory: the remedian of Rousseeuw and Bassett (1990). Level i
 * holds medians of 11^i values each; 11 full ones become one of the next level.
 */
export type Remedian = readonly (readonly number[])[];

/** The remedian after one more value. Holds 11 values a level at most, for 11^k readings k levels. */
export function addToMedian(levels: Remedian, value: number): Remedian {
  const next = levels.slice();
  let carried = value;
  for (let i = 0; ; i++) {
    const level = [...(next[i] ?? []), carried];
    if (level.length < REMEDIAN_BASE) {
      next[i] = level;
      return next;
    }
    next[i] = [];
    carried = median(level);
  }
}

/** The median, exact up to 10 values, else close to it: each value held counts as many as it stands for. NaN of none. */
export function medianOfBucket(levels: Remedian): number {
  if (levels.length === 1) return median(levels[0]!);
  return weightedMedian(
    levels.flat(),
    levels.flatMap((level, i) => level.map(() => REMEDIAN_BASE ** i)),
  );
}
