import fc from 'fast-check';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '@anmai/kernel';
import { changepointFeature, type ChangepointState } from './changepoint-feature';
import { lastingDeviation, type Deviations } from './lasting';
import type { Sample } from './local-line';
import { madeSeries } from './testing/made-series';

const feature = changepointFeature({}, { expectedEveryMs: DAY_MS, utcOffsetMs: 0 });

/** A made series with a step in it, at one of the usual intervals. */
const series = fc
  .record({
    seed: fc.nat(1_000_000),
    everyMs: fc.constantFrom(MINUTE_MS, 10 * MINUTE_MS, HOUR_MS, DAY_MS),
    at: fc.integer({ min: 25, max: 180 }),
    mm: fc.integer({ min: -60, max: 60 }),
    spikes: fc.constantFrom(0, 0.05),
  })
  .map(({ seed, everyMs, at, mm, spikes }) =>
    madeSeries({ seed, everyMs, samples: 220, whiteMm: 2, waveMm: 3, spikes, gaps: 1, step: { at, mm } }),
  );

const statesOf = (samples: readonly Sample[]): ChangepointState[] => {
  let state = feature.start;
  return samples.map(({ at, value }) => (state = feature.step(state, at, value)));
};
const valuesOf = (samples: readonly Sample[]): (number | null)[] => statesOf(samples).map(feature.valueOf);

function frozen<T>(data: T): T {
  if (typeof data === 'object' && data !== null && !Object.isFrozen(data)) {
    Object.freeze(data);
    Object.values(data).forEach(frozen);
  }
  return data;
}

it('never changes a state, and goes on from its JSON as from itself', () => {
  fc.assert(
    fc.property(series, fc.nat(200), (samples, cut) => {
      const whole = statesOf(samples);
      let state = frozen(JSON.parse(JSON.stringify(whole[cut] ?? feature.start)) as ChangepointState);
      for (const { at, value } of samples.slice(cut + 1)) state = frozen(feature.step(state, at, value));
      if (cut < samples.length) expect(state).toEqual(whole.at(-1));
    }),
    { numRuns: 60 },
  );
});

it('a change of scale changes the size by as much, a change of sign only the sign', () => {
  fc.assert(
    fc.property(series, fc.constantFrom(0.25, 2, 1024, -1, -8), (samples, factor) => {
      const scaled = samples.map(({ at, value }) => ({ at, value: value * factor }));
      const expected = valuesOf(samples).map(value => (value === null ? null : value * Math.abs(factor)));
      expect(valuesOf(scaled)).toEqual(expected);
    }),
    { numRuns: 60 },
  );
});

it('a change of the zero changes nothing, and neither does a change of the date by whole days', () => {
  fc.assert(
    fc.property(series, fc.integer({ min: -1_000, max: 1_000 }), fc.nat(9_000), (samples, mm, days) => {
      const moved = samples.map(({ at, value }) => ({ at: at + days * DAY_MS, value: value + mm }));
      const values = valuesOf(samples);
      valuesOf(moved).forEach((value, i) => {
        if (value === null || values[i] === null) expect(value).toBe(values[i]);
        else expect(value).toBeCloseTo(values[i]!, 6);
      });
    }),
    { numRuns: 60 },
  );
});

it('shares what has not changed, and stays small', () => {
  const states = statesOf(
    madeSeries({ seed: 5, everyMs: MINUTE_MS, samples: 30_000, whiteMm: 2, waveMm: 3 }),
  );
  const [before, after] = states.slice(-2) as [ChangepointState, ChangepointState];
  if (before.phase !== 'watching' || after.phase !== 'watching') throw new Error('still learning');
  expect(after.excursions.blocks).toBe(before.excursions.blocks);
  expect(after.wave?.hours).toBe(before.wave?.hours);
  expect(after.pending.slice(0, 3)).toEqual(before.pending.slice(1));
  expect(after.pending[0]).toBe(before.pending[1]);
  expect(JSON.stringify(after).length).toBeLessThan(2_500);
});

it('a lasting deviation is the third largest of four on one side', () => {
  const size = fc.integer({ min: -50, max: 50 });
  fc.assert(
    fc.property(fc.tuple(size, size, size, size), four => {
      const [, second, third] = [...four].sort((a, b) => a - b) as [number, number, number, number];
      const expected = second > 0 ? second : third < 0 ? third : 0;
      expect(lastingDeviation(four as Deviations)).toBe(expected);
    }),
  );
});
