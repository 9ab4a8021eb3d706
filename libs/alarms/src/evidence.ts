import { invariant } from '@anmai/kernel';
import type { Evidence, EvidenceReading } from './alarm';
import type { Step } from './sensor-track';
import type { CompiledLimit } from './threshold';
import type { LimitWatch, SilenceWatch } from './watch';

/** Readings that one change shows at most. */
export const EVIDENCE_READINGS_MAX = 12;

/**
 * The limit of that rank in the unit of the sensor, its source, and the readings up to the one that decided. `index`:
 * place of the watch in the states of a step.
 */
export function evidenceOf(watch: LimitWatch, index: number, rank: number, steps: readonly Step[]): Evidence {
  const limit = limitOf(watch, index, rank, steps);
  return { limit: { ...border(limit), unit: watch.unit }, source: limit.source, readings: readingsOf(steps) };
}

function limitOf(watch: LimitWatch, index: number, rank: number, steps: readonly Step[]): CompiledLimit {
  const { limits } = watch.compiled;
  // Two limits may share a severity, one on each side: the one that was on last is meant.
  for (const step of steps.toReversed()) {
    const on = limits.find((limit, i) => limit.rank === rank && step.states[index]?.[i]?.on === true);
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
