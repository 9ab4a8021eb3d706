import type { AlarmChange } from './alarm';
import type { KeptComposites } from './composite/composite-engine';
import type { IncidentChange } from './incident/incident-change';
import type { IncidentSnapshot } from './incident/incident-snapshot';
import type { FloodState } from './kpi/flood';
import type { Watching } from './silence';
import type { RegistryChange } from './registry-change';
import type { SensorSnapshot } from './sensor-snapshot';

/** What stands behind the monitor: incidents, and whether alarms come faster than people can look. */
export interface KeptIncidents {
  readonly engine: IncidentSnapshot;
  readonly flood: FloodState;
}

/** What a monitor finds again after a restart. */
export interface KeptState {
  /** Journal position that the state stands for. */
  readonly seq: number;
  readonly watching: Watching | null;
  /** What the directory held. */
  readonly registry: Iterable<RegistryChange>;
  readonly sensors: Iterable<readonly [string, SensorSnapshot]>;
  readonly composites: KeptComposites;
  /** null: of before there were incidents, or of another INCIDENT_SNAPSHOT_VERSION. */
  readonly incidents: KeptIncidents | null;
  /** Changes that had not reached the records yet. */
  readonly unsent: readonly AlarmChange[];
  readonly unsentIncidents: readonly IncidentChange[];
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
  /** null: as at the last save. */
  readonly incidents: KeptIncidents | null;
  readonly unsent: readonly AlarmChange[];
  readonly unsentIncidents: readonly IncidentChange[];
}

/** Keeps the state of one monitor. Owned by the monitor. */
export interface SnapshotStore {
  /** null: there is none, or one of another SNAPSHOT_VERSION. */
  load(): KeptState | null;
  /** All of it or nothing, durable once resolved. */
  save(delta: StateDelta): Promise<void>;
}
