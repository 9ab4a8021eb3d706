import fc from 'fast-check';
import { addToMedian, medianOfBucket, REMEDIAN_BASE, type Remedian } from './bucket-median';
import { median } from './stats/order';

const filled = (values: readonly number[]): Remedian => values.reduce(addToMedian, []);

it.each([
  ['one', [4], 4],
  ['two', [4, 6], 5],
  ['a wild one of five', [1, 2, 3, 4, 1e9], 3],
  ['eleven', [11, 1, 10, 2, 9, 3, 8, 4, 7, 5, 6], 6],
  ['eleven and a wild one', [11, 1, 10, 2, 9, 3, 8, 4, 7, 5, 6, 1e9], 6],
])('%s', (_name, values, expected) => {
  expect(medianOfBucket(filled(values))).toBe(expected);
});

const value = fc.integer({ min: -1000, max: 1000 });

it('is exact for few readings, lies within them for many, and holds little', () => {
  fc.assert(
    fc.property(fc.array(value, { minLength: 1, maxLength: 2000 }), values => {
      const levels = filled(values);
      const found = medianOfBucket(levels);
      if (values.length < REMEDIAN_BASE) expect(found).toBe(median(values));
      expect(found).toBeGreaterThanOrEqual(Math.min(...values));
      expect(found).toBeLessThanOrEqual(Math.max(...values));
      expect(levels.flat().length).toBeLessThanOrEqual(4 * (REMEDIAN_BASE - 1));
      expect(levels.reduce((sum, level, i) => sum + level.length * REMEDIAN_BASE ** i, 0)).toBe(
        values.length,
      );
    }),
  );
});

it('is close to the median of a day of minutes, a fifth of them wild too', () => {
  // 389 runs through all of 0 to 1439: a shuffle without chance.
  const minutes = Array.from({ length: 1440 }, (_, i) => (i * 389) % 1440);
  expect(medianOfBucket(filled(minutes))).toBeGreaterThan(670);
  expect(medianOfBucket(filled(minutes))).toBeLessThan(770);
  const spoilt = minutes.map((minute, i) => (i % 5 === 0 ? 1e9 : minute));
  expect(medianOfBucket(filled(spoilt))).toBeLessThan(1440);
});

it('never changes what it was given', () => {
  const before = filled([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  const text = JSON.stringify(before);
  addToMedian(before, 11);
  expect(JSON.stringify(before)).toBe(text);
});
