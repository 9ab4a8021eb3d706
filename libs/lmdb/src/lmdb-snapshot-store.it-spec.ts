import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  IncidentEngine,
  incidentSnapshot,
  INCIDENT_SNAPSHOT_VERSION,
  Monitor,
  NO_FLOOD,
  restoreMonitor,
  sensorSnapshot,
  type StateDelta,
} from '@anmai/alarms';
import { changesOf, monitorWith, ruleOf } from '@anmai/alarms/testing/timeline';
import { openLmdbEnv, type LmdbEnv } from './lmdb-env';
import { LmdbSnapshotStore } from './lmdb-snapshot-store';

let folder = '';
let env: LmdbEnv;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'anmai-snapshot-'));
  env = openLmdbEnv(folder, 1 << 28);
});
afterEach(async () => {
  await env.root.close();
  rmSync(folder, { recursive: true, force: true });
});

const RULE = ruleOf({
  type: 'threshold',
  limits: [{ severity: 'red', above: 20 }],
  raiseAfter: { samples: 2 },
});

const deltaOf = (monitor: Monitor, seq: number): StateDelta => ({
  seq,
  watching: monitor.watching,
  registry: [...monitor.directory.entries()],
  sensors: new Map([...monitor.sensors].map(([id, state]) => [id, sensorSnapshot(state)])),
  removed: [],
  composites: monitor.composites.kept(),
  incidents: null,
  unsent: [],
  unsentIncidents: [],
});

it('has nothing at first', () => {
  expect(new LmdbSnapshotStore(env).load()).toBeNull();
});

it('gives back a monitor that goes on, after the folder was closed and opened again', async () => {
  const monitor = monitorWith([RULE]);
  changesOf(monitor, '0 25');
  await new LmdbSnapshotStore(env).save(deltaOf(monitor, 7));
  await env.root.close();
  env = openLmdbEnv(folder, 1 << 28);
  const kept = new LmdbSnapshotStore(env).load()!;
  expect(kept.seq).toBe(7);
  const again = restoreMonitor(kept.registry, kept.sensors, kept.watching, kept.composites);
  expect(changesOf(again, '60 25')).toEqual(changesOf(monitor, '60 25'));
});

it('adds and removes what changed and leaves the rest', async () => {
  const store = new LmdbSnapshotStore(env);
  await store.save(deltaOf(monitorWith([RULE]), 1));
  await store.save({
    seq: 2,
    watching: null,
    registry: [],
    sensors: new Map(),
    removed: ['s1'],
    composites: { open: [], onsets: [] },
    incidents: null,
    unsent: [],
    unsentIncidents: [],
  });
  const kept = store.load()!;
  expect([...kept.sensors]).toEqual([]);
  expect([...kept.registry].filter(change => change.kind === 'rule').map(change => change.value)).toEqual([
    RULE,
  ]);
  expect(kept.seq).toBe(2);
});

it('keeps incidents until others come, and gives none of another version', async () => {
  const store = new LmdbSnapshotStore(env);
  const monitor = monitorWith([RULE]);
  const engine = incidentSnapshot(new IncidentEngine(monitor.directory));
  await store.save({ ...deltaOf(monitor, 1), incidents: null });
  expect(store.load()!.incidents).toBeNull();
  await store.save({ ...deltaOf(monitor, 2), incidents: { engine, flood: NO_FLOOD } });
  await store.save(deltaOf(monitor, 3));
  expect(store.load()).toMatchObject({ seq: 3, incidents: { engine, flood: NO_FLOOD } });
  const other = { ...engine, version: INCIDENT_SNAPSHOT_VERSION + 1 };
  await store.save({ ...deltaOf(monitor, 4), incidents: { engine: other, flood: NO_FLOOD } });
  expect(store.load()!.incidents).toBeNull();
});
