import fc from 'fast-check';
import { BAD, GOOD, type Reading } from '@anmai/readings';
import type { AlarmChange } from '../alarm';
import { Monitor } from '../monitor';
import type { RegistryChange } from '../registry-change';
import type { Rule } from '../rule';
import { RING_READINGS_MAX } from '../sensor-track';
import { ASSET, ruleOf, SENSOR } from '../testing/timeline';
import { Replay } from './replay';

const yellow = (above: number) => ({ limits: [{ severity: 'yellow' as const, above }] });
/** Of each kind that can tell within some hundred readings; low limits, so that noise raises. */
const RULES: readonly Rule[] = [
  ruleOf(
    {
      type: 'threshold',
      limits: [
        { severity: 'yellow', above: 20, clearBelow: 18 },
        { severity: 'red', above: 50 },
      ],
      raiseAfter: { samples: 2, of: 3 },
      clearAfter: { seconds: 90 },
    },
    { id: 'a-threshold' },
  ),
  ruleOf({ type: 'rate', per: 'minute', ...yellow(2) }, { id: 'b-rate' }),
  ruleOf({ type: 'changepoint', ...yellow(5) }, { id: 'c-step' }),
  ruleOf({ type: 'baseline', ...yellow(1) }, { id: 'd-baseline' }),
  ruleOf({ type: 'flatLine', tolerance: 1, ...yellow(100) }, { id: 'e-flat' }),
  ruleOf({ type: 'quality', of: 3, ...yellow(0.5) }, { id: 'f-quality' }),
  ruleOf(
    { type: 'forecast', target: { above: 70 }, per: 'minute', limits: [{ severity: 'red', below: 30 }] },
    { id: 'g-forecast' },
  ),
  ruleOf({ type: 'noData', after: { missed: 2 } }, { id: 'h-silence' }),
  ruleOf(
    {
      type: 'composite',
      of: [{ ruleId: 'a-threshold' }, { ruleId: 'b-rate' }, { ruleId: 'h-silence' }],
      need: { atLeast: 2 },
      related: 'sensor',
      withinSeconds: 900,
      severity: 'red',
    },
    { id: 'i-composite' },
  ),
];
const registryOf = (rules: readonly Rule[]): RegistryChange[] => [
  { kind: 'asset', op: 'put', id: ASSET.id, value: ASSET },
  { kind: 'sensor', op: 'put', id: SENSOR.id, value: SENSOR },
  ...rules.map(value => ({ kind: 'rule', op: 'put', id: value.id, value }) as const),
];

const monitorOf = (rules: readonly Rule[]): Monitor => {
  const monitor = new Monitor();
  monitor.registry(registryOf(rules), 0);
  return monitor;
};

/** Seconds to the next reading, and its value; now and then a longer silence or a value that cannot be used. */
const stream = fc
  .array(
    fc.tuple(
      fc.oneof({ weight: 9, arbitrary: fc.integer({ min: 20, max: 90 }) }, { weight: 1, arbitrary: fc.integer({ min: 200, max: 600 }) }),
      fc.oneof({ weight: 9, arbitrary: fc.integer({ min: 0, max: 60 }) }, { weight: 1, arbitrary: fc.constant(null) }),
    ),
    { minLength: 10, maxLength: 90 },
  )
  .map(cells => {
    let at = 0;
    return cells.map(([seconds, value]): Reading => {
      at += seconds * 1_000;
      return { sensorId: SENSOR.id, at, value: value ?? 999, quality: value === null ? BAD : GOOD };
    });
  }); // prettier-ignore

/** As it comes: a tick each second, each reading when it is made. `again`: readings delivered once more, later. */
function live(readings: readonly Reading[], again: (i: number) => readonly Reading[] = () => []): AlarmChange[] {
  const monitor = monitorOf(RULES);
  const out: AlarmChange[] = [];
  let now = 0;
  readings.forEach((reading, i) => {
    for (now += 1_000; now < reading.at; now += 1_000) out.push(...monitor.tick(now));
    now = reading.at;
    out.push(...monitor.readings([reading], now));
    out.push(...monitor.readings(again(i), now));
  });
  return out;
} // prettier-ignore

it('a backtest says what was said live, with the same ids, whatever the stream', () => {
  const raised = new Set<string>();
  fc.assert(
    fc.property(stream, readings => {
      const replay = new Replay({ registry: registryOf(RULES), from: 0, tickMs: 1_000 });
      const told = live(readings);
      expect(readings.flatMap(reading => replay.reading(reading))).toEqual(told);
      for (const change of told) raised.add(change.ruleId);
    }),
    { numRuns: 60 },
  );
  // A property over rules that never raise would hold for nothing.
  expect([...raised].sort()).toEqual(
    expect.arrayContaining(['a-threshold', 'b-rate', 'e-flat', 'f-quality', 'h-silence', 'i-composite']),
  );
});

it('readings that come twice say nothing, whatever the stream and whichever they are', () => {
  fc.assert(
    fc.property(stream, fc.array(fc.nat(RING_READINGS_MAX - 1), { maxLength: 90 }), (readings, backs) => {
      const again = (i: number): readonly Reading[] => {
        const back = backs[i] ?? 0;
        return back === 0 ? [] : readings.slice(Math.max(0, i - back + 1), i + 1);
      };
      expect(live(readings, again)).toEqual(live(readings));
    }),
    { numRuns: 60 },
  );
});

it('readings that come late, within the ring, leave the state that order would have left', () => {
  // Without holds in seconds: what time alone raised while a reading was on its way was told, and stays so.
  const rules = RULES.filter(
    ({ condition }) => condition.type !== 'noData' && condition.type !== 'composite',
  );
  const whole = (readings: readonly Reading[]) => {
    const monitor = monitorOf(rules);
    for (const [i, reading] of readings.entries()) monitor.readings([reading], i + 1);
    const state = monitor.sensors.get(SENSOR.id)!;
    return { steps: state.steps, start: state.start, open: state.books.map(({ open }) => open?.rank ?? 0) };
  };
  fc.assert(
    fc.property(stream, fc.array(fc.nat(RING_READINGS_MAX - 2), { maxLength: 90 }), (readings, delays) => {
      // The first reading comes first: it says where the series begins.
      const late = readings
        .map((reading, i) => ({ reading, place: i === 0 ? -1 : i + (delays[i] ?? 0) }))
        .sort((a, b) => a.place - b.place)
        .map(each => each.reading);
      expect(whole(late)).toEqual(whole(readings));
    }),
    { numRuns: 60 },
  );
});
