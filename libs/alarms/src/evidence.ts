import { invariant } from '@anmai/kernel';
import type { Evidence, EvidenceReading } from './alarm';
import type { Step } from './sensor-track';
import type { CompiledLimit } from './threshold';
import type { SilenceWatch, Watched } from './watch';

/** Readings that one change shows at most. */
export const EVIDENCE_READINGS_MAX = 12;

/**
 * The limit of that rank in the unit of what it is on, its source, the readings up to the one that decided, and what
 * was derived from them.
 */
export function evidenceOf(watched: Watched, rank: number, steps: readonly Step[]): Evidence {
  const { unit } = watched.watch;
  const limit = limitOf(watched, rank, steps);
  const found = { limit: { ...border(limit), unit }, source: limit.source, readings: readingsOf(steps) };
  const derived = derivedOf(watched, steps);
  return derived === null ? found : { ...found, derived };
}

function derivedOf(
  { watch, index }: Watched,
  steps: readonly Step[],
): NonNullable<Evidence['derived']> | null {
  const { feature } = watch.compiled;
  const state = steps[steps.length - 1]?.states[index]?.feature;
  if (feature === null || state === undefined) return null;
  const value = feature.valueOf(state);
  return { ...(value === null ? {} : { value }), unit: watch.unit, ...feature.explain(state) };
}

function limitOf({ watch, index }: Watched, rank: number, steps: readonly Step[]): CompiledLimit {
  const { limits } = watch.compiled;
  // Two limits may share a severity, one on each side: the one that was on last is meant.
  for (const step of steps.toReversed()) {
    const on = limits.find((limit, i) => limit.rank === rank && step.states[index]?.limits[i]?.on === true);
    if (on !== undefined) return on;
  }
  // A newer version of the rule may have dropped the level at which the alarm was raised: the nearest milder explains it.
  const limit = limits.findLast(candidate => candidate.rank <= rank) ?? limits[0];
  invariant(limit !== undefined, 'a threshold without limits');
  return limit;
}

export function silenceEvidence(watch: SilenceWatch, steps: readonly Step[]): Evidence {
  return { limit: watch.limit, source: watch.source, readings: readingsOf(steps) };
}

function border(limit: CompiledLimit): Record<string, number> {
  const sides = {
    above: limit.above,
    clearBelow: limit.clearBelow,
    below: limit.below,
    clearAbove: limit.clearAbove,
  };
  return Object.fromEntries(Object.entries(sides).filter(([, value]) => Number.isFinite(value)));
}

function readingsOf(steps: readonly Step[]): EvidenceReading[] {
  return steps
    .slice(-EVIDENCE_READINGS_MAX)
    .map(({ at, value, quality }) => ({ at, value: Number.isNaN(value) ? null : value, quality }));
}
