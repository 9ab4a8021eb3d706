/** A mean distance from the middle, times this, is the sigma of a Gaussian. */
export const SIGMA_OF_MEAN_DISTANCE = 1.2533;
/** What lies farther from the expected, in sigmas, pulls no harder than what lies here. */
export const CLIP_SIGMAS = 4;

/** Of values in any order; 0 for none. Even counts: the mean of the middle two. */
export function medianOf(values: readonly number[]): number {
  if (values.length === 1) return values[0]!;
  const sorted = [...values].sort((a, b) => a - b);
  const half = sorted.length >> 1;
  if (sorted.length === 0) return 0;
  return sorted.length % 2 === 1 ? sorted[half]! : (sorted[half - 1]! + sorted[half]!) / 2;
}

export const clip = (value: number, low: number, high: number): number =>
  value < low ? low : value > high ? high : value;

/** Distance of the values from `centre` as a Gaussian sigma. */
export function spreadAround(values: readonly number[], centre: number): number {
  let sum = 0;
  for (const value of values) sum += Math.abs(value - centre);
  return (SIGMA_OF_MEAN_DISTANCE * sum) / Math.max(1, values.length);
}

/** `list` with one place replaced; the list itself is not changed. */
export function replaced<T>(list: readonly T[], index: number, value: T): readonly T[] {
  const copy = list.slice();
  copy[index] = value;
  return copy;
}

/** Share of a new value in a running mean that remembers `memory` of them, `n` seen so far. */
export const shareOf = (n: number, memory: number): number => Math.max(1 / (n + 1), 1 / memory);
