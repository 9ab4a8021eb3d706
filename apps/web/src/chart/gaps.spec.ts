import type { ReadingShape } from '@anmai/wire';
import { doubtful, gapMs, lonely, LIVE_ROWS_MAX, spliced, withGaps, withLive } from './gaps';

const row = (
  second: number,
  value: number | null = second,
  quality: ReadingShape['quality'] = 1,
): ReadingShape => ({
  at: new Date(second * 1_000).toISOString(),
  value,
  quality,
});
const HOUR = 3_600_000;

it.each([
  [
    'three intervals of a raw hour',
    { source: 'raw', expectedEveryMs: 60_000, windowMs: HOUR, points: 1_000 },
    180_000,
  ],
  [
    'a pixel, once raw rows were reduced',
    { source: 'raw', expectedEveryMs: 1_000, windowMs: 24 * HOUR, points: 1_000 },
    345_600,
  ],
  [
    'two buckets of a rollup',
    { source: '1h', expectedEveryMs: 60_000, windowMs: 240 * HOUR, points: 1_000 },
    2 * HOUR,
  ],
  [
    'a slow sensor beats its bucket',
    { source: '1m', expectedEveryMs: HOUR, windowMs: 24 * HOUR, points: 1_000 },
    3 * HOUR,
  ],
] as const)('a gap is longer than %s', (_name, spacing, expected) => expect(gapMs(spacing)).toBe(expected));

it.each([
  ['joins what is near', [row(0), row(60), row(180)], '0=0 60=60 180=180'],
  ['takes exactly the limit as near', [row(0), row(180)], '0=0 180=180'],
  ['breaks where nothing was heard', [row(0), row(181)], '0=0 0.001=null 181=181'],
  ['breaks at a missing value', [row(0), row(60, null, 9), row(120)], '0=0 60=null 120=120'],
  ['draws nothing from nothing', [], ''],
])('%s', (_name, rows, expected) => {
  const points = withGaps(rows, 180_000);
  expect(points.map(([at, value]) => `${at / 1_000}=${value}`).join(' ')).toBe(expected);
});

it.each([
  ['alone', [row(0)], [0]],
  ['gaps on both sides', [row(0), row(300), row(600)], [0, 300, 600]],
  ['a line leads to it', [row(0), row(60), row(600)], [600]],
  ['missing on both sides', [row(0, null, 9), row(60), row(120, null, 9)], [60]],
] as const)('finds points that no line shows: %s', (_name, rows, expected) => {
  expect(lonely(withGaps(rows, 180_000)).map(([at]) => at / 1_000)).toEqual(expected);
});

it('marks suspect and bad values, not those nobody evaluated', () => {
  expect(doubtful([row(0), row(1, 1, 2), row(2, 2, 3), row(3, 3, 4), row(4, null, 9)])).toEqual([
    [2_000, 2],
    [3_000, 3],
  ]);
});

it('puts the finer rows of a window in place of the coarse ones', () => {
  const coarse = [row(0), row(100), row(200), row(300)];
  const fine = [row(100), row(150), row(199), row(200)];
  expect(spliced(coarse, fine, 100_000, 200_000).map(r => r.value)).toEqual([0, 100, 150, 199, 200, 300]);
});

it.each([
  ['at the end', 30, '0 10 20 30'],
  ['late, in its place', 15, '0 10 15 20'],
  ['before all', -5, '-5 0 10 20'],
  ['again, instead of the old', 10, '0 10 20'],
])('takes a live reading %s', (_name, second, expected) => {
  const rows = withLive([row(0), row(10), row(20)], row(second));
  expect(rows.map(r => r.value).join(' ')).toBe(expected);
});

it('holds a bounded number of live readings', () => {
  let rows: readonly ReadingShape[] = [];
  for (let i = 0; i < LIVE_ROWS_MAX + 3; i += 1) rows = withLive(rows, row(i));
  expect([rows.length, rows[0]?.value]).toEqual([LIVE_ROWS_MAX, 3]);
});
