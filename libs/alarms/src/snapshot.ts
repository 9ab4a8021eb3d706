import type { Asset, Org, Sensor } from '@anmai/catalog';
import { invariant } from '@anmai/kernel';
import type { Book } from './book';
import type { LateLane } from './late-lane';
import { Monitor, type MonitorHooks } from './monitor';
import type { Rule } from './rule';
import { newSensorState, type SensorState } from './sensor-state';
import { DueWheel, type Watching } from './silence';
import type { Step } from './sensor-track';
import type { ThresholdState } from './threshold';
import { watchesOf } from './watch';

/** Raised with each change of the shapes below; a snapshot of another version is not read (the journal is replayed). */
export const SNAPSHOT_VERSION = 1;

/** What is kept of one sensor. JSON; NaN values travel as null. */
export interface SensorSnapshot {
  readonly watchKeys: string;
  readonly start: readonly ThresholdState[];
  readonly steps: readonly (Omit<Step, 'value'> & { readonly value: number | null })[];
  readonly books: readonly Book[];
  readonly silenceBooks: readonly Book[];
  readonly lane: LateLane | null;
  readonly heardWatchedMs: number;
  readonly heardAt: number;
  readonly stale: boolean;
}

/** Registry and rules; written whole, but only when they changed. */
export interface DirectorySnapshot {
  readonly version: number;
  readonly orgs: readonly (Org & { readonly path: readonly string[] })[];
  readonly assets: readonly Asset[];
  readonly sensors: readonly Sensor[];
  readonly rules: readonly Rule[];
}

export function directorySnapshot(monitor: Monitor): DirectorySnapshot {
  const { orgs, assets, sensors, rules } = monitor.directory;
  return {
    version: SNAPSHOT_VERSION,
    orgs: [...orgs.values()],
    assets: [...assets.values()],
    sensors: [...sensors.values()],
    rules: [...rules.values()],
  };
}

export function sensorSnapshot(state: SensorState): SensorSnapshot {
  const { start, books, silenceBooks, lane, heardWatchedMs, heardAt, stale } = state;
  const steps = state.steps.map(step => ({ ...step, value: Number.isNaN(step.value) ? null : step.value }));
  const watchKeys = keysOf(state);
  // Copies: the lists of the state go on changing while the snapshot waits to be written.
  const own = { books: [...books], silenceBooks: [...silenceBooks] };
  return { watchKeys, start, steps, ...own, lane, heardWatchedMs, heardAt, stale };
}

/** A monitor that goes on where the snapshot was taken. */
export function restoreMonitor(
  directory: DirectorySnapshot,
  sensors: Iterable<readonly [string, SensorSnapshot]>,
  watching: Watching | null,
  hooks: MonitorHooks = {},
): Monitor {
  const monitor = new Monitor(hooks);
  for (const org of directory.orgs) monitor.directory.orgs.set(org.id, org);
  for (const asset of directory.assets) monitor.directory.assets.set(asset.id, asset);
  for (const sensor of directory.sensors) monitor.directory.sensors.set(sensor.id, sensor);
  for (const rule of directory.rules) monitor.directory.rules.set(rule.id, rule);
  monitor.watching = watching;
  monitor.wheel = new DueWheel(watching?.watchedMs ?? 0);
  for (const [id, kept] of sensors) restoreSensor(monitor, id, kept);
  return monitor;
}

function restoreSensor(monitor: Monitor, id: string, kept: SensorSnapshot): void {
  const sensor = monitor.directory.sensors.get(id);
  if (sensor === undefined) return;
  const watches = watchesOf(monitor.directory.subject(sensor), monitor.directory.rules.values());
  const state = newSensorState(sensor, watches, kept.heardWatchedMs, kept.heardAt);
  invariant(kept.watchKeys === keysOf(state), `snapshot of ${id} does not fit the rules stored with it`);
  const steps = kept.steps.map(step => ({ ...step, value: step.value ?? Number.NaN }));
  Object.assign(state, {
    start: kept.start,
    steps,
    books: [...kept.books],
    silenceBooks: [...kept.silenceBooks],
    lane: laneOf(kept.lane),
    stale: kept.stale,
  });
  monitor.sensors.set(id, state);
  monitor.noteRipening(state);
  if (state.lane !== null) monitor.lanes.add(id);
  monitor.plan(state);
}

/** JSON has no NaN, and a missing value must be found equal when it comes again. */
const laneOf = (lane: LateLane | null): LateLane | null =>
  lane === null
    ? null
    : {
        ...lane,
        steps: lane.steps.map(step => ({ ...step, value: (step.value as number | null) ?? Number.NaN })),
      };

const keysOf = (state: SensorState): string =>
  [...state.watches.limits, ...state.watches.silences]
    .map(w => `${w.key.ruleId}@${w.key.ruleVersion}`)
    .join();
