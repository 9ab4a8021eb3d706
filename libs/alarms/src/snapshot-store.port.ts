import type { AlarmChange } from './alarm';
import type { KeptComposites } from './composite/composite-engine';
import type { Watching } from './silence';
import type { RegistryChange } from './registry-change';
import type { SensorSnapshot } from './sensor-snapshot';

/** What a monitor finds again after a restart. */
export interface KeptState {
  /** Journal position that the state stands for. */
  readonly seq: number;
  readonly watching: Watching | null;
  /** What the directory held. */
  readonly registry: Iterable<RegistryChange>;
  readonly sensors: Iterable<readonly [string, SensorSnapshot]>;
  readonly composites: KeptComposites;
  /** Changes that had not reached the records yet. */
  readonly unsent: readonly AlarmChange[];
}

/** What changed since the last save. */
export interface StateDelta {
  readonly seq: number;
  readonly watching: Watching | null;
  /** In the order in which they came. */
  readonly registry: readonly RegistryChange[];
  /** Asynchronous when they are copied while they are read: a large city at once would hold up everything else. */
  readonly sensors:
    Iterable<readonly [string, SensorSnapshot]> | AsyncIterable<readonly [string, SensorSnapshot]>;
  readonly removed: readonly string[];
  /** All of them. */
  readonly composites: KeptComposites;
  readonly unsent: readonly AlarmChange[];
}

/** Keeps the state of one monitor. Owned by the monitor. */
export interface SnapshotStore {
  /** null: there is none, or one of another SNAPSHOT_VERSION. */
  load(): KeptState | null;
  /** All of it or nothing, durable once resolved. */
  save(delta: StateDelta): Promise<void>;
}
