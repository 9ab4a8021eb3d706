import type { Explanation, Feature } from '../feature';
import type { CompanionFeature, CompanionState } from './companion-feature';

export interface CompensatedState {
  readonly companion: CompanionState;
  /** Of the feature on the corrected value; null without one. */
  readonly inner: unknown;
  /** A companion told nothing at the newest reading: the corrected value is not known. */
  readonly isLost: boolean;
}

/**
 * A feature (null: the value itself) on what is left of the value once its companions are accounted for. `from`: place of
 * its companions among what the caller gives beside a reading. Null while the relation is learned, and whenever a
 * companion is silent: an uncorrected value would alarm with the weather.
 */
export function compensatedFeature(
  companion: CompanionFeature,
  count: number,
  from: number,
  inner: Feature | null,
): Feature<CompensatedState> {
  return {
    start: { companion: companion.start, inner: inner?.start ?? null, isLost: false },
    step(state, at, value, beside = []) {
      const values = beside.slice(from, from + count).filter(each => each !== null);
      if (values.length < count) return state.isLost ? state : { ...state, isLost: true };
      const next = companion.step(state.companion, at, value, values);
      const corrected = companion.valueOf(next);
      const innerNext =
        corrected === null || inner === null ? state.inner : inner.step(state.inner, at, corrected);
      return { companion: next, inner: innerNext, isLost: false };
    },
    valueOf(state) {
      const corrected = state.isLost ? null : companion.valueOf(state.companion);
      return corrected === null || inner === null ? corrected : inner.valueOf(state.inner);
    },
    isLost: ({ isLost }) => isLost,
    explain: (state): Explanation => ({
      ...companion.explain(state.companion),
      ...inner?.explain(state.inner),
    }),
  };
}
