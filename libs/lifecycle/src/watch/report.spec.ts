import { DAY_MS } from '@anmai/kernel';
import { PLAN, T0 } from '../testing/watch-samples';
import type { WatchPlan } from './plan';
import { watchReport, type ReportAlarm, type ReportPoint } from './report';

const TO = T0 + 30 * DAY_MS;
/** A reading each 600 s, from `a` to `b` in a line; every `keep`-th one is there. */
function line(a: number, b: number, keep = 1): ReportPoint[] {
  const n = (TO - T0) / 600_000;
  return Array.from({ length: n }, (_, i) => ({ at: T0 + i * 600_000, value: a + ((b - a) * i) / n })).filter(
    (_, i) => i % keep === 0,
  );
}
const alarm = (
  severity: ReportAlarm['severity'],
  raisedAt: number,
  clearedAt: number | null,
): ReportAlarm => ({
  ...{ id: 'a1', sensorId: 'b1.tilt', ruleName: 'r', severity, raisedAt, clearedAt },
});
/** Everything watched: without the item of the crack, which has no sensor. */
const SEEN: WatchPlan = { ...PLAN, items: PLAN.items.slice(0, 2) };
const report = (tilt: readonly ReportPoint[], settle: readonly ReportPoint[], alarms: readonly ReportAlarm[] = [], plan = SEEN) =>
  watchReport({ plan, from: T0, to: TO, readings: new Map([['b1.tilt', tilt], ['b1.settle', settle]]), alarms }); // prettier-ignore

it('is steady when all was looked at and below every limit', () => {
  const { verdict, sensors, worst } = report(line(1, 1.1), line(0, -1));
  expect([verdict, worst]).toEqual(['steady', null]);
  expect(sensors[0]).toMatchObject({ readings: 4320, expected: 4320, coverage: 1, worst: null });
  expect(sensors[0]!.min).toEqual({ at: T0, value: 1 });
  expect(sensors[0]!.max!.at).toBe(TO - 600_000);
  expect(sensors[1]!.perMonth).toBeCloseTo(-1.0146, 3);
});

it.each<[string, ReturnType<typeof report>, string]>([
  ['nothing came', report([], []), 'unseen'],
  ['one sensor silent', report(line(1, 1), []), 'unseen'],
  ['four fifths came', report(line(1, 1), line(0, 0).filter((_, i) => i % 5 !== 0)), 'steady'],
  ['half came', report(line(1, 1, 2), line(0, 0)), 'unseen'],
  ['an item that no sensor watches', report(line(1, 1), line(0, 0), [], PLAN), 'unseen'],
  ['no item at all', report([], [], [], { ...PLAN, items: [] }), 'unseen'],
  ['at the yellow limit', report(line(10, 10), line(0, 0)), 'attention'],
  ['just below it', report(line(9.999, 9.999), line(0, 0)), 'steady'],
  ['backwards at orange', report(line(-14, -14), line(0, 0)), 'warning'],
  ['settling faster than 4 mm a month', report(line(1, 1), line(0, -4)), 'danger'],
  ['danger seen by half the readings', report(line(21, 21, 2), []), 'danger'],
  ['an alarm', report(line(1, 1), line(0, 0), [alarm('orange', T0 + 1, T0 + 2)]), 'warning'],
  ['an alarm that was over before', report(line(1, 1), line(0, 0), [alarm('red', T0 - 9, T0 - 1)]), 'steady'],
  ['an alarm from before that is on', report(line(1, 1), line(0, 0), [alarm('red', T0 - 9, null)]), 'danger'],
  ['an alarm after', report(line(1, 1), line(0, 0), [alarm('red', TO, null)]), 'steady'],
])('%s: %3$s', (_name, { verdict }, expected) => {
  expect(verdict).toBe(expected);
}); // prettier-ignore

/** A reading each `everyMs` from day `from` up to day `to`, moved to and fro by `jitterMs`. */
const sent = (from: number, to: number, everyMs: number, jitterMs = 0): ReportPoint[] =>
  Array.from({ length: ((to - from) * DAY_MS) / everyMs }, (_, i) => ({
    at: T0 + from * DAY_MS + i * everyMs + (i % 2) * jitterMs,
    value: 0,
  }));
it.each<[string, readonly ReportPoint[], number]>([
  ['nothing', [], 0],
  ['as asked for', sent(0, 30, 600_000), 1],
  ['as asked for, not quite on time', sent(0, 30, 600_000, 30_000), 0.975],
  ['six times as often', sent(0, 30, 100_000), 1],
  ['half as often', sent(0, 30, 1_200_000), 0.5],
  ['six times as often for six days, then dead', sent(0, 6, 100_000), 0.2],
  ['dead, then six times as often for six days', sent(24, 30, 100_000), 0.2],
])('coverage: %s', (_name, points, coverage) => {
  expect(report(points, []).sensors[0]!.coverage).toBeCloseTo(coverage, 2);
});

it('counts no reading outside of the period, and no rate from less than a day', () => {
  const outside = [{ at: T0 - 1, value: 99 }, { at: TO, value: 99 }];
  const short = [{ at: T0, value: 0 }, { at: T0 + DAY_MS - 1, value: 9 }];
  const { sensors } = report([...outside, ...line(1, 1)], short);
  expect(sensors[0]!.max!.value).toBe(1);
  expect(sensors[1]!.perMonth).toBeNull();
}); // prettier-ignore
