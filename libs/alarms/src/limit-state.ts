import type { Millis } from '@anmai/kernel';
import { holds, popCount, shiftIn, type HoldPolicy } from './hold';

/** Where a value stands to one limit; `between` is the deadband. */
export type Sight = 'met' | 'between' | 'clear';

/**
 * One limit of one sensor. Immutable; a sensor far from its limits keeps the very same object, so that a hundred
 * thousand quiet sensors cost nothing per reading.
 */
export interface LimitState {
  readonly on: boolean;
  /** Off: samples that met it. On: samples that were clear. Newest in bit 0. */
  readonly bits: number;
  /** Off: first sample of the run that met it. On: first sample of the run that was clear. */
  readonly since: Millis | null;
  /** First sample of the run that switched it on; null while off. */
  readonly onsetAt: Millis | null;
  /** Off, hold in samples: device times of the samples that `bits` counts, oldest first. */
  readonly metAt?: readonly Millis[];
}
export const LIMIT_OFF: LimitState = { on: false, bits: 0, since: null, onsetAt: null };

export interface LimitPolicy {
  readonly raise: HoldPolicy;
  readonly clear: HoldPolicy;
}

/** One usable sample. Pure. Raises at exactly the hold; clears only by clear samples, never by time alone. */
export function stepLimit(policy: LimitPolicy, state: LimitState, at: Millis, sight: Sight): LimitState {
  return state.on ? stepOn(policy.clear, state, at, sight) : stepOff(policy.raise, state, at, sight);
}

function stepOff(raise: HoldPolicy, state: LimitState, at: Millis, sight: Sight): LimitState {
  const met = sight === 'met';
  if (raise.inSamples) return countMet(raise, state, at, met);
  if (!met) return LIMIT_OFF;
  const since = state.since ?? at;
  if (holds(raise, 0, since, at)) return { on: true, bits: 0, since: null, onsetAt: since };
  return { on: false, bits: 0, since, onsetAt: null };
}

/** k of n forgives single misses; what has left the window is no part of the run that raises. */
function countMet(raise: HoldPolicy, state: LimitState, at: Millis, met: boolean): LimitState {
  const bits = shiftIn(raise, state.bits, met);
  if (bits === 0) return LIMIT_OFF;
  const counted = met ? [...(state.metAt ?? []), at] : (state.metAt ?? []);
  const metAt = counted.slice(-popCount(bits));
  const since = metAt[0] ?? at;
  if (holds(raise, bits, since, at)) return { on: true, bits: 0, since: null, onsetAt: since };
  return { on: false, bits, since, onsetAt: null, metAt };
}

function stepOn(clear: HoldPolicy, state: LimitState, at: Millis, sight: Sight): LimitState {
  if (sight !== 'clear') {
    const bits = shiftIn(clear, state.bits, false);
    const keep = clear.inSamples && bits !== 0;
    if (!keep && state.since === null) return state;
    return { ...state, bits: keep ? bits : 0, since: keep ? state.since : null };
  }
  const bits = shiftIn(clear, state.bits, true);
  const since = state.since ?? at;
  return holds(clear, bits, since, at) ? LIMIT_OFF : { ...state, bits, since };
}

/** A stretch without usable samples: it counts towards raising (we err that way), never towards clearing. */
export function blindLimit(state: LimitState): LimitState {
  return state.on && state.since !== null ? { ...state, bits: 0, since: null } : state;
}

/** Time passed without a sample: a hold in seconds that ran out raises; nothing ever clears. */
export function ripenLimit(policy: LimitPolicy, state: LimitState, at: Millis): LimitState {
  if (state.on || state.since === null || policy.raise.inSamples) return state;
  if (!holds(policy.raise, state.bits, state.since, at)) return state;
  return { on: true, bits: 0, since: null, onsetAt: state.since };
}
