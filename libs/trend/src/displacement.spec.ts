import { readFileSync } from 'node:fs';
import { DAY_MS, SECOND_MS } from '@anmai/kernel';
import { mannKendall } from './stats/mann-kendall';
import { senSlope } from './stats/sen-slope';
import { MONTH_MS, trendFeature } from './trend';

/** Daily positions of six stations. Beside the project; without them this file fails, it never skips. */
const FOLDER = new URL('../../../../shared/data/building-displacement-gnss/', import.meta.url);
const text = (name: string): string => readFileSync(new URL(name, FOLDER), 'utf8');

interface Reference {
  readonly series: readonly number[];
  readonly p: number;
  readonly z: number;
  readonly tau: number;
  readonly s: number;
  readonly var_s: number;
  readonly sen_slope_mm_per_month: number;
  readonly intercept: number;
}
type Stations = Readonly<
  Record<string, Readonly<Record<string, { mk_monthly_median: Record<string, Reference> }>>>
>;
const stations = JSON.parse(text('reference.json')) as Stations;
const COMPONENTS = ['north', 'east', 'up'];
const directions = Object.keys(stations).flatMap(station =>
  COMPONENTS.map(component => ({ station, component })),
);

it('monthly medians of two years: test and slope are those of the reference', () => {
  const all = directions.flatMap(({ station, component }) =>
    Object.values(stations[station]![component]!.mk_monthly_median),
  );
  expect(all.length).toBe(36);
  for (const expected of all) {
    const test = mannKendall(expected.series);
    const line = senSlope(expected.series);
    const figures = [
      [test.p, expected.p],
      [test.z, expected.z],
      [test.tau, expected.tau],
      [test.s, expected.s],
      [test.varS, expected.var_s],
    ] as const;
    for (const [given, figure] of figures) {
      expect(Math.abs(given - figure)).toBeLessThan(1e-9 * Math.max(1, Math.abs(figure)));
    }
    // The series is written to thousandths; its line was drawn before that.
    expect(Math.abs(line.slope - expected.sen_slope_mm_per_month)).toBeLessThan(1e-3);
    expect(Math.abs(line.intercept - expected.intercept)).toBeLessThan(2e-3);
  }
});

/** Fed from `start` until before `until`: value, explanation, and the furthest that the value went from 0 since `from`. */
function watched(station: string, component: string, start: string, from: string, until: string) {
  const feature = trendFeature({ perMs: MONTH_MS }, { expectedEveryMs: DAY_MS, utcOffsetMs: 0 });
  const column = 1 + COMPONENTS.indexOf(component);
  let state = feature.start;
  let furthest = 0;
  for (const row of text(`${station}.csv`).trim().split('\n').slice(1)) {
    const cells = row.split(',');
    if (cells[0]! < start) continue;
    if (cells[0]! >= until) break;
    state = feature.step(state, Date.parse(cells[0]!), Number(cells[column]));
    if (cells[0]! >= from) furthest = Math.max(furthest, Math.abs(feature.valueOf(state) ?? 0));
  }
  return { value: feature.valueOf(state)!, explanation: feature.explain(state), furthest };
}

it('in a steady year the slope is within 0.35 mm a month of the reference, and never told larger than it is', () => {
  let steady = 0;
  for (const { station, component } of directions) {
    const reference = stations[station]![component]!.mk_monthly_median['2014-01-01..2015-12-31']!;
    const { value, explanation } = watched(station, component, '2014-06-01', '2015-12-01', '2016-01-01');
    const { slope, spanSeconds } = explanation as Record<string, number>;
    expect(Math.abs(value)).toBeLessThan(Math.abs(reference.sen_slope_mm_per_month) + 0.1);
    if (spanSeconds! * SECOND_MS < 400 * DAY_MS) continue;
    steady++;
    expect(Math.abs(slope! - reference.sen_slope_mm_per_month), `${station} ${component}`).toBeLessThan(0.35);
  }
  expect(steady).toBeGreaterThanOrEqual(12);
});

it.each([
  ['J188', 'east', 'moves on by 8 mm a month, years after the earthquake', 4, 12],
  ['G001', 'up', 'only wavers', 0, 0.5],
])('%s %s %s', (station, component, _name, least, most) => {
  const { value } = watched(station, component, '2014-06-01', '2015-12-01', '2016-01-01');
  expect(Math.abs(value)).toBeGreaterThanOrEqual(least);
  expect(Math.abs(value)).toBeLessThan(most);
});

it('a small step of an earthquake is no trend: 6.4 mm at J861', () => {
  expect(watched('J861', 'east', '2009-01-01', '2011-03-01', '2011-06-01').furthest).toBeLessThan(1);
});
