import fc from 'fast-check';
import { DAY_MS, HOUR_MS } from '@anmai/kernel';
import { timeTicks, valueTicks, wallClock } from './scale';
import { runsOf, thinned } from './strokes';

it.each([
  [0, 10, 6, [0, 2, 4, 6, 8, 10]],
  [0.1, 0.33, 4, [0.1, 0.2, 0.3, 0.4]],
  [5, 5, 3, [4.5, 5, 5.5]],
  [0, 0, 3, [-1, 0, 1]],
  [5e-324, 5e-324, 3, [-1, 0, 1]],
  [-3, 7, 6, [-4, -2, 0, 2, 4, 6, 8]],
])('ticks of %s to %s', (low, high, count, ticks) => expect(valueTicks(low, high, count)).toEqual(ticks));

it('ticks hold all values', () => {
  const value = fc.double({ min: -1e6, max: 1e6, noNaN: true });
  fc.assert(
    fc.property(value, value, (a, b) => {
      const [low, high] = [Math.min(a, b), Math.max(a, b)];
      fc.pre(high === low || high - low > 1e-6);
      const ticks = valueTicks(low, high, 6);
      expect(ticks.length).toBeGreaterThan(1);
      expect(ticks.length).toBeLessThan(10);
      const slack = (ticks[1]! - ticks[0]!) * 1e-6;
      expect(ticks[0]).toBeLessThanOrEqual(low + slack);
      expect(ticks.at(-1)).toBeGreaterThanOrEqual(high - slack);
    }),
  );
});

it('time ticks stand on whole hours and days of the wall clock', () => {
  const from = Date.UTC(2026, 6, 1, 3, 20);
  expect(timeTicks(from, from + 5 * HOUR_MS, 8 * HOUR_MS, 6).map(tick => tick.label)).toEqual([
    '07-01 12:00',
    '07-01 13:00',
    '07-01 14:00',
    '07-01 15:00',
    '07-01 16:00',
  ]);
  const days = timeTicks(from, from + 4 * DAY_MS, 8 * HOUR_MS, 6);
  expect(days.map(tick => tick.label)).toEqual(['07-02', '07-03', '07-04', '07-05']);
  expect(wallClock(days[0]!.at, 8 * HOUR_MS)).toBe('2026-07-02 00:00');
});

it('a line is broken where nothing is known and where neighbours are far apart', () => {
  const at = (t: number, value: number | null): { at: number; value: number | null } => ({ at: t, value });
  const runs = runsOf([at(0, 1), at(1, 2), at(2, null), at(3, 3), at(20, 4), at(21, NaN), at(22, 5)], 10);
  expect(runs.map(run => run.map(point => point.value))).toEqual([[1, 2], [3], [4], [5]]);
});

it('thinning keeps the ends, the lowest and the highest', () => {
  const run = [5, 6, 1, 7, 9, 3, 4].map((value, at) => ({ at, value }));
  expect(thinned(run, () => 0).map(point => point.value)).toEqual([5, 1, 9, 4]);
  expect(thinned(run, at => at)).toEqual(run);
});
