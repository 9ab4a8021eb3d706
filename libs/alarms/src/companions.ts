import { SECOND_MS, type Millis } from '@anmai/kernel';
import { isUsable } from '@anmai/readings';
import type { Beside } from '@anmai/trend';
import type { Companion } from './rule';
import type { SensorState } from './sensor-state';

/** Two that report in turn are one interval apart at most; an older value would correct by yesterday's weather. */
const AGE_INTERVALS_MAX = 1.5;

/** Which sensor a companion is, and what it read when a reading was taken. */
export class Companions {
  constructor(private readonly sensors: ReadonlyMap<string, SensorState>) {}

  /** Finds the companions of those sensors whose rules ask for some. After sensors or rules changed. */
  resolve(states: Iterable<SensorState>): void {
    let byAsset: ReadonlyMap<string, readonly SensorState[]> | null = null;
    for (const state of states) {
      const { companions } = state.watches;
      if (companions.length === 0) {
        if (state.companionIds.length > 0) state.companionIds = [];
        continue;
      }
      byAsset ??= grouped(this.sensors.values());
      const beside = byAsset.get(state.sensor.assetId) ?? [];
      state.companionIds = companions.map(companion => idOf(companion, state, beside));
    }
  }

  /** Newest usable value of each companion at that instant of device time; null where it is older than it may be. */
  beside(state: SensorState, at: Millis): Beside {
    return state.companionIds.map(id => {
      const companion = id === null ? undefined : this.sensors.get(id);
      if (companion === undefined) return null;
      const ageMsMax = AGE_INTERVALS_MAX * companion.sensor.expectedEverySeconds * SECOND_MS;
      const step = companion.steps.findLast(each => each.at <= at && isUsable(each.quality));
      return step === undefined || at - step.at > ageMsMax ? null : step.value;
    });
  }
}

/** Of several with the quantity the first by id, so that two runs find the same. */
function idOf(companion: Companion, { sensor }: SensorState, beside: readonly SensorState[]): string | null {
  if ('sensorId' in companion) return companion.sensorId;
  const fitting = beside
    .map(each => each.sensor)
    .filter(({ id, quantity }) => quantity === companion.quantity && id !== sensor.id);
  return fitting.map(({ id }) => id).sort()[0] ?? null;
}

function grouped(states: Iterable<SensorState>): Map<string, SensorState[]> {
  const groups = new Map<string, SensorState[]>();
  for (const state of states) {
    const group = groups.get(state.sensor.assetId);
    if (group === undefined) groups.set(state.sensor.assetId, [state]);
    else group.push(state);
  }
  return groups;
}
