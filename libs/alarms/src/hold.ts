import { SECOND_MS, type Millis } from '@anmai/kernel';
import type { Hold } from './rule';

/** Samples that a hold may look back on at most; they are kept as bits of one number. */
export const HOLD_SAMPLES_MAX = 30;

/** A hold, ready to run. `inSamples`: k of the last n; otherwise milliseconds of device time. */
export type HoldPolicy =
  | { readonly inSamples: true; readonly k: number; readonly n: number }
  | { readonly inSamples: false; readonly holdMs: number };

/** `undefined` means at once: one sample. */
export function holdPolicy(hold: Hold | undefined): HoldPolicy {
  if (hold === undefined) return { inSamples: true, k: 1, n: 1 };
  if ('seconds' in hold) return { inSamples: false, holdMs: hold.seconds * SECOND_MS };
  return { inSamples: true, k: hold.samples, n: hold.of ?? hold.samples };
}

/** Is a run that began at `since`, with the newest sample in bit 0 of `bits`, long enough at `at`? */
export function holds(policy: HoldPolicy, bits: number, since: Millis, at: Millis): boolean {
  if (!policy.inSamples) return at - since >= policy.holdMs;
  return popCount(bits & mask(policy.n)) >= policy.k;
}

/** The samples that still matter after one more: newest in bit 0. */
export function shiftIn(policy: HoldPolicy, bits: number, seen: boolean): number {
  const n = policy.inSamples ? policy.n : 1;
  return ((bits << 1) | (seen ? 1 : 0)) & mask(n);
}

const mask = (n: number): number => (1 << n) - 1;

/** Samples that were seen. */
export function popCount(bits: number): number {
  let count = 0;
  for (let rest = bits; rest !== 0; rest &= rest - 1) count++;
  return count;
}
