import { isUsable } from '@anmai/readings';
import type { Monitor } from '../monitor';
import { isLost } from '../condition';
import { isBlind, type SensorState } from '../sensor-state';
import { isAnyWatchBlind } from '../sight';
import type { SensorFact } from './release';

/**
 * What the monitor knows of a sensor when a release is asked for; null: nothing, since it is not registered. The run is
 * counted on what the monitor remembers anyway (RING_READINGS_MAX readings), so it needs no state of its own and no
 * policy may ask for more. `outOfService` is false: planned windows are in the records, and whoever asks adds them.
 */
export function sensorFact(monitor: Monitor, sensorId: string): SensorFact | null {
  const state = monitor.sensors.get(sensorId);
  if (state === undefined) return null;
  const open = [
    ...[...state.books, ...state.silenceBooks].flatMap(book => book.open ?? []),
    ...monitor.composites.openOn(sensorId),
  ];
  const alarm = open.some(each => !each.blind) ? 'active' : open.length > 0 ? 'blind' : 'cleared';
  const blind = isBlind(state) || isAnyWatchBlind(state, monitor.companions);
  return { sensorId, alarm, normalRun: normalRun(state), blind, outOfService: false };
}

/** Usable readings that meet no limit and hold none on, counted back from the newest to the first that is none of these. */
export function normalRun({ steps, watches }: Pick<SensorState, 'steps' | 'watches'>): number {
  // Where no rule looks any more, nothing says that it is normal: taking the rule away must not end an incident.
  if (watches.limits.length + watches.silences.length === 0) return 0;
  const isNormal = (step: SensorState['steps'][number]): boolean =>
    isUsable(step.quality) &&
    step.states.every(
      (state, i) =>
        !isLost(watches.limits[i]!.compiled, state) &&
        state.limits.every(({ on, since, bits }) => !on && since === null && bits === 0),
    );
  return steps.length - 1 - steps.findLastIndex(step => !isNormal(step));
}
