import type { Millis } from '@anmai/kernel';
import type { Feature } from './feature';

/** A run of readings that differ by no more than the tolerance. */
export interface FlatRun {
  readonly since: Millis;
  readonly at: Millis;
  readonly lowest: number;
  readonly highest: number;
}

/**
 * Seconds for which the value has stayed within `tolerance` (in the unit of the sensor): a stuck sensor tells as little
 * as a silent one. Counted from reading to reading; a gap in a run counts, since the value came back unmoved.
 * State: one run.
 */
export function flatLineFeature(tolerance: number): Feature<FlatRun | null> {
  return {
    start: null,
    step(run, at, value) {
      if (run === null) return { since: at, at, lowest: value, highest: value };
      const lowest = Math.min(run.lowest, value);
      const highest = Math.max(run.highest, value);
      return highest - lowest <= tolerance
        ? { since: run.since, at, lowest, highest }
        : { since: at, at, lowest: value, highest: value };
    },
    valueOf: run => (run === null ? null : (run.at - run.since) / 1_000),
    explain: run =>
      run === null ? {} : { since: run.since, lowest: run.lowest, highest: run.highest, tolerance },
  };
}
