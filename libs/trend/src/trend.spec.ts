import fc from 'fast-check';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '@anmai/kernel';
import { noise } from './testing/noise';
import {
  MONTH_MS,
  TREND_SCALES_MAX,
  TREND_SUMMARIES_MAX,
  TREND_SUMMARIES_MIN,
  trendFeature,
  type TrendConfig,
  type TrendState,
} from './trend';

const START_AT = Date.UTC(2025, 0, 1);
const LIMIT_PER_MONTH = 4;
const PER_MONTH: TrendConfig = { perMs: MONTH_MS };

interface Made {
  readonly days: number;
  readonly everyMs: number;
  /** The true value on a day. */
  readonly truth: (day: number) => number;
  readonly sigma: number;
  /** Share of readings that are 50 off. */
  readonly wild?: number;
}

function made(seed: number, of: Made): [number, number][] {
  const random = noise(seed);
  return Array.from({ length: Math.floor((of.days * DAY_MS) / of.everyMs) }, (_, i) => {
    const isWild = random.uniform() < (of.wild ?? 0);
    const value = of.truth((i * of.everyMs) / DAY_MS) + of.sigma * random.normal() + (isWild ? 50 : 0);
    return [START_AT + i * of.everyMs, value];
  });
}
const rising = (perMonth: number) => (day: number) => (perMonth * day * DAY_MS) / MONTH_MS;

/** The first day on which the limit is passed, and the furthest that the value went from 0. */
function watched(config: TrendConfig, everyMs: number, rows: readonly [number, number][]) {
  const feature = trendFeature(config, { expectedEveryMs: everyMs, utcOffsetMs: 8 * HOUR_MS });
  let state = feature.start;
  let alarmDay: number | null = null;
  let furthest = 0;
  for (const [at, value] of rows) {
    state = feature.step(state, at, value);
    const slope = feature.valueOf(state) ?? 0;
    furthest = Math.max(furthest, Math.abs(slope));
    if (slope >= LIMIT_PER_MONTH) alarmDay ??= (at - START_AT) / DAY_MS;
  }
  return { alarmDay, furthest, last: feature.valueOf(state), explanation: feature.explain(state) };
}

const SEEDS = [1, 2, 3, 4, 5];

/** Days after which all seeds have passed the limit of 4 per month; null: none ever does. */
it.each([
  ['daily, noise 1.5, half the limit', 0.5, { days: 400, everyMs: DAY_MS, sigma: 1.5 }, null],
  ['daily, noise 3, half the limit', 0.5, { days: 400, everyMs: DAY_MS, sigma: 3 }, null],
  ['daily, noise 1.5, nearly the limit', 0.9, { days: 400, everyMs: DAY_MS, sigma: 1.5 }, null],
  ['daily, noise 1.5, just above', 1.1, { days: 400, everyMs: DAY_MS, sigma: 1.5 }, 220],
  ['daily, noise 3, just above', 1.1, { days: 400, everyMs: DAY_MS, sigma: 3 }, 330],
  ['daily, noise 1.5, twice the limit', 2, { days: 100, everyMs: DAY_MS, sigma: 1.5 }, 60],
  ['daily, noise 3, twice the limit', 2, { days: 150, everyMs: DAY_MS, sigma: 3 }, 90],
  ['hourly, noise 3, half the limit', 0.5, { days: 120, everyMs: HOUR_MS, sigma: 3 }, null],
  ['hourly, noise 3, twice the limit', 2, { days: 60, everyMs: HOUR_MS, sigma: 3 }, 40],
  ['every 10 min, noise 3, half the limit', 0.5, { days: 60, everyMs: 10 * MINUTE_MS, sigma: 3 }, null],
  ['every 10 min, noise 3, twice the limit', 2, { days: 40, everyMs: 10 * MINUTE_MS, sigma: 3 }, 25],
  ['a fiftieth of the readings wild, half', 0.5, { days: 400, everyMs: DAY_MS, sigma: 2, wild: 0.02 }, null],
  ['a fiftieth of the readings wild, twice', 2, { days: 150, everyMs: DAY_MS, sigma: 2, wild: 0.02 }, 90],
])('%s', (_name, share, of, byDay) => {
  for (const seed of SEEDS) {
    const rows = made(seed, { ...of, truth: rising(share * LIMIT_PER_MONTH) });
    const { alarmDay } = watched(PER_MONTH, of.everyMs, rows);
    if (byDay === null) expect(alarmDay, `seed ${seed}`).toBeNull();
    else expect(alarmDay ?? Infinity, `seed ${seed}`).toBeLessThan(byDay);
  }
});

it.each([
  ['20 within a day', 20, 2],
  ['50 within a day', 50, 2],
  ['200 within a day', 200, 2],
])('a step of %s is no trend', (_name, step, sigma) => {
  for (const seed of SEEDS) {
    const rows = made(seed, { days: 300, everyMs: DAY_MS, sigma, truth: day => (day < 150 ? 0 : step) });
    const { furthest, last } = watched(PER_MONTH, DAY_MS, rows);
    expect(furthest, `seed ${seed}`).toBeLessThan(LIMIT_PER_MONTH);
    expect(Math.abs(last!), `seed ${seed}`).toBeLessThan(0.5);
  }
});

/** The slope passes the limit on day 100 and goes on to grow; the value follows within `lagDays`. */
it.each([
  ['evenly', 0, (day: number) => (day * day) / 200, 60],
  ['evenly', 1, (day: number) => (day * day) / 200, 75],
  ['by e in 20 days', 0, (day: number) => 20 * Math.exp((day - 100) / 20), 40],
  ['by e in 20 days', 1, (day: number) => 20 * Math.exp((day - 100) / 20), 40],
  ['towards a collapse on day 200', 0, (day: number) => 1e4 / (200 - day), 40],
  ['towards a collapse on day 200', 2, (day: number) => 1e4 / (200 - day), 60],
])('a movement that speeds up %s is no noise with a memory (noise %d)', (_name, sigma, shape, lagDays) => {
  for (const seed of SEEDS) {
    const truth = (day: number): number => rising(LIMIT_PER_MONTH)(shape(day));
    const { alarmDay } = watched(PER_MONTH, DAY_MS, made(seed, { days: 190, everyMs: DAY_MS, sigma, truth }));
    expect(alarmDay ?? Infinity, `seed ${seed}`).toBeLessThan(100 + lagDays);
  }
});

it('a movement that begins after a long stillness is seen within weeks, and its end within months', () => {
  for (const seed of SEEDS) {
    const truth = (day: number): number => rising(16)(Math.min(Math.max(day - 200, 0), 100));
    const rows = made(seed, { days: 500, everyMs: DAY_MS, sigma: 2, truth });
    const { alarmDay, last } = watched(PER_MONTH, DAY_MS, rows);
    expect(alarmDay, `seed ${seed}`).toBeGreaterThan(200);
    expect(alarmDay, `seed ${seed}`).toBeLessThan(235);
    expect(Math.abs(last!), `seed ${seed}`).toBeLessThan(1);
  }
});

it('tells what stands behind the value', () => {
  const rows = made(3, { days: 300, everyMs: DAY_MS, sigma: 2, truth: rising(8) });
  const { last, explanation } = watched(PER_MONTH, DAY_MS, rows);
  const { slope, slopeLow, slopeHigh, p } = explanation as Record<string, number>;
  expect(last).toBe(slopeLow);
  expect(slope).toBeCloseTo(8, 0);
  expect(slopeHigh).toBeGreaterThan(8);
  expect(p).toBeLessThan(1e-4);
  const start = trendFeature(PER_MONTH, { expectedEveryMs: DAY_MS, utcOffsetMs: 0 });
  expect(start.explain(start.start)).toEqual({ summaries: 0, summariesNeeded: TREND_SUMMARIES_MIN });
});

it.each([
  ['a day apart: days', PER_MONTH, DAY_MS, DAY_MS],
  ['10 minutes apart: days', PER_MONTH, 10 * MINUTE_MS, DAY_MS],
  ['a week apart: weeks', PER_MONTH, 7 * DAY_MS, 7 * DAY_MS],
  ['per day: quarters of a day', { perMs: DAY_MS }, 10 * MINUTE_MS, 6 * HOUR_MS],
  ['a window of 4 days: 3 hours', { perMs: DAY_MS, windowMs: 4 * DAY_MS }, MINUTE_MS, 3 * HOUR_MS],
  [
    'a window that holds too few readings is taken as 16 of them',
    { perMs: DAY_MS, windowMs: DAY_MS },
    DAY_MS,
    DAY_MS,
  ],
  ['a window of a year', { perMs: MONTH_MS, windowMs: 365 * DAY_MS }, DAY_MS, DAY_MS],
])(
  '%s: no value until 16 buckets are closed, then the slope of a line',
  (_name, config, everyMs, bucketMs) => {
    const feature = trendFeature(config, { expectedEveryMs: everyMs, utcOffsetMs: 0 });
    let state = feature.start;
    for (let at = START_AT; at <= START_AT + 60 * bucketMs; at += everyMs) {
      const closed = Math.floor((at - Math.floor(START_AT / bucketMs) * bucketMs) / bucketMs);
      state = feature.step(state, at, (at - START_AT) / config.perMs);
      if (closed < TREND_SUMMARIES_MIN) expect(feature.valueOf(state)).toBeNull();
      else expect(feature.valueOf(state)).toBeCloseTo(1, 6);
    }
  },
);

it('a level that never moves is no trend, and no doubt', () => {
  const rows = made(1, { days: 30, everyMs: DAY_MS, sigma: 0, truth: () => 7 });
  expect(watched(PER_MONTH, DAY_MS, rows).last).toBe(0);
});

it('forgets what lies far behind a gap, and learns anew', () => {
  const feature = trendFeature(PER_MONTH, { expectedEveryMs: DAY_MS, utcOffsetMs: 0 });
  let state = feature.start;
  for (let day = 0; day < 40; day++) state = feature.step(state, START_AT + day * DAY_MS, day);
  expect(feature.valueOf(state)).toBeGreaterThan(29);
  for (let day = 2000; day < 2010; day++) state = feature.step(state, START_AT + day * DAY_MS, 0);
  expect(feature.valueOf(state)).toBeNull();
});

const readings = fc.array(
  fc.tuple(fc.integer({ min: 1, max: 3 * DAY_MS }), fc.integer({ min: -1e6, max: 1e6 })),
  { maxLength: 150 },
);

it('keeps old states valid, comes through JSON unchanged and never holds more than it says', () => {
  const feature = trendFeature(PER_MONTH, { expectedEveryMs: HOUR_MS, utcOffsetMs: HOUR_MS });
  fc.assert(
    fc.property(readings, steps => {
      let at = START_AT;
      const states: TrendState[] = [feature.start];
      const texts = [JSON.stringify(feature.start)];
      for (const [gap, value] of steps) {
        const state = feature.step(states.at(-1)!, (at += gap), value);
        expect(feature.step(JSON.parse(texts.at(-1)!) as TrendState, at, value)).toEqual(state);
        expect(state.ladder.length).toBe(TREND_SCALES_MAX);
        for (const rung of state.ladder) expect(rung.ats.length).toBeLessThanOrEqual(TREND_SUMMARIES_MAX);
        states.push(state);
        texts.push(JSON.stringify(state));
      }
      expect(states.map(state => JSON.stringify(state))).toEqual(texts);
    }),
    { numRuns: 40 },
  );
});
