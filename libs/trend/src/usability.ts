import type { Feature } from './feature';

/** Newest reading in bit 0; set: it could not be used. */
export interface Usability {
  readonly bits: number;
  readonly seen: number;
}

/** Readings that the share is taken over at most: they are kept as bits of one number. */
export const USABILITY_READINGS_MAX = 30;

/**
 * Share (0 to 1) of the newest `of` readings that could not be used (bad or missing). null until so many came.
 * State: two numbers.
 */
export function usabilityFeature(of: number): Feature<Usability> {
  const mask = 2 ** Math.min(of, USABILITY_READINGS_MAX) - 1;
  const shift = (state: Usability, bit: number): Usability => ({
    bits: ((state.bits << 1) | bit) & mask,
    seen: Math.min(of, state.seen + 1),
  });
  return {
    start: { bits: 0, seen: 0 },
    step: state => shift(state, 0),
    unusable: state => shift(state, 1),
    valueOf: ({ bits, seen }) => (seen < of ? null : ones(bits) / of),
    explain: ({ bits, seen }) => ({ unusable: ones(bits), of: seen }),
  };
}

function ones(bits: number): number {
  let count = 0;
  for (let rest = bits; rest !== 0; rest &= rest - 1) count++;
  return count;
}
