import fc from 'fast-check';
import { median, medianAbsoluteDeviation, medianOf3, ranks, robustSigma, weightedMedian } from './order';

it.each([
  ['nothing', [], NaN, NaN],
  ['one', [5], 5, 0],
  ['two', [1, 4], 2.5, 1.5],
  ['odd, unsorted', [9, 1, 5], 5, 4],
  ['a wild one', [1, 2, 3, 4, 1e9], 3, 1],
  ['more than half alike', [7, 7, 7, 0, 100], 7, 0],
  ['as numbers, not as text', [10, 9, 100], 10, 1],
])('median and its deviation: %s', (_name, values, middle, deviation) => {
  expect(median(values)).toBe(middle);
  expect(medianAbsoluteDeviation(values)).toBe(deviation);
});

it('the robust spread of evenly spread normal scores is about 1', () => {
  expect(robustSigma([-1.28, -0.84, -0.52, -0.25, 0, 0.25, 0.52, 0.84, 1.28])).toBeCloseTo(0.77, 2);
});

it.each([
  ['equal weights', [3, 1, 2], [1, 1, 1], 2],
  ['a heavy one', [3, 1, 2], [5, 1, 1], 3],
  ['a tie gives the lower', [1, 2], [1, 1], 1],
  ['nothing', [], [], NaN],
])('weighted median: %s', (_name, values, weights, expected) => {
  expect(weightedMedian(values, weights)).toBe(expected);
});

it('equal values share their ranks', () => {
  expect(ranks([10, 20, 10, 5, 20, 20])).toEqual([2.5, 5, 2.5, 1, 5, 5]);
});

const value = fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e9, max: 1e9 });

it('ranks add up and keep the order', () => {
  fc.assert(
    fc.property(fc.array(value, { maxLength: 30 }), values => {
      const given = ranks(values);
      expect(given.reduce((a, b) => a + b, 0)).toBeCloseTo((values.length * (values.length + 1)) / 2, 9);
      values.forEach((a, i) => values.forEach((b, j) => expect(a < b).toBe(given[i]! < given[j]!)));
    }),
  );
});

it('the middle of three is their median', () => {
  fc.assert(
    fc.property(value, value, value, (a, b, c) => {
      expect(medianOf3(a, b, c) - median([a, b, c])).toBeCloseTo(0, 12);
    }),
  );
});
