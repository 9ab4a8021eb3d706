import fc from 'fast-check';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '@anmai/kernel';
import { RATE_SAMPLES_MAX, rateFeature, type RateConfig, type RateState } from './rate';

const START_AT = Date.UTC(2026, 0, 1);

/** The value after each of `values`, one every `everyMs`. */
function run(config: RateConfig, everyMs: number, values: readonly number[]): (number | null)[] {
  const feature = rateFeature(config, { expectedEveryMs: everyMs, utcOffsetMs: 0 });
  let state = feature.start;
  return values.map((value, i) => {
    state = feature.step(state, START_AT + i * everyMs, value);
    return feature.valueOf(state);
  });
}
const flat = (count: number, value: number): number[] => new Array<number>(count).fill(value);
const worst = (values: readonly (number | null)[]): number =>
  Math.max(...values.map(value => Math.abs(value ?? 0)));

const QUARTER = { perMs: 15 * MINUTE_MS, windowMs: 15 * MINUTE_MS };

it.each([
  ['learns until the window is filled', 5, [0, 1, 2, 3], [null, null, null, null]],
  ['is even', 5, flat(8, 3), [null, null, null, null, null, 0, 0, 0]],
  ['a steady rise of 1 in 5 min', 5, [0, 1, 2, 3, 4, 5, 6], [null, null, null, null, null, 3, 3]],
  [
    'a drop in the pressure shows with its second reading, in full, for as long as the window is',
    5,
    [...flat(6, 0.3), ...flat(6, 0.25)],
    [null, null, null, null, null, 0, 0, -0.05, -0.05, -0.05, 0, 0],
  ],
  [
    'one spike has no say',
    5,
    [...flat(6, 0.3), 9, ...flat(6, 0.3)],
    [null, null, null, null, null, ...flat(8, 0)],
  ],
])('15 min, %s', (_name, everyMinutes, values, expected) => {
  const given = run(QUARTER, everyMinutes * MINUTE_MS, values);
  expected.forEach((value, i) => {
    if (value === null) expect(given[i]).toBeNull();
    else expect(given[i] ?? NaN).toBeCloseTo(value, 12);
  });
});

it('minute readings: gas that rises by 2 %LEL a minute is seen in full after the window, and half of it at half time', () => {
  const rise = [...flat(30, 1), ...Array.from({ length: 20 }, (_, i) => 1 + 2 * (i + 1))];
  const rates = run({ perMs: MINUTE_MS, windowMs: 10 * MINUTE_MS }, MINUTE_MS, rise);
  expect(rates[31]).toBeCloseTo(0.2, 9);
  expect(rates[35]).toBeCloseTo(1, 9);
  expect(rates[41]).toBeCloseTo(2, 9);
});

it.each([
  ['the default of five intervals', { perMs: HOUR_MS }, 30 * MINUTE_MS],
  [
    'a window shorter than two intervals is taken as two',
    { perMs: HOUR_MS, windowMs: 60_000 },
    30 * MINUTE_MS,
  ],
  ['readings ten times as often as said', { perMs: HOUR_MS, windowMs: 5 * HOUR_MS }, 3 * MINUTE_MS],
  ['a window of a year', { perMs: DAY_MS, windowMs: 365 * DAY_MS }, DAY_MS],
])('%s: a line has its slope', (_name, config, everyMs) => {
  const values = Array.from({ length: 800 }, (_, i) => (i * everyMs) / config.perMs);
  expect(run(config, everyMs, values).at(-1)).toBeCloseTo(1, 9);
});

it('spreads a change over the gap in which it came', () => {
  const feature = rateFeature(QUARTER, { expectedEveryMs: 5 * MINUTE_MS, utcOffsetMs: 0 });
  let state = feature.start;
  const at = [0, 5, 10, 15, 20, 25, 145, 150, 155];
  at.forEach((minute, i) => (state = feature.step(state, minute * MINUTE_MS, i < 6 ? 1 : 9)));
  expect(feature.valueOf(state)).toBeCloseTo((8 / 125) * 15, 9);
});

it('explains itself', () => {
  const feature = rateFeature(QUARTER, { expectedEveryMs: 5 * MINUTE_MS, utcOffsetMs: 0 });
  expect(feature.explain(feature.start)).toEqual({ learning: 'the window is not filled yet' });
  let state = feature.start;
  [0, 1, 2, 3, 4, 5].forEach((value, i) => (state = feature.step(state, i * 5 * MINUTE_MS, value)));
  expect(feature.explain(state)).toEqual({ fromValue: 1, toValue: 4, spanSeconds: 900 });
});

const gaps = fc.integer({ min: 1, max: 40 * MINUTE_MS });
const readings = fc.array(fc.tuple(gaps, fc.integer({ min: -99, max: 99 })), { maxLength: 120 });

it('never holds more than its samples, keeps old states valid and comes through JSON unchanged', () => {
  const feature = rateFeature(QUARTER, { expectedEveryMs: MINUTE_MS, utcOffsetMs: 0 });
  fc.assert(
    fc.property(readings, steps => {
      let at = START_AT;
      const states: RateState[] = [feature.start];
      const texts: string[] = [JSON.stringify(feature.start)];
      for (const [gap, value] of steps) {
        const before = JSON.parse(texts.at(-1)!) as RateState;
        const state = feature.step(before, (at += gap), value);
        expect(feature.step(states.at(-1)!, at, value)).toEqual(state);
        expect(state.ats.length).toBeLessThanOrEqual(RATE_SAMPLES_MAX);
        expect(state.values.length).toBe(state.ats.length);
        states.push(state);
        texts.push(JSON.stringify(state));
      }
      expect(states.map(state => JSON.stringify(state))).toEqual(texts);
    }),
  );
});

it('no single spike moves it, wherever it falls and however large it is', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 59 }),
      fc.double({ min: -1e9, max: 1e9, noNaN: true }),
      (where, spike) => {
        const values = flat(60, 5).map((value, i) => (i === where ? spike : value));
        expect(worst(run({ perMs: HOUR_MS }, MINUTE_MS, values))).toBe(0);
        expect(worst(run({ perMs: HOUR_MS, windowMs: 2 * MINUTE_MS }, MINUTE_MS, values))).toBe(0);
      },
    ),
  );
});

it('is the difference of two medians, whatever the values, when readings come as told', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: -99, max: 99 }), { minLength: 8, maxLength: 40 }), values => {
      const middle = (k: number): number => values.slice(k - 1, k + 2).sort((a, b) => a - b)[1]!;
      run({ perMs: 5 * MINUTE_MS }, MINUTE_MS, values).forEach((rate, last) => {
        if (last >= 7) expect(rate).toBeCloseTo(middle(last - 1) - middle(last - 6), 9);
      });
    }),
  );
});
