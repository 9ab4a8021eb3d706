import { medianOfSorted } from './order';
import { varianceOf } from './mann-kendall';

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
 * Theil-Sen slope with the interval that Sen (1968) derives from the ranks of the pairs' slopes. `ats` ascends, each
 * once. `z`: how sure the interval is, as a normal quantile (1.96: 95 %). `widening(slope)`: factor on the variance for
 * noise with a memory. The interval leaves 0 out only when the Mann-Kendall test finds a trend at the same level.
 * Up to 29 % of the values may be wild. NaN with fewer than two values. Quadratic in the number of values.
 */
export function theilSen(
  ats: ArrayLike<number>,
  values: ArrayLike<number>,
  z: number,
  widening: (slope: number) => number = () => 1,
): RobustLine {
  const n = values.length;
  const slopes = new Float64Array((n * (n - 1)) / 2);
  let count = 0;
  let s = 0;
  for (let i = 0; i < n; i++) {
    for (let j = i + 1; j < n; j++) {
      const rise = values[j]! - values[i]!;
      s += Math.sign(rise);
      slopes[count++] = rise / (ats[j]! - ats[i]!);
    }
  }
  slopes.sort();
  const slope = medianOfSorted(slopes);
  const varS = varianceOf(values) * widening(slope);
  const reach = z * Math.sqrt(varS);
  return {
    slope,
    low: slopes[Math.floor((count - reach) / 2) - 1] ?? -Infinity,
    high: slopes[Math.ceil((count + reach) / 2)] ?? Infinity,
    s,
    varS,
  };
}
