import { DAY_MS } from '@anmai/kernel';
import { RANGE_ROWS_MAX, type Bucket, type ReadingStore, type StoredReading } from '@anmai/readings';
import { MemoryReadingStore } from '@anmai/testing';
import { readSeries } from './series';

const DAY_0 = Date.UTC(2026, 0, 1);

async function stored(rows: readonly (readonly [at: number, value: number])[]): Promise<MemoryReadingStore> {
  const store = new MemoryReadingStore();
  await store.open();
  const readings = rows.map(([at, value]) => ({ sensorId: 's', at, value, quality: 1 as const }));
  for (let i = 0; i < readings.length; i += 50_000) await store.append(readings.slice(i, i + 50_000));
  return store;
}
const asked = (from: number, to: number, expectedEverySeconds = 60) => ({
  sensorId: 's', from, to, points: 1_000, expectedEverySeconds,
}); // prettier-ignore
const values = (rows: readonly StoredReading[]): number[] => rows.map(row => row.value ?? NaN);

it('is raw while the window holds no more rows than one call gives', async () => {
  const store = await stored(Array.from({ length: RANGE_ROWS_MAX }, (_, i) => [DAY_0 + i * 100, i]));
  const series = await readSeries(store, asked(DAY_0, DAY_0 + DAY_MS));
  expect([series.source, series.rows.length <= 1_000]).toEqual(['raw', true]);
});

it('is a rollup with one row more, its newest stretch from raw, extremes kept', async () => {
  const rows = Array.from({ length: RANGE_ROWS_MAX + 1 }, (_, i) => [DAY_0 + i * 100, i === 77_777 ? 1e6 : i] as const);
  const store = await stored(rows);
  // Rolled up when the last quarter had not come yet.
  await store.rollUp([{ from: DAY_0, to: DAY_0 + 15_000_000 }]);
  const series = await readSeries(store, asked(DAY_0, DAY_0 + DAY_MS));
  expect(series.source).toBe('1m');
  expect(values(series.rows)).toContain(1e6);
  expect(series.rows.at(-1)).toMatchObject({ at: DAY_0 + RANGE_ROWS_MAX * 100, value: RANGE_ROWS_MAX });
  const times = series.rows.map(row => row.at);
  expect(times).toEqual([...times].sort((a, b) => a - b));
}); // prettier-ignore

it('draws from raw page by page when nothing was rolled up', async () => {
  const store = await stored(Array.from({ length: RANGE_ROWS_MAX + 5 }, (_, i) => [DAY_0 + i * 100, i]));
  const series = await readSeries(store, asked(DAY_0, DAY_0 + DAY_MS));
  expect(series.source).toBe('raw');
  expect(series.rows.at(-1)?.value).toBe(RANGE_ROWS_MAX + 4);
});

it('shows old days from rollups when raw readings are no longer kept', async () => {
  const rows = Array.from({ length: 200 }, (_, day) => [DAY_0 + day * DAY_MS + 1_000, day] as const);
  const store = await stored(rows);
  await store.rollUp([{ from: DAY_0, to: DAY_0 + 200 * DAY_MS }]);
  const now = DAY_0 + 200 * DAY_MS;
  await store.enforceRetention({ rawMs: 5 * DAY_MS, minuteMs: 20 * DAY_MS, hourMs: null, dayMs: null }, now);
  const series = await readSeries(store, asked(DAY_0, now));
  expect(series.source).toBe('1h');
  expect([values(series.rows)[0], values(series.rows).at(-1)]).toEqual([0, 199]);
});

it('does not read raw what it would throw away: years at one reading a second', async () => {
  const calls: string[] = [];
  const bucket: Bucket = { at: DAY_0, min: 1, max: 2, mean: 1.5, count: 9, last: 2 };
  const store = {
    range: async ({ from }: { from: number }) => {
      calls.push(`raw from ${from - DAY_0}`);
      return { rows: [], truncated: false };
    },
    buckets: async ({ widthMs }: { widthMs: number }) => {
      calls.push(`buckets ${widthMs}`);
      return [bucket, { ...bucket, at: DAY_0 + widthMs }];
    },
  } as unknown as ReadingStore;
  const series = await readSeries(store, asked(DAY_0, DAY_0 + 400 * DAY_MS, 1));
  // 400 days are too many minutes; hours fit.
  expect(calls).toEqual([`buckets ${DAY_MS}`, 'buckets 3600000', 'raw from 3600000']);
  expect(values(series.rows)).toEqual([1, 2]);
});
