import { GOOD, type Reading } from '@anmai/readings';
import type { AlarmChange } from './alarm';
import { Monitor } from './monitor';
import type { Companion, Rule } from './rule';
import { sensorSnapshot, type SensorSnapshot } from './sensor-snapshot';
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

function monitorWith(rule: Rule): Monitor {
  const monitor = new Monitor({ ownAbsenceMs: Infinity });
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

it('without its companion it cannot tell: it raises nothing, and clears nothing', () => {
  const silentFrom = (from: number) => (hour: number) => hour >= from;
  expect(told(run(monitorWith(ruleWith(WARMTH)), feed(300, silentFrom(200))))).toBe('');
  const open = run(monitorWith(ruleWith(WARMTH)), feed(300, silentFrom(310)));
  expect(told(open)).toBe('300 raised');
  expect(told(open.filter(change => change.kind === 'cleared'))).toBe('');
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
