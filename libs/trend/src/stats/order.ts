/** Turns the median of absolute deviations into the standard deviation of a normal distribution. */
export const MAD_TO_SIGMA = 1.4826022185056018;

/** The values, lowest first. Not for NaN. */
export const ascending = (values: ArrayLike<number>): Float64Array => new Float64Array(values).sort();

/** Mean of the two in the middle for an even count. NaN of nothing. `sorted`: lowest first. */
export function medianOfSorted(sorted: ArrayLike<number>): number {
  const n = sorted.length;
  const middle = n >> 1;
  if (n === 0) return NaN;
  return n % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

/** The middle value; half of the values may be wild. NaN of nothing. */
export const median = (values: ArrayLike<number>): number => medianOfSorted(ascending(values));

/** The middle of three without a list: the cheapest guard against a single spike. */
export const medianOf3 = (a: number, b: number, c: number): number =>
  Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));

/** Median distance from the median, in the unit of the values; 0 when more than half are the same. NaN of nothing. */
export function medianAbsoluteDeviation(values: ArrayLike<number>): number {
  const middle = median(values);
  return median(new Float64Array(values).map(value => Math.abs(value - middle)));
}

/** Spread as a standard deviation that wild values cannot blow up. */
export const robustSigma = (values: ArrayLike<number>): number =>
  MAD_TO_SIGMA * medianAbsoluteDeviation(values);

/** The value at which the weights of the lower and of the higher ones balance; the lower one of two that do. */
export function weightedMedian(values: readonly number[], weights: readonly number[]): number {
  const order = values.map((_, i) => i).sort((a, b) => values[a]! - values[b]!);
  let rest = weights.reduce((sum, weight) => sum + weight, 0) / 2;
  for (const i of order) {
    rest -= weights[i]!;
    if (rest <= 0) return values[i]!;
  }
  return NaN;
}

/** Rank of each value, 1 for the lowest; equal ones share the mean of their ranks. Quadratic: for short lists. */
export function ranks(values: ArrayLike<number>): number[] {
  const result = new Array<number>(values.length);
  for (let i = 0; i < values.length; i++) {
    let lower = 0;
    let equal = 0;
    for (let j = 0; j < values.length; j++) {
      if (values[j]! < values[i]!) lower++;
      else if (values[j] === values[i]) equal++;
    }
    result[i] = lower + (equal + 1) / 2;
  }
  return result;
}
