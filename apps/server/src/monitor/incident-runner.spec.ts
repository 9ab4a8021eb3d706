import {
  restoreMonitor,
  sensorSnapshot,
  type IncidentChange,
  type KeptIncidents,
  type Monitor,
} from '@anmai/alarms';
import { ASSET, monitorWith, ruleOf, SENSOR } from '@anmai/alarms/testing/timeline';
import { IncidentRunner } from './incident-runner';

const SECOND = 1_000;
const RULE = ruleOf({
  type: 'threshold',
  limits: [
    { severity: 'yellow', above: 20 },
    { severity: 'red', above: 50 },
  ],
});

/** A well with one sensor; another, not near, comes into the registry at second 150. */
const start = (): Monitor => monitorWith([RULE]);
type Entry = { readonly at: number } & (
  | { readonly values: Readonly<Record<string, number>> }
  | { readonly registers: string }
  | { readonly tick: true }
);
const ENTRIES: readonly Entry[] = [
  { at: 60, values: { s1: 25 } },
  { at: 120, values: { s1: 60 } },
  { at: 150, registers: 's2' },
  { at: 180, values: { s1: 5, s2: 30 } },
  { at: 240, values: { s1: 26, s2: 5 } },
  { at: 300, values: { s1: 5 } },
  { at: 400, tick: true },
];

function step(monitor: Monitor, runner: IncidentRunner, entry: Entry): IncidentChange[] {
  const at = entry.at * SECOND;
  if ('tick' in entry) return runner.after(monitor.tick(at), [], at);
  if ('registers' in entry) {
    const id = entry.registers;
    const changes = [
      { kind: 'asset', op: 'put', id: `a-${id}`, value: { ...ASSET, id: `a-${id}` } },
      { kind: 'sensor', op: 'put', id, value: { ...SENSOR, id, assetId: `a-${id}`, channel: id } },
    ] as const;
    return runner.after(monitor.registry(changes, at), changes, at);
  }
  const readings = Object.entries(entry.values).map(([sensorId, value]) => ({
    sensorId,
    at,
    value,
    quality: 1 as const,
  }));
  return runner.after(monitor.readings(readings, at), [], at);
}

/** As a process that was killed finds it: through JSON. */
function again(monitor: Monitor, kept: KeptIncidents | null): { monitor: Monitor; runner: IncidentRunner } {
  const sensors = [...monitor.sensors].map(([id, state]) => [id, sensorSnapshot(state)] as const);
  const text = JSON.stringify({ sensors, kept, composites: monitor.composites.kept() });
  const found = JSON.parse(text) as {
    sensors: typeof sensors;
    kept: typeof kept;
    composites: ReturnType<Monitor['composites']['kept']>;
  };
  const restored = restoreMonitor(
    monitor.directory.entries(),
    found.sensors,
    monitor.watching,
    found.composites,
  );
  return { monitor: restored, runner: new IncidentRunner(restored, found.kept) };
}

it('gives the same incidents with the same ids, wherever it is cut', () => {
  const whole = start();
  const wholeRunner = new IncidentRunner(whole, null);
  const expected = ENTRIES.flatMap(entry => step(whole, wholeRunner, entry));
  expect(expected.filter(change => change.kind === 'opened')).toHaveLength(2);
  ENTRIES.forEach((_, cut) => {
    const monitor = start();
    const runner = new IncidentRunner(monitor, null);
    const told = ENTRIES.slice(0, cut).flatMap(entry => step(monitor, runner, entry));
    const next = again(monitor, runner.kept());
    expect(next.runner.learnt).toEqual([]);
    told.push(...ENTRIES.slice(cut).flatMap(entry => step(next.monitor, next.runner, entry)));
    expect(told).toEqual(expected);
  });
});

it('without a snapshot it begins with the alarms that are open', () => {
  const monitor = start();
  const before = new IncidentRunner(monitor, null);
  const told = ENTRIES.slice(0, 2).flatMap(entry => step(monitor, before, entry));
  const { runner } = again(monitor, null);
  expect(runner.learnt).toEqual(told);
  expect(again(start(), null).runner.learnt).toEqual([]);
});

it('is written only when something changed, and again when it was not written', () => {
  const monitor = start();
  const runner = new IncidentRunner(monitor, null);
  expect(runner.kept()).not.toBeNull();
  step(monitor, runner, { at: 30, tick: true });
  expect(runner.kept()).toBeNull();
  step(monitor, runner, ENTRIES[0]!);
  expect(runner.kept()?.engine.incidents).toHaveLength(1);
  expect(runner.kept()).toBeNull();
  runner.keepAgain();
  expect(runner.kept()).not.toBeNull();
});

it('notices a flood, and its end by the clock alone', () => {
  const monitor = start();
  const runner = new IncidentRunner(monitor, null);
  const up = (i: number): IncidentChange[] => step(monitor, runner, { at: 10 + 2 * i, values: { s1: 25 } });
  const down = (i: number): IncidentChange[] => step(monitor, runner, { at: 11 + 2 * i, values: { s1: 5 } });
  for (let i = 0; i < 10; i++) {
    up(i);
    down(i);
  }
  expect(runner.flood.since).toBeNull();
  up(10);
  expect(runner.flood).toMatchObject({ since: 30 * SECOND, count: 11 });
  step(monitor, runner, { at: 700, tick: true });
  expect(runner.flood.since).toBeNull();
});
