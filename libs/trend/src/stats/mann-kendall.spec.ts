import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import * as tests from './mann-kendall';
import type { TrendTest } from './mann-kendall';
import { seasonalSenSlope, senSlope, type Gapped } from './sen-slope';

/** Recorded results of a reference implementation. Beside the project; without them this file fails, it never skips. */
const VECTORS = new URL('../../../../../shared/data/vectors/mannkendall_sen_vectors.json', import.meta.url);

interface Expected {
  readonly trend: string;
  readonly h: boolean;
  readonly p: number;
  readonly z: number;
  readonly tau: number;
  readonly s: number;
  readonly var_s?: number;
  readonly slope: number;
  readonly intercept?: number;
}
interface Series {
  readonly values: Gapped;
  readonly expected: Readonly<Record<string, Expected>>;
}
const { series } = JSON.parse(readFileSync(VECTORS, 'utf8')) as { series: Readonly<Record<string, Series>> };

const VARIANTS: Readonly<Record<string, (values: Gapped) => TrendTest>> = {
  original_test: values => tests.mannKendall(values),
  hamed_rao_modification_test: values => tests.mannKendallHamedRao(values),
  yue_wang_modification_test: values => tests.mannKendallYueWang(values),
  pre_whitening_modification_test: values => tests.mannKendallPreWhitened(values),
  trend_free_pre_whitening_modification_test: values => tests.mannKendallTrendFreePreWhitened(values),
  seasonal_test_period12: values => tests.mannKendallSeasonal(values, 12),
};
const DIRECTIONS: Readonly<Record<string, string>> = {
  increasing: 'rising',
  decreasing: 'falling',
  'no trend': 'none',
};

const cases = Object.entries(series).flatMap(([name, { values, expected }]) =>
  Object.entries(expected).map(([variant, figures]) => ({ name, variant, values, figures })),
);

it('has the recorded cases at hand', () => expect(cases.length).toBe(13));

/** Within 1e-9 of the figure, or of its size where it is larger than 1. */
function expectClose(given: number, expected: number): void {
  expect(Math.abs(given - expected)).toBeLessThanOrEqual(1e-9 * Math.max(1, Math.abs(expected)));
}

it.each(cases)('$name: $variant', ({ variant, values, figures }) => {
  const test = VARIANTS[variant]!(values);
  expect(test.direction).toBe(DIRECTIONS[figures.trend]);
  expectClose(test.p, figures.p);
  expectClose(test.z, figures.z);
  expectClose(test.tau, figures.tau);
  expect(test.s).toBe(figures.s);
  if (figures.var_s !== undefined) expectClose(test.varS, figures.var_s);
  const line = variant.startsWith('seasonal') ? seasonalSenSlope(values, 12) : senSlope(values);
  expectClose(line.slope, figures.slope);
  if (figures.intercept !== undefined) expectClose(line.intercept, figures.intercept);
});

it.each([
  ['nothing', [], 0],
  ['one value', [3], 0],
  ['only gaps', [null, null], 0],
  ['two values', [1, 2], 1],
])('%s is no trend', (_name, values, s) => {
  expect(tests.mannKendall(values)).toMatchObject({ direction: 'none', s });
});

it('memory in the noise widens the doubt', () => {
  const slow = Array.from({ length: 60 }, (_, i) => Math.sin(i / 9) + 0.01 * i);
  expect(tests.mannKendallHamedRao(slow).p).toBeGreaterThan(tests.mannKendall(slow).p);
});

it('is the same in any unit, and turns round with the series', () => {
  const value = fc.integer({ min: -50, max: 50 });
  fc.assert(
    fc.property(fc.array(fc.option(value, { freq: 8 }), { minLength: 4, maxLength: 40 }), values => {
      const test = tests.mannKendall(values);
      const scaled = values.map(v => (v === null ? null : 1000 * v - 7));
      const mirrored = values.map(v => (v === null ? null : -v));
      expect(tests.mannKendall(scaled)).toEqual(test);
      expect(tests.mannKendall(mirrored).z).toBeCloseTo(-test.z, 12);
    }),
  );
});
