import fc from 'fast-check';
import { bucketize, mergeBuckets } from './buckets';
import type { Quality } from './reading';
import type { StoredReading } from './reading-store.port';

const row = (at: number, value: number | null, quality: Quality = 1): StoredReading => ({
  at,
  value,
  quality,
});

it.each([
  ['nothing', [], []],
  ['one value', [row(61_000, 5)], [[60_000, 5, 5, 5, 1, 5]]],
  ['both ends of a stretch', [row(0, 4), row(59_999, 2)], [[0, 2, 4, 3, 2, 2]]],
  [
    'the border to the next',
    [row(59_999, 1), row(60_000, 2)],
    [
      [0, 1, 1, 1, 1, 1],
      [60_000, 2, 2, 2, 1, 2],
    ],
  ],
  ['not evaluated and suspect', [row(0, 1, 2), row(1, 3, 3)], [[0, 1, 3, 2, 2, 3]]],
  ['bad and missing only', [row(0, 99, 4), row(1, null, 9)], []],
  ['bad beside good', [row(0, 99, 4), row(1, 7), row(2, null, 9)], [[0, 7, 7, 7, 1, 7]]],
])('bucketizes %s', (_name, rows, expected) => {
  const got = bucketize(rows, 60_000).map(b => [b.at, b.min, b.max, b.mean, b.count, b.last]);
  expect(got).toEqual(expected);
});

it('gives the same by way of minutes as straight from raw', () => {
  const rowsArbitrary = fc
    .uniqueArray(
      fc.tuple(fc.nat(7_200_000), fc.integer({ min: -99, max: 99 }), fc.constantFrom(1, 2, 3, 4)),
      {
        selector: ([at]) => at,
        maxLength: 200,
      },
    )
    .map(cells =>
      cells.sort((a, b) => a[0] - b[0]).map(([at, value, quality]) => row(at, value, quality as Quality)),
    );
  fc.assert(
    fc.property(rowsArbitrary, rows => {
      const direct = bucketize(rows, 3_600_000);
      const stepwise = mergeBuckets(bucketize(rows, 60_000), 3_600_000);
      expect(stepwise.map(b => ({ ...b, mean: 0 }))).toEqual(direct.map(b => ({ ...b, mean: 0 })));
      stepwise.forEach((bucket, index) => expect(bucket.mean).toBeCloseTo(direct[index]?.mean ?? NaN, 9));
    }),
  );
});
