import { expect, it } from 'vitest';
import { DAY_MS } from '@anmai/kernel';
import type { Reading } from '../reading';
import type { BucketQuery, RangeQuery, ReadingStore } from '../reading-store.port';
import { APPEND_READINGS_MAX, BUCKETS_MAX, RANGE_ROWS_MAX, ROLLUP_SPANS_MAX } from '../reading-store.port';
import { READING_AT_END, READING_VALUE_ABS_MAX } from '../screen';
import type { StoreUnderTest } from './store-under-test';
import { BASE, KEEP_ALL, reading } from './store-under-test';

const range = (over: Partial<RangeQuery>) => (store: ReadingStore) =>
  store.range({ sensorId: 's1', from: BASE, to: BASE + 10, limit: 10, ...over });
const buckets = (over: Partial<BucketQuery>) => (store: ReadingStore) =>
  store.buckets({ sensorId: 's1', from: 0, to: 10, widthMs: 60_000, ...over });
const spans = (count: number) => (store: ReadingStore) =>
  store.rollUp(Array.from({ length: count }, () => ({ from: BASE, to: BASE + 1 })));
const batch = (count: number) => (store: ReadingStore) =>
  store.append(Array.from({ length: count }, (_, i) => reading(BASE + i)));
const keepRaw = (rawMs: number) => (store: ReadingStore) =>
  store.enforceRetention({ ...KEEP_ALL, rawMs }, BASE);

/** What is refused: calls beyond a maximum as a whole, unfit readings one by one. */
export function describeLimits(open: () => Promise<StoreUnderTest>): void {
  it.each<[string, (store: ReadingStore) => Promise<unknown>, string | null]>([
    ['a limit of 0 rows', range({ limit: 0 }), 'RDG-003'],
    ['a limit of 1 row', range({ limit: 1 }), null],
    ['a limit of half a row', range({ limit: 1.5 }), 'RDG-003'],
    ['the largest limit', range({ limit: RANGE_ROWS_MAX }), null],
    ['one row above it', range({ limit: RANGE_ROWS_MAX + 1 }), 'RDG-003'],
    ['a stretch that ends before it starts', range({ from: BASE + 11 }), 'RDG-004'],
    ['a stretch without a start', range({ from: NaN }), 'RDG-004'],
    ['a stretch without an end', range({ to: Infinity }), 'RDG-004'],
    ['the most buckets', buckets({ to: BUCKETS_MAX * 60_000 }), null],
    ['one bucket more', buckets({ to: BUCKETS_MAX * 60_000 + 1 }), 'RDG-005'],
    ['buckets that end before they start', buckets({ from: 11 }), 'RDG-004'],
    ['the most spans', spans(ROLLUP_SPANS_MAX), null],
    ['one span more', spans(ROLLUP_SPANS_MAX + 1), 'RDG-006'],
    ['a span that ends before it starts', store => store.rollUp([{ from: 2, to: 1 }]), 'RDG-004'],
    ['the largest batch', batch(APPEND_READINGS_MAX), null],
    ['one reading more', batch(APPEND_READINGS_MAX + 1), 'RDG-002'],
    ['keeping raw less than a day', keepRaw(DAY_MS - 1), 'RDG-007'],
  ])('judges %s', async (_name, call, code) => {
    const { store, rows } = await open();
    const outcome = await call(store).then(
      () => null,
      (error: unknown) => error,
    );
    if (code === null) return expect(outcome).toBeNull();
    expect(outcome).toMatchObject({ name: 'AppError', code, retryable: false });
    expect(await rows()).toEqual([]);
  });

  it('keeps the fit readings of a batch and names the unfit', async () => {
    const { store, rows, refused } = await open();
    const unfit: [string, Reading][] = [
      ['bad_value', reading(BASE + 1, Infinity)],
      ['bad_value', reading(BASE + 2, NaN, 1)],
      ['bad_value', reading(BASE + 3, READING_VALUE_ABS_MAX * 10)],
      ['bad_time', reading(-1)],
      ['bad_time', reading(READING_AT_END)],
      ['bad_time', reading(BASE + 0.5)],
      ['bad_sensor_id', reading(BASE, 1, 1, '')],
      ['bad_quality', reading(BASE, 1, 7 as 1)],
    ];
    await store.append([reading(BASE), ...unfit.map(([, each]) => each), reading(READING_AT_END - 1)]);
    expect((await rows()).map(row => row.at)).toEqual([BASE, READING_AT_END - 1]);
    const named = refused.flatMap(({ readings, refusal }) => readings.map(each => [refusal.code, each]));
    expect(named).toHaveLength(unfit.length);
    expect(named).toEqual(expect.arrayContaining(unfit));
  });

  it.each<[string, (store: ReadingStore) => Promise<unknown>]>([
    ['append', batch(1)],
    ['range', range({})],
    ['latest', store => store.latest('s1')],
    ['buckets', buckets({})],
    ['rollUp', spans(1)],
    ['enforceRetention', keepRaw(DAY_MS)],
    ['ping', store => store.ping()],
  ])('refuses %s once closed, and serves again when opened', async (_name, call) => {
    const { store } = await open();
    await store.close();
    await store.close();
    await expect(call(store)).rejects.toMatchObject({ code: 'RDG-008', retryable: true });
    await store.open();
    await call(store);
  });
}
