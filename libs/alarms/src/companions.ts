import { SECOND_MS, type Millis } from '@anmai/kernel';
import { isUsable } from '@anmai/readings';
import type { Beside } from '@anmai/trend';
import type { Companion } from './rule';
import type { SensorState } from './sensor-state';

/** Two that report in turn are one interval apart at most; an older value would correct by yesterday's weather. */
const AGE_INTERVALS_MAX = 1.5;

/** Which sensor a companion is, and what it read when a reading was taken. */
export class Companions {
  /** By companion, who is corrected for it; sorted, so that two runs tell in the same order. */
  private correctedFor: ReadonlyMap<string, readonly string[]> = new Map();

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
    this.correctedFor = this.turnedRound();
  }

  /** Sensors whose values are corrected for this one. */
  correctedBy(id: string): readonly string[] {
    return this.correctedFor.get(id) ?? [];
  }

  /** A companion of that watch that is not there or silent; null: all of them speak. */
  silentOf({ watches, companionIds }: SensorState, index: number): string | null {
    const { companionsFrom, companionsTo } = watches.limits[index]!;
    for (let i = companionsFrom; i < companionsTo; i++) {
      const id = companionIds[i] ?? null;
      const companion = id === null ? undefined : this.sensors.get(id);
      if (companion === undefined || companion.stale) return id ?? nameOf(watches.companions[i]!);
    }
    return null;
  }

  private turnedRound(): ReadonlyMap<string, readonly string[]> {
    const turned = new Map<string, Set<string>>();
    for (const { sensor, companionIds } of this.sensors.values())
      for (const id of companionIds)
        if (id !== null) turned.set(id, (turned.get(id) ?? new Set()).add(sensor.id));
    return new Map([...turned].map(([id, corrected]) => [id, [...corrected].sort()]));
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

const nameOf = (companion: Companion): string =>
  'sensorId' in companion ? companion.sensorId : companion.quantity;

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
