import { untiedVariance, varianceOf } from './mann-kendall';
import { select } from './select';

/** A line through values at any instants, with the range that its slope may well have. */
export interface RobustLine {
  /** Per unit of `ats`. */
  readonly slope: number;
  /** Confidence interval of the slope; -Infinity or Infinity where the pairs are too few to bound it. */
  readonly low: number;
  readonly high: number;
  /** Rising pairs minus falling ones, and its variance without a trend (Mann-Kendall), corrected by `widening`. */
  readonly s: number;
  readonly varS: number;
}

/**
 * Slopes of all pairs, used within one call alone: room from outside the heap for each fit cost more than the fit. As much as
 * the longest scale of a trend needs; longer lists get their own.
 */
const PAIRS = new Float64Array((32 * 31) / 2);

/**
 * Theil-Sen slope with the interval that Sen (1968) derives from the ranks of the pairs' slopes. `ats` ascends, each
 * once. `z`: how sure the interval is, as a normal quantile (1.96: 95 %). `widening(slope)`: factor on the variance for
 * noise with a memory. The interval leaves 0 out only when the Mann-Kendall test finds a trend at the same level.
 * Up to 29 % of the values may be wild. NaN with fewer than two values. Quadratic in the number of values.
 */
export function theilSen(
  ats: readonly number[],
  values: readonly number[],
  z: number,
  widening: (slope: number) => number = () => 1,
): RobustLine {
  const n = values.length;
  const count = (n * (n - 1)) / 2;
  if (count === 0) return { slope: NaN, low: -Infinity, high: Infinity, s: 0, varS: 0 };
  const slopes = count <= PAIRS.length ? PAIRS : new Float64Array(count);
  let place = 0;
  let rising = 0;
  let falling = 0;
  for (let i = 0; i < n; i++) {
    const at = ats[i]!;
    const value = values[i]!;
    for (let j = i + 1; j < n; j++) {
      const rise = values[j]! - value;
      if (rise > 0) rising++;
      else if (rise < 0) falling++;
      slopes[place++] = rise / (ats[j]! - at);
    }
  }
  const middle = count >> 1;
  const upper = select(slopes, middle, 0, count);
  const slope = count % 2 === 1 ? upper : (select(slopes, middle - 1, 0, middle) + upper) / 2;
  // Sorting for ties costs as much as all the rest, and there are none unless a pair is even.
  const varS = (rising + falling < count ? varianceOf(values) : untiedVariance(n)) * widening(slope);
  const reach = z * Math.sqrt(varS);
  const lowest = Math.floor((count - reach) / 2) - 1;
  const highest = Math.ceil((count + reach) / 2);
  return {
    slope,
    low: lowest < 0 ? -Infinity : select(slopes, lowest, 0, lowest < middle ? middle : count),
    high: highest >= count ? Infinity : select(slopes, highest, highest > middle ? middle + 1 : 0, count),
    s: rising - falling,
    varS,
  };
}
