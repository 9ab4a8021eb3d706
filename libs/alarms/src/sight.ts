import { isUsable } from '@anmai/readings';
import type { Companions } from './companions';
import { isLost, learnsFromUnusable } from './condition';
import type { SensorState } from './sensor-state';

/** Why a rule cannot judge a sensor now, as it is told. */
export type BlindReason = 'no data' | 'no usable value' | 'companion silent';

/**
 * What keeps a limit watch from judging; null: nothing. A value that is corrected for another sensor cannot be judged
 * while that one is silent, however well the sensor itself reports.
 */
export function blindness(state: SensorState, index: number, companions: Companions): BlindReason | null {
  const newest = state.steps.at(-1);
  const { compiled, companionsFrom, companionsTo } = state.watches.limits[index]!;
  const isUnusable = newest !== undefined && !isUsable(newest.quality);
  // What cannot be used makes a sensor count as silent, but not for a rule that is about just that.
  if (isUnusable && learnsFromUnusable(compiled)) return null;
  if (state.stale) return 'no data';
  if (isUnusable) return 'no usable value';
  if (companionsFrom === companionsTo) return null;
  const lost = isLost(compiled, (newest?.states ?? state.start)[index]!);
  return lost || companions.silentOf(state, index) !== null ? 'companion silent' : null;
}

/** Is there a rule on it that cannot judge, since the sensor or a companion is silent? */
export const isAnyWatchBlind = (state: SensorState, companions: Companions): boolean =>
  state.watches.limits.some((_, index) => blindness(state, index, companions) !== null);
