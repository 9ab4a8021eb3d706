import { GOOD } from '@anmai/readings';
import { Monitor } from './monitor';
import type { Condition } from './rule';
import { ruleOf, SENSOR } from './testing/timeline';

const HOUR = 3_600_000;

/** Values at a steady pace through one rule; the days (or hours) on which an alarm was raised or cleared. */
function changesOf(condition: Condition, everyMs: number, values: readonly number[], unit = 'mm'): string {
  const monitor = new Monitor({ ownAbsenceMs: Infinity });
  const sensor = { ...SENSOR, unit, quantity: 'generic.value', expectedEverySeconds: everyMs / 1_000 };
  const rule = ruleOf(condition);
  monitor.registry(
    [
      { kind: 'sensor', op: 'put', id: sensor.id, value: sensor },
      { kind: 'rule', op: 'put', id: rule.id, value: rule },
    ],
    0,
  );
  return values
    .flatMap((value, i) => {
      const at = i * everyMs;
      const told = monitor.readings([{ sensorId: sensor.id, at, value, quality: GOOD }], at);
      return told.map(change => `${i} ${change.kind}`);
    })
    .join(', ');
}

/** A little noise without chance. */
const noise = (i: number, size = 1): number => Math.sin(i * 12.9898) * size;
const series = (count: number, of: (i: number) => number): number[] =>
  Array.from({ length: count }, (_, i) => of(i));
const yellow = (above: number): Condition & { limits: object } =>
  ({ limits: [{ severity: 'yellow', above }] }) as never;

it('rate: a rise that is fast enough, in the unit of the rule', () => {
  const condition: Condition = { ...yellow(5), type: 'rate', per: 'minute', unit: 'cm' } as never;
  // 2 cm a minute, then 10 cm a minute, in metres.
  const values = series(40, i => (i < 20 ? i * 0.02 : 0.4 + (i - 20) * 0.1));
  const told = changesOf(condition, 60_000, values, 'm');
  expect(told).toMatch(/^2[1-5] raised$/);
});

it('trend: a slope over the limit for long enough', () => {
  const condition: Condition = { ...yellow(4), type: 'trend', per: 'month' } as never;
  const slope = (perMonth: number): string =>
    changesOf(
      condition,
      24 * HOUR,
      series(180, i => (perMonth / 30.4375) * i + noise(i, 0.5)),
    );
  expect(slope(2)).toBe('');
  expect(slope(8)).toMatch(/^\d+ raised/);
});

it('changepoint: a lasting step, dated', () => {
  const condition: Condition = { ...yellow(6), type: 'changepoint' } as never;
  const told = changesOf(
    condition,
    24 * HOUR,
    series(90, i => (i < 60 ? 0 : 15) + noise(i)),
  );
  expect(told).toMatch(/^6[0-3] raised, \d+ cleared$/);
});

it('forecast: the time until a limit is reached', () => {
  const condition: Condition = {
    type: 'forecast',
    target: { above: 3 },
    per: 'minute',
    limits: [{ severity: 'orange', below: 30 }],
  };
  // 2 cm a minute from 1 m: at 3 m after 100 minutes, so 30 minutes before that it has to be told.
  const told = changesOf(
    condition,
    60_000,
    series(100, i => 1 + i * 0.02),
    'm',
  );
  expect(told).toMatch(/^(6[6-9]|7[0-4]) raised$/);
});

it('baseline: a departure from what is usual, in either direction unless one is named', () => {
  const day = (i: number): number => 50 + 10 * Math.sin((i / 24) * 2 * Math.PI) + noise(i);
  const values = series(24 * 21, i => (i >= 24 * 20 ? day(i) - 40 : day(i)));
  const told = (direction?: 'up'): string =>
    changesOf({ ...yellow(7), type: 'baseline', direction } as never, HOUR, values);
  expect(told()).toMatch(/^48[0-3] raised/);
  expect(told('up')).toBe('');
});

it('nightFlow: more than past nights used', () => {
  const flow = (i: number): number => (((i % 24) + 8) % 24 < 6 ? 10 : 60);
  const values = series(24 * 30, i => flow(i) + noise(i, 0.5) + (i >= 24 * 24 ? 8 : 0));
  const told = changesOf({ ...yellow(5), type: 'nightFlow' } as never, HOUR, values, 'm3/h');
  expect(Number(/^(\d+) raised/.exec(told)![1]) / 24).toBeLessThanOrEqual(27);
});
