import { isUsable } from '@anmai/readings';
import type { Millis } from '@anmai/kernel';
import { isConditionPending, isLost, type CompiledCondition, type ConditionState } from './condition';
import type { SensorState } from './sensor-state';
import { RING_READINGS_MAX } from './sensor-track';
import { worstOn } from './threshold';

/** No more than the monitor remembers of a sensor can be asked for. */
export const CLEAR_READINGS_MAX = RING_READINGS_MAX;

/**
 * Usable readings in a row, from the newest back to `since` (device time), that met no limit of the rule. 0 while the
 * sensor tells nothing. A rule without limits of its own on the sensor (silence, composite) takes every usable reading.
 */
export function clearReadingsSince(state: SensorState, ruleId: string, since: Millis): number {
  if (state.stale) return 0;
  const index = state.watches.limits.findIndex(watch => watch.ruleId === ruleId);
  const disturbed = state.steps.findLastIndex(
    ({ at, quality, states }) =>
      at < since ||
      !isUsable(quality) ||
      (index >= 0 && !isQuiet(state.watches.limits[index]!.compiled, states[index]!)),
  );
  return state.steps.length - 1 - disturbed;
}

/** A reading that could not be corrected for its companion was judged by nobody. */
const isQuiet = (compiled: CompiledCondition, state: ConditionState): boolean =>
  worstOn(state.limits) < 0 && !isConditionPending(state) && !isLost(compiled, state);
