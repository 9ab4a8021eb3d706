import fc from 'fast-check';
import { mannKendall } from './mann-kendall';
import { theilSen } from './theil-sen';

const Z95 = 1.959963984540054;

it('gives the published example of Sen (1968) its slope and interval', () => {
  // Seven points of his section 5; the interval there is for a confidence of 93 %.
  const ats = [1, 2, 3, 4, 10, 12, 18];
  const values = [9, 15, 19, 20, 45, 55, 78];
  const line = theilSen(ats, values, 1.812);
  expect(line.slope).toBe(4);
  expect(line.low).toBeCloseTo(3.71, 2);
  expect(line.high).toBeCloseTo(4.38, 2);
});

it.each([
  ['a straight line, unevenly read', [0, 1, 5, 6, 20], [0, 2, 10, 12, 40], 2],
  ['one wild value of five', [0, 1, 2, 3, 4], [0, 1, 2, 3, -1e6], 1],
  ['two wild values of ten', [0, 1, 2, 3, 4, 5, 6, 7, 8, 9], [0, 1, 1e6, 3, 4, 5, -1e6, 7, 8, 9], 1],
  ['all alike', [0, 1, 2], [5, 5, 5], 0],
])('%s', (_name, ats, values, slope) => {
  expect(theilSen(ats, values, Z95).slope).toBeCloseTo(slope, 12);
});

it('does not bound a slope that too few pairs stand for', () => {
  expect(theilSen([0, 1, 2], [0, 1, 2], Z95)).toMatchObject({ slope: 1, low: -Infinity, high: Infinity });
});

const series = fc
  .array(fc.tuple(fc.integer({ min: 1, max: 50 }), fc.integer({ min: -9, max: 9 })), {
    minLength: 8,
    maxLength: 30,
  })
  .map(steps => {
    let at = 0;
    return { ats: steps.map(([gap]) => (at += gap)), values: steps.map(([, value]) => value) };
  });

it('holds its slope within its interval, follows the unit and turns round with the series', () => {
  fc.assert(
    fc.property(series, ({ ats, values }) => {
      const line = theilSen(ats, values, Z95);
      expect(line.low).toBeLessThanOrEqual(line.slope);
      expect(line.high).toBeGreaterThanOrEqual(line.slope);
      const mirrored = theilSen(
        ats,
        values.map(value => 3 - 2 * value),
        Z95,
      );
      expect(mirrored.slope).toBeCloseTo(-2 * line.slope, 9);
      expect(mirrored.low).toBeCloseTo(-2 * line.high, 9);
      expect(mirrored.high).toBeCloseTo(-2 * line.low, 9);
    }),
  );
});

it('leaves 0 out only when Mann-Kendall finds a trend', () => {
  fc.assert(
    fc.property(series, ({ ats, values }) => {
      const line = theilSen(ats, values, Z95);
      fc.pre(line.low > 0 || line.high < 0);
      const test = mannKendall(values);
      expect(Math.sign(test.s)).toBe(Math.sign(line.slope));
      expect(test.p).toBeLessThan(0.05);
    }),
  );
});
