import fc from 'fast-check';
import { GOOD, type Reading } from '@anmai/readings';
import type { AlarmChange } from './alarm';
import { Replay } from './backtest/replay';
import { sensorFact } from './incident/sensor-fact';
import { Monitor } from './monitor';
import type { Companion, Rule } from './rule';
import { sensorSnapshot, type SensorSnapshot } from './sensor-snapshot';
import { blindness } from './sight';
import { restoreMonitor } from './snapshot';
import { ASSET, ruleOf, SENSOR } from './testing/timeline';

const HOUR = 3_600_000;
const HOURS = 24 * 20;
const SENSORS = [
  { ...SENSOR, id: 'tilt', quantity: 'building.tilt', unit: 'mm', expectedEverySeconds: 3_600 },
  { ...SENSOR, id: 'warmth', quantity: 'temperature', unit: 'Cel', expectedEverySeconds: 3_600 },
];
const ruleWith = (companions: readonly Companion[] | undefined, above = 2): Rule =>
  ruleOf(
    { type: 'threshold', limits: [{ severity: 'yellow', above, clearBelow: above - 1 }], companions },
    { appliesTo: { sensorIds: ['tilt'] } },
  );
const WARMTH: readonly Companion[] = [{ quantity: 'temperature' }];

function monitorWith(rule: Rule, changing?: (sensorId: string) => void): Monitor {
  const monitor = new Monitor({
    ownAbsenceMs: Infinity,
    ...(changing === undefined ? {} : { beforeChange: changing }),
  });
  monitor.registry(
    [
      { kind: 'asset', op: 'put', id: ASSET.id, value: ASSET },
      ...SENSORS.map(value => ({ kind: 'sensor', op: 'put', id: value.id, value }) as const),
      { kind: 'rule', op: 'put', id: rule.id, value: rule },
    ],
    0,
  );
  return monitor;
}

const warmthAt = (hour: number): number => 15 + 10 * Math.sin((hour / 24) * 2 * Math.PI);
/** 0.4 mm for each degree, a little noise, and `moved` mm of its own. */
const tiltAt = (hour: number, moved: number): number =>
  0.4 * warmthAt(hour) + 0.05 * Math.sin(hour * 12.9898) + moved;

/** The two sensors hour by hour; `without`: hours in which the companion is silent. */
function* feed(movedFrom: number, without: (hour: number) => boolean = () => false): Generator<Reading[]> {
  for (let hour = 0; hour < HOURS; hour++) {
    const at = hour * HOUR;
    const warmth = { sensorId: 'warmth', at, value: warmthAt(hour), quality: GOOD };
    const tilt = { sensorId: 'tilt', at, value: tiltAt(hour, hour < movedFrom ? 0 : 3), quality: GOOD };
    yield without(hour) ? [tilt] : [warmth, tilt];
  }
}
const run = (monitor: Monitor, messages: Iterable<Reading[]>): AlarmChange[] =>
  [...messages].flatMap(readings => monitor.readings(readings, readings[0]!.at));
const told = (changes: readonly AlarmChange[]): string =>
  changes.map(change => `${change.at / HOUR} ${change.kind}`).join(', ');

it('an uncorrected value alarms with the weather, a corrected one with the building', () => {
  expect(run(monitorWith(ruleWith(undefined, 9)), feed(HOURS)).length).toBeGreaterThan(10);
  expect(told(run(monitorWith(ruleWith(WARMTH)), feed(HOURS)))).toBe('');
  expect(told(run(monitorWith(ruleWith(WARMTH)), feed(300)))).toBe('300 raised');
});

it('by id or by quantity, the same', () => {
  const byId = run(monitorWith(ruleWith([{ sensorId: 'warmth' }])), feed(300));
  expect(told(byId)).toBe('300 raised');
});

it('shows the relation that it learned', () => {
  const [raised] = run(monitorWith(ruleWith(WARMTH)), feed(300));
  expect(raised!.evidence.derived!['per temperature']).toBeCloseTo(0.4, 1);
  expect(raised!.evidence.derived!['value']).toBeGreaterThan(2);
});

describe('a companion that is silent', () => {
  const silent =
    (from: number, to = Infinity) =>
    (hour: number) =>
      hour >= from && hour < to;
  const at310 = [...feed(300)].slice(0, 310);

  it.each([
    ['nothing is raised without it', 200, Infinity, ''],
    ['an open alarm is blind, and not cleared', 310, Infinity, '300 raised, 311 blinded'],
    ['one that speaks in time blinds nothing', 310, 311, '300 raised'],
    ['it is seen again with the first value that can be corrected', 310, 330, '300 raised, 311 blinded, 330 restored'],
  ])('%s', (_name, from, to, expected) => {
    expect(told(run(monitorWith(ruleWith(WARMTH)), feed(300, silent(from, to))))).toBe(expected);
  }); // prettier-ignore

  it('is told by time alone, long before a slow sensor reports', () => {
    const monitor = monitorWith(ruleWith(WARMTH));
    expect(told(run(monitor, at310))).toBe('300 raised');
    monitor.registry([{ kind: 'sensor', op: 'put', id: 'tilt', value: { ...SENSORS[0]!, expectedEverySeconds: 7 * 86_400 } }], 309 * HOUR);
    const later = [311.4, 311.5, 330].flatMap(hour => monitor.tick(hour * HOUR));
    expect(later.map(change => `${change.at / HOUR} ${change.kind} ${change.reason}`)).toEqual(['311.5 blinded companion silent']);
    const warmth: Reading = { sensorId: 'warmth', at: 331 * HOUR, value: 15, quality: GOOD };
    expect(told(monitor.readings([warmth], 331 * HOUR))).toBe('331 restored');
  }); // prettier-ignore

  it('one that is taken out of the registry blinds at once, until another is found', () => {
    const monitor = monitorWith(ruleWith(WARMTH));
    run(monitor, at310);
    const remove = { kind: 'sensor', op: 'delete', id: 'warmth', value: null } as const;
    const again = { kind: 'sensor', op: 'put', id: 'warmth', value: SENSORS[1]! } as const;
    expect(told(monitor.registry([remove], 309.5 * HOUR))).toBe('309.5 blinded');
    expect(told(monitor.registry([again], 309.6 * HOUR))).toBe('309.6 restored');
  });

  it('is no reading within the limits: a release has to wait', () => {
    const monitor = monitorWith(ruleWith(WARMTH));
    run(monitor, [...feed(HOURS, silent(200))].slice(0, 240));
    expect(sensorFact(monitor, 'tilt')).toMatchObject({ blind: true, normalRun: 0 });
    run(monitor, [...feed(HOURS)].slice(240, 242));
    expect(sensorFact(monitor, 'tilt')).toMatchObject({ blind: false, normalRun: 2 });
  });
});

/** Hours in which each of the two reports, and how far the building has moved by then. */
const hours = fc.array(fc.record({ tilt: fc.boolean(), warmth: fc.boolean(), isMoved: fc.boolean() }), {
  minLength: 60,
  maxLength: 120,
});
const LEARNT = 250;
const TICK = HOUR / 6;

it('an alarm is blind exactly while it cannot be judged; a replay says the same, whatever is silent', () => {
  const kinds = new Set<string>();
  fc.assert(
    fc.property(hours, plan => {
      const readings = [...feed(HOURS)].slice(0, LEARNT).concat(
        plan.map(({ tilt, warmth, isMoved }, i): Reading[] => {
          const at = (LEARNT + i) * HOUR;
          const value = warmthAt(LEARNT + i);
          const moved = tiltAt(LEARNT + i, isMoved ? 3 : 0);
          return [
            ...(warmth ? [{ sensorId: 'warmth', at, value, quality: GOOD }] : []),
            ...(tilt ? [{ sensorId: 'tilt', at, value: moved, quality: GOOD }] : []),
          ];
        }),
      );
      const live = monitorWith(ruleWith(WARMTH));
      const told: AlarmChange[] = [];
      let now = 0;
      for (const each of readings.flat()) {
        for (now += TICK; now < each.at; now += TICK) told.push(...live.tick(now));
        now = each.at;
        told.push(...live.readings([each], each.at));
        const state = live.sensors.get('tilt')!;
        const { open } = state.books[0]!;
        if (open !== null) expect(open.blind).toBe(blindness(state, 0, live.companions) !== null);
      }
      const replay = new Replay({ registry: [...live.directory.entries()], from: 0, tickMs: TICK });
      expect(readings.flat().flatMap(each => replay.reading(each))).toEqual(told);
      for (const change of told) kinds.add(change.kind);
    }),
    { numRuns: 40 },
  );
  expect([...kinds].sort()).toEqual(expect.arrayContaining(['blinded', 'cleared', 'raised', 'restored']));
});

it('finds a companion that is registered later', () => {
  const monitor = monitorWith(ruleWith(WARMTH));
  const [, warmth] = SENSORS;
  monitor.registry([{ kind: 'sensor', op: 'delete', id: 'warmth', value: null }], 0);
  expect(monitor.sensors.get('tilt')!.companionIds).toEqual([null]);
  monitor.registry([{ kind: 'sensor', op: 'put', id: 'warmth', value: warmth! }], 0);
  expect(told(run(monitor, feed(300)))).toBe('300 raised');
});

it('goes on after a restart as if nothing had happened', () => {
  const messages = [...feed(300)];
  const whole = run(monitorWith(ruleWith(WARMTH)), messages);
  for (const cut of [5, 97, 150, 299, 305]) {
    const first = monitorWith(ruleWith(WARMTH));
    const before = run(first, messages.slice(0, cut));
    const kept = [...first.sensors].map(([id, state]): [string, SensorSnapshot] => [
      id,
      JSON.parse(JSON.stringify(sensorSnapshot(state))) as SensorSnapshot,
    ]);
    const again = restoreMonitor(first.directory.entries(), kept, first.watching, first.composites.kept(), {
      ownAbsenceMs: Infinity,
    });
    expect([...before, ...run(again, messages.slice(cut))]).toEqual(whole);
  }
});

it('keeps with the next snapshot that a companion was taken away', () => {
  const changed = new Set<string>();
  const monitor = monitorWith(ruleWith(WARMTH), id => changed.add(id));
  const messages = [...feed(300)];
  run(monitor, messages.slice(0, 305));
  const kept = new Map<string, SensorSnapshot>();
  const keep = (): void => {
    for (const id of changed) {
      const state = monitor.sensors.get(id);
      if (state === undefined) kept.delete(id);
      else kept.set(id, JSON.parse(JSON.stringify(sensorSnapshot(state))) as SensorSnapshot);
    }
    changed.clear();
  };
  keep();
  const taken = monitor.registry([{ kind: 'sensor', op: 'delete', id: 'warmth', value: null }], 304 * HOUR);
  expect(told(taken)).toBe('304 blinded');
  keep();
  const again = restoreMonitor(
    monitor.directory.entries(),
    kept,
    monitor.watching,
    monitor.composites.kept(),
    {
      ownAbsenceMs: Infinity,
    },
  );
  const rest = messages.slice(305, 320).map(readings => readings.slice(-1));
  expect(run(again, rest)).toEqual(run(monitor, rest));
});
