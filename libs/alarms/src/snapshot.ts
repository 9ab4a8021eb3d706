import { Monitor, type MonitorHooks } from './monitor';
import type { RegistryChange } from './registry-change';
import type { KeptComposites } from './composite/composite-engine';
import { newSensorState } from './sensor-state';
import { reviveSensor, type SensorSnapshot } from './sensor-snapshot';
import { DueWheel, type Watching } from './silence';

/** Raised with each change of the shapes that are kept; a snapshot of another version is not read. */
export const SNAPSHOT_VERSION = 2;

/** A monitor that goes on where the snapshot was taken. `registry`: what the directory held, in any order. */
export function restoreMonitor(
  registry: Iterable<RegistryChange>,
  sensors: Iterable<readonly [string, SensorSnapshot]>,
  watching: Watching | null,
  composites: KeptComposites,
  hooks: MonitorHooks = {},
): Monitor {
  const monitor = new Monitor(hooks);
  for (const change of registry) monitor.directory.put(change);
  monitor.watching = watching;
  monitor.wheel = new DueWheel(watching?.watchedMs ?? 0);
  for (const [id, kept] of sensors) restoreSensor(monitor, id, kept);
  monitor.companions.resolve(monitor.sensors.values());
  monitor.composites.restore(composites);
  return monitor;
}

function restoreSensor(monitor: Monitor, id: string, kept: SensorSnapshot): void {
  const sensor = monitor.directory.sensors.get(id);
  if (sensor === undefined) return;
  const watches = monitor.directory.watchesOn(sensor);
  const state = newSensorState(sensor, watches, kept.heardWatchedMs, kept.heardAt);
  reviveSensor(state, kept);
  monitor.sensors.set(id, state);
  monitor.noteRipening(state);
  if (state.lane !== null) monitor.lanes.add(id);
  monitor.plan(state);
}
