import { severityRank, type LimitSource } from '@anmai/catalog';
import type { Millis } from '@anmai/kernel';
import { holdPolicy } from './hold';
import {
  blindLimit,
  LIMIT_OFF,
  ripenLimit,
  stepLimit,
  type LimitPolicy,
  type LimitState,
  type Sight,
} from './limit-state';
import type { Limited, ThresholdLimit } from './rule';

/** One limit in the unit of the sensor. */
export interface CompiledLimit {
  readonly rank: number;
  readonly above: number;
  readonly clearBelow: number;
  readonly below: number;
  readonly clearAbove: number;
  readonly source: LimitSource;
}

export interface CompiledThreshold {
  /** Mildest first. */
  readonly limits: readonly CompiledLimit[];
  readonly policy: LimitPolicy;
  /** Does a hold run in seconds, so that time alone can raise? */
  readonly ripens: boolean;
}

/** One state per limit, in the order of `CompiledThreshold.limits`. */
export type ThresholdState = readonly LimitState[];

/** `toSensorUnit` turns a limit of the rule into the unit that the sensor reports in. */
export function compileThreshold(
  condition: Limited,
  source: LimitSource,
  toSensorUnit: (value: number) => number,
): CompiledThreshold {
  const limits = condition.limits
    .map(limit => compileLimit(limit, source, toSensorUnit))
    .sort((a, b) => a.rank - b.rank);
  const policy = { raise: holdPolicy(condition.raiseAfter), clear: holdPolicy(condition.clearAfter) };
  return { limits, policy, ripens: !policy.raise.inSamples };
}

function compileLimit(
  limit: ThresholdLimit,
  source: LimitSource,
  convert: (value: number) => number,
): CompiledLimit {
  const above = limit.above === undefined ? Infinity : convert(limit.above);
  const below = limit.below === undefined ? -Infinity : convert(limit.below);
  return {
    rank: severityRank(limit.severity),
    above,
    clearBelow: limit.clearBelow === undefined ? above : convert(limit.clearBelow),
    below,
    clearAbove: limit.clearAbove === undefined ? below : convert(limit.clearAbove),
    source: limit.source ?? source,
  };
}

export const initialThreshold = (compiled: CompiledThreshold): ThresholdState =>
  compiled.limits.map(() => LIMIT_OFF);

/** The state of an alarm taken over from an older version of the rule: on up to `rank` until readings clear it. */
export function seededThreshold(compiled: CompiledThreshold, rank: number, onsetAt: Millis): ThresholdState {
  return compiled.limits.map(limit =>
    limit.rank <= rank ? { on: true, bits: 0, since: null, onsetAt } : LIMIT_OFF,
  );
}

/** The border counts as met: the safe side. */
export function sightOf(limit: CompiledLimit, value: number): Sight {
  if (value >= limit.above || value <= limit.below) return 'met';
  return value < limit.clearBelow && value > limit.clearAbove ? 'clear' : 'between';
}

export function stepThreshold(
  compiled: CompiledThreshold,
  state: ThresholdState,
  at: Millis,
  value: number,
): ThresholdState {
  return mapSame(state, (limit, i) =>
    stepLimit(compiled.policy, limit, at, sightOf(compiled.limits[i]!, value)),
  );
}

export const blindThreshold = (state: ThresholdState): ThresholdState => mapSame(state, blindLimit);

export const ripenThreshold = (
  compiled: CompiledThreshold,
  state: ThresholdState,
  at: Millis,
): ThresholdState => mapSame(state, limit => ripenLimit(compiled.policy, limit, at));

/** Index of the worst limit that is on; -1: normal. */
export function worstOn(state: ThresholdState): number {
  for (let i = state.length - 1; i >= 0; i--) if (state[i]!.on) return i;
  return -1;
}

/** Is a hold in seconds running? */
export const isPending = (state: ThresholdState): boolean =>
  state.some(limit => !limit.on && limit.since !== null);

/** The same array when nothing changed: most readings change nothing. */
function mapSame(state: ThresholdState, next: (limit: LimitState, i: number) => LimitState): ThresholdState {
  let changed: LimitState[] | null = null;
  for (let i = 0; i < state.length; i++) {
    const before = state[i]!;
    const after = next(before, i);
    if (after !== before) (changed ??= state.slice())[i] = after;
  }
  return changed ?? state;
}
