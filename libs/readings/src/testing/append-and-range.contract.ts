import { expect, it } from 'vitest';
import type { Reading } from '../reading';
import type { StoreUnderTest } from './store-under-test';
import { BASE, reading, stored } from './store-under-test';

const missing = (at: number): Reading => reading(at, NaN, 9);
const sensorIds = [
  'well-0012.ch4',
  `a b,c=d"\\'\n`,
  '你好',
  '100%25 %41',
  `'; DROP TABLE raw; --`,
  `" OR 1=1`,
  '\\',
  'ends with \\',
  'tab\tand\rreturn',
  '$sensor',
  '😀',
  // One letter to the eye, two ids.
  '\u00e9',
  'e\u0301',
];
const values = [
  0,
  -0,
  0.1,
  -0.1,
  1 / 3,
  -273.15,
  1e-300,
  5e-324,
  -2.2250738585072014e-308,
  123456789.12345679,
  1e21,
  -1e100,
  2 ** 53,
  4.35,
  0.1 + 0.2,
  1e-7,
];

/** What goes in comes out: order, keys, borders, exact values, odd ids, large and concurrent batches. */
export function describeAppendAndRange(open: () => Promise<StoreUnderTest>): void {
  it.each([
    ['orders late arrivals', [reading(30), reading(10)], [0, 99, 9], [reading(10), reading(30)], false],
    ['replaces on redelivery', [reading(10, 1), reading(10, 2)], [0, 99, 9], [reading(10, 2)], false],
    [
      'replaces a value by another quality',
      [reading(10, 1), reading(10, 1, 4)],
      [0, 99, 9],
      [reading(10, 1, 4)],
      false,
    ],
    ['replaces a value by missing', [reading(10, 1), missing(10)], [0, 99, 9], [missing(10)], false],
    ['replaces missing by a value', [missing(10), reading(10, 7)], [0, 99, 9], [reading(10, 7)], false],
    ['takes `from` in, leaves `to` out', [reading(10), reading(20)], [10, 20, 9], [reading(10)], false],
    ['finds nothing in an empty stretch', [reading(10)], [10, 10, 9], [], false],
    ['says when it held rows back', [reading(10), reading(20)], [0, 99, 1], [reading(10)], true],
    [
      'holds nothing back at the limit',
      [reading(10), reading(20)],
      [0, 99, 2],
      [reading(10), reading(20)],
      false,
    ],
    ['counts a replaced row once', [reading(10, 1), reading(10, 2)], [0, 99, 1], [reading(10, 2)], false],
    [
      'keeps each quality',
      [1, 2, 3, 4].map(q => reading(q, 5, q as 1)),
      [0, 9, 9],
      [1, 2, 3, 4].map(q => reading(q, 5, q as 1)),
      false,
    ],
  ])('%s', async (_name, sent, [from, to, limit], rows, truncated) => {
    const expected = { rows: rows.map(stored), truncated };
    const query = { sensorId: 's1', from: BASE + (from ?? 0), to: BASE + (to ?? 0), limit: limit ?? 0 };
    const based = (all: readonly Reading[]): Reading[] => all.map(r => ({ ...r, at: r.at + BASE }));
    const oneByOne = await open();
    for (const each of based(sent)) await oneByOne.store.append([each]);
    const shift = { ...expected, rows: expected.rows.map(row => ({ ...row, at: row.at + BASE })) };
    expect(await oneByOne.store.range(query)).toEqual(shift);
    const atOnce = await open();
    await atOnce.store.append(based(sent));
    expect(await atOnce.store.range(query)).toEqual(shift);
  });

  it('keeps sensors apart, whatever their ids', async () => {
    const { store, rows, refused } = await open();
    await store.append(sensorIds.map((id, index) => reading(BASE + index, index, 1, id)));
    await store.rollUp([{ from: BASE, to: BASE + 100 }]);
    for (const [index, id] of sensorIds.entries()) {
      const row = stored(reading(BASE + index, index));
      expect([id, await rows(id), await store.latest(id)]).toEqual([id, [row], row]);
      const buckets = await store.buckets({ sensorId: id, from: BASE, to: BASE + 60_000, widthMs: 60_000 });
      expect([id, buckets.map(bucket => bucket.last)]).toEqual([id, [index]]);
    }
    expect(await rows('unknown')).toEqual([]);
    expect(refused).toEqual([]);
  });

  it('gives values back to the last bit', async () => {
    const { store, rows } = await open();
    await store.append(values.map((value, index) => reading(BASE + index, value)));
    const got = (await rows()).map(row => row.value);
    expect(got.map((value, index) => Object.is(value, values[index]))).toEqual(values.map(() => true));
  });

  it('takes times from 1970 to 2100', async () => {
    const { store, rows } = await open();
    const times = [0, 1, 999, Date.UTC(2000, 1, 29), BASE, BASE + 1, Date.UTC(2099, 11, 31, 23, 59, 59, 999)];
    await store.append([...times].reverse().map(at => reading(at, at % 7)));
    expect(await rows()).toEqual(times.map(at => stored(reading(at, at % 7))));
  });

  it('knows the newest reading, also after late ones', async () => {
    const { store } = await open();
    expect(await store.latest('s1')).toBeNull();
    await store.append([reading(BASE + 50, 5)]);
    await store.append([reading(BASE + 20, 2), reading(BASE, 0)]);
    expect(await store.latest('s1')).toEqual(stored(reading(BASE + 50, 5)));
    await store.append([reading(BASE + 50, 6, 3)]);
    expect(await store.latest('s1')).toEqual(stored(reading(BASE + 50, 6, 3)));
    await store.append([missing(BASE + 60)]);
    expect(await store.latest('s1')).toEqual(stored(missing(BASE + 60)));
  });

  it('takes 10,000 readings at once and gives them in pages', async () => {
    const { store } = await open();
    const sent = Array.from({ length: 10_000 }, (_, i) =>
      reading(BASE + i * 1_000, Math.sin(i), i % 97 === 0 ? 9 : 1),
    );
    await store.append(sent);
    const got: unknown[] = [];
    for (let from = BASE, more = true; more;) {
      const page = await store.range({ sensorId: 's1', from, to: BASE + 1e9, limit: 3_000 });
      got.push(...page.rows);
      from = (page.rows.at(-1)?.at ?? 0) + 1;
      more = page.truncated;
    }
    expect(got).toEqual(sent.map(stored));
  });

  it('takes appends at the same time', async () => {
    const { store, rows } = await open();
    const batches = Array.from({ length: 16 }, (_, b) =>
      Array.from({ length: 50 }, (_, i) => reading(BASE + i, b * 100 + i, 1, `sensor-${b % 8}-${b >> 3}`)),
    );
    await Promise.all(batches.map(batch => store.append(batch)));
    const counts = await Promise.all(batches.map(async batch => (await rows(batch[0]?.sensorId)).length));
    expect(counts).toEqual(batches.map(() => 50));
  });

  it('keeps what it has when opened again', async () => {
    const { store, rows } = await open();
    await store.append([reading(BASE)]);
    await store.open();
    await store.ping();
    expect(await rows()).toHaveLength(1);
  });

  it('takes an empty batch', async () => {
    const { store, rows } = await open();
    await store.append([]);
    expect(await rows()).toEqual([]);
  });
}
