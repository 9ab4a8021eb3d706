import type { Millis } from '@anmai/kernel';
import type { Beside, Feature } from '@anmai/trend';
import {
  blindThreshold,
  initialThreshold,
  isPending,
  ripenThreshold,
  stepThreshold,
  type CompiledThreshold,
  type ThresholdState,
} from './threshold';

/** A condition, ready to run: limits on the plain value, or on the value that a feature derives from the readings. */
export interface CompiledCondition extends CompiledThreshold {
  /** null: the limits are on the value itself. */
  readonly feature: Feature | null;
  /** Shared by all sensors: a sensor far from its limits keeps this very object. */
  readonly initial: ConditionState;
}

/** One condition of one sensor: what its feature remembers, and where its limits stand. Immutable. */
export interface ConditionState {
  /** State of the feature; null without one. */
  readonly feature: unknown;
  readonly limits: ThresholdState;
}

export function compileCondition(threshold: CompiledThreshold, feature: Feature | null): CompiledCondition {
  const initial = { feature: feature === null ? null : feature.start, limits: initialThreshold(threshold) };
  return { ...threshold, feature, initial };
}

/** One usable reading, later than all before. The same object when nothing changed. */
export function stepCondition(
  compiled: CompiledCondition,
  state: ConditionState,
  at: Millis,
  value: number,
  beside?: Beside,
): ConditionState {
  const { feature } = compiled;
  if (feature === null) return withLimits(state, stepThreshold(compiled, state.limits, at, value));
  return derived(compiled, feature, state, feature.step(state.feature, at, value, beside), at);
}

/** A reading that cannot be used: only a feature that counts such ones learns from it. */
export function blindCondition(
  compiled: CompiledCondition,
  state: ConditionState,
  at: Millis,
): ConditionState {
  const { feature } = compiled;
  if (feature?.unusable === undefined) return withLimits(state, blindThreshold(state.limits));
  return derived(compiled, feature, state, feature.unusable(state.feature, at), at);
}

function derived(
  compiled: CompiledCondition,
  feature: Feature,
  state: ConditionState,
  next: unknown,
  at: Millis,
): ConditionState {
  const value = feature.valueOf(next);
  // What cannot be told yet must not clear what was told.
  const limits =
    value === null ? blindThreshold(state.limits) : stepThreshold(compiled, state.limits, at, value);
  if (next === state.feature && limits === state.limits) return state;
  return { feature: next, limits };
}

/** Time passed without a reading. */
export const ripenCondition = (
  compiled: CompiledCondition,
  state: ConditionState,
  at: Millis,
): ConditionState => withLimits(state, ripenThreshold(compiled, state.limits, at));

/** Readings that cannot be used are what it is about: they do not blind it. */
export const learnsFromUnusable = ({ feature }: CompiledCondition): boolean =>
  feature?.unusable !== undefined;

/** Cannot tell: a sensor that corrects its value was silent at the newest reading. */
export const isLost = ({ feature }: CompiledCondition, state: ConditionState): boolean =>
  feature?.isLost?.(state.feature) ?? false;

/** Cannot tell yet: its feature still learns. One that is lost is blind, which is no learning. */
export const isLearning = (compiled: CompiledCondition, state: ConditionState): boolean => {
  const { feature } = compiled;
  return feature !== null && feature.valueOf(state.feature) === null && !isLost(compiled, state);
};

export const isConditionPending = (state: ConditionState): boolean => isPending(state.limits);

const withLimits = (state: ConditionState, limits: ThresholdState): ConditionState =>
  limits === state.limits ? state : { feature: state.feature, limits };
