import fc from 'fast-check';
import { DAY_MS, MINUTE_MS } from '@anmai/kernel';
import {
  FAR_SECONDS,
  FORECAST_POINTS_MAX,
  forecastFeature,
  type ForecastConfig,
  type ForecastState,
} from './forecast';
import { noise } from './testing/noise';
import { MONTH_MS } from './trend';

const START_AT = Date.UTC(2026, 5, 1);
const LEVEL_M: ForecastConfig = { limit: 2, side: 'above' };

/** What is told after each of `values`, one every `everyMs`. */
function run(config: ForecastConfig, everyMs: number, values: readonly number[]) {
  const feature = forecastFeature(config, { expectedEveryMs: everyMs, utcOffsetMs: 0 });
  let state = feature.start;
  return values.map((value, i) => {
    state = feature.step(state, START_AT + i * everyMs, value);
    return { seconds: feature.valueOf(state), explanation: feature.explain(state) };
  });
}
const flat = (count: number, value: number): number[] => new Array<number>(count).fill(value);
const ramp = (count: number, from: number, each: number): number[] =>
  Array.from({ length: count }, (_, i) => from + each * (i + 1));
const secondsOf = (told: readonly { seconds: number | null }[]): (number | null)[] =>
  told.map(({ seconds }) => seconds);

it.each([
  ['learns from 7 readings', LEVEL_M, ramp(6, 1, 0.01), null],
  ['1 cm a minute, 90 cm to go, seen one reading late', LEVEL_M, ramp(10, 1, 0.01), 91 * 60],
  ['a fall towards a lower limit', { limit: 0.2, side: 'below' } as const, ramp(10, 1, -0.01), 71 * 60],
  ['away from the limit', LEVEL_M, ramp(20, 1, -0.01), FAR_SECONDS],
  ['still', LEVEL_M, flat(20, 1), FAR_SECONDS],
  ['passed', LEVEL_M, ramp(30, 1.9, 0.01), 0],
  ['just on the limit counts as passed', LEVEL_M, flat(20, 2), 0],
  ['passed while learning', LEVEL_M, flat(3, 2.5), 0],
  ['one reading beyond the limit is not yet passed', LEVEL_M, [...flat(20, 1), 3], FAR_SECONDS],
  ['a first reading beyond the limit is not yet passed', LEVEL_M, [3], null],
])('minutes: %s', (_name, config, values, expected) => {
  const { seconds } = run(config, MINUTE_MS, values).at(-1)!;
  if (expected === null) expect(seconds).toBeNull();
  else expect(seconds).toBeCloseTo(expected, 3);
});

it('a manhole that begins to fill is told within 8 readings, through the noise of the gauge', () => {
  for (let seed = 1; seed <= 10; seed++) {
    const random = noise(seed);
    const values = [...flat(300, 0.5), ...ramp(60, 0.5, 0.02)].map(value => value + 0.003 * random.normal());
    const told = secondsOf(run(LEVEL_M, MINUTE_MS, values)).map(seconds => seconds ?? Infinity);
    expect(Math.min(...told.slice(0, 300)), `seed ${seed}`).toBeGreaterThan(2 * 3600);
    expect(Math.min(...told.slice(300, 308)), `seed ${seed}`).toBeLessThan(2 * 3600);
    // 30 readings on: 45 min are left.
    expect(told[330]! / 60, `seed ${seed}`).toBeGreaterThan(38);
    expect(told[330]! / 60, `seed ${seed}`).toBeLessThan(52);
  }
});

it('one spike hardly moves it', () => {
  const values = ramp(60, 1, 0.01).map((value, i) => (i === 40 ? 9 : value));
  const told = secondsOf(run(LEVEL_M, MINUTE_MS, values));
  told.slice(38, 60).forEach((seconds, i) => {
    const truly = (100 - (39 + i)) * 60;
    expect(Math.abs(seconds! - truly)).toBeLessThan(0.25 * truly);
  });
});

it('a settlement is told in months, with its band', () => {
  for (let seed = 1; seed <= 10; seed++) {
    const random = noise(seed);
    const perDay = (-3 * DAY_MS) / MONTH_MS;
    const values = ramp(240, 0, perDay).map(value => value + random.normal());
    const { seconds, explanation } = run({ limit: -50, side: 'below' }, DAY_MS, values).at(-1)!;
    const months = (seconds! * 1000) / MONTH_MS;
    const { limitSecondsEarliest, limitSecondsLatest } = explanation as Record<string, number>;
    // Truly 8.8 months.
    expect(months, `seed ${seed}`).toBeGreaterThan(6.5);
    expect(months, `seed ${seed}`).toBeLessThan(11.5);
    expect(limitSecondsEarliest).toBeLessThanOrEqual(seconds!);
    expect(limitSecondsLatest).toBeGreaterThanOrEqual(seconds!);
  }
});

it('readings in a burst are thinned out', () => {
  const feature = forecastFeature(LEVEL_M, { expectedEveryMs: MINUTE_MS, utcOffsetMs: 0 });
  let state = feature.step(feature.start, START_AT, 1);
  for (let i = 1; i < 30; i++) state = feature.step(state, START_AT + 1000 * i, 1 + i);
  expect(state.ladder[0]!.ats).toEqual([START_AT]);
  expect(feature.valueOf(state)).toBe(0);
});

it.each([
  ['a window of 8 readings or less is one scale', 5 * MINUTE_MS, 1],
  ['twice as long: two', 16 * MINUTE_MS, 2],
  ['a week of minutes: all, of thinned readings', 7 * DAY_MS, 6],
])('%s', (_name, windowMs, scales) => {
  const feature = forecastFeature({ ...LEVEL_M, windowMs }, { expectedEveryMs: MINUTE_MS, utcOffsetMs: 0 });
  expect(feature.start.ladder.length).toBe(scales);
});

const readings = fc.array(
  fc.tuple(fc.integer({ min: 1, max: 10 * MINUTE_MS }), fc.integer({ min: -99, max: 99 })),
  { maxLength: 120 },
);

it('keeps old states valid, comes through JSON unchanged, holds no more than it says, and has its band in order', () => {
  const feature = forecastFeature(
    { limit: 50, side: 'above' },
    { expectedEveryMs: MINUTE_MS, utcOffsetMs: 0 },
  );
  fc.assert(
    fc.property(readings, steps => {
      let at = START_AT;
      const states: ForecastState[] = [feature.start];
      const texts = [JSON.stringify(feature.start)];
      for (const [gap, value] of steps) {
        const state = feature.step(states.at(-1)!, (at += gap), value);
        expect(feature.step(JSON.parse(texts.at(-1)!) as ForecastState, at, value)).toEqual(state);
        for (const rung of state.ladder) expect(rung.ats.length).toBeLessThanOrEqual(FORECAST_POINTS_MAX);
        const seconds = feature.valueOf(state);
        const { limitSecondsEarliest, limitSecondsLatest } = feature.explain(state) as Record<string, number>;
        if (seconds !== null) {
          expect(seconds).toBeGreaterThanOrEqual(limitSecondsEarliest!);
          expect(seconds).toBeLessThanOrEqual(limitSecondsLatest!);
          expect(limitSecondsLatest).toBeLessThanOrEqual(FAR_SECONDS);
        }
        states.push(state);
        texts.push(JSON.stringify(state));
      }
      expect(states.map(state => JSON.stringify(state))).toEqual(texts);
    }),
    { numRuns: 40 },
  );
});
