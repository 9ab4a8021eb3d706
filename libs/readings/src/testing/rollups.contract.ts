import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Millis } from '@anmai/kernel';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '@anmai/kernel';
import { bucketize } from '../buckets';
import type { Quality, Reading } from '../reading';
import type { Bucket, ReadingStore, RetentionPolicy } from '../reading-store.port';
import { ROLLUP_WIDTHS_MS } from '../reading-store.port';
import type { StoreUnderTest } from './store-under-test';
import { BASE, KEEP_ALL, reading, stored } from './store-under-test';

const SEED = 20_261_122;

/** Kept rollups equal the reference, whatever came late or was replaced; retention takes raw and leaves them. */
export function describeRollups(open: () => Promise<StoreUnderTest>, now: Millis): void {
  it('makes minutes, hours and days', async () => {
    const { store } = await open();
    const sent = Array.from({ length: 500 }, (_, i) =>
      reading(BASE + i * 7 * MINUTE_MS + i, Math.sin(i) * 100, quality(i)),
    );
    await store.append(sent);
    await store.rollUp([{ from: BASE, to: BASE + 3 * DAY_MS }]);
    await expectRollups(store, sent);
  });

  it('counts borders into the bucket they start', async () => {
    const { store } = await open();
    const offsets = [-1, 0, MINUTE_MS - 1, MINUTE_MS, HOUR_MS - 1, HOUR_MS, DAY_MS - 1, DAY_MS];
    const sent = offsets.map((offset, i) => reading(BASE + offset, i + 0.5));
    await store.append(sent);
    await store.rollUp([{ from: BASE - 1, to: BASE + DAY_MS + 1 }]);
    await expectRollups(store, sent);
  });

  it('takes in late and replaced readings, and drops buckets that lost their last usable one', async () => {
    const { store } = await open();
    const key = (r: Reading): string => `${r.at}`;
    const held = new Map<string, Reading>();
    const send = async (batch: Reading[]): Promise<void> => {
      for (const each of batch) held.set(key(each), each);
      await store.append(batch);
      await store.rollUp(batch.map(({ at }) => ({ from: at, to: at + 1 })));
      await expectRollups(store, [...held.values()]);
    };
    await send([reading(BASE, 5), reading(BASE + 10, 7), reading(BASE + HOUR_MS, 3)]);
    await send([reading(BASE + 5, 100), reading(BASE - 5, -4)]);
    await send([reading(BASE + 10, -7, 3)]);
    await send([reading(BASE + HOUR_MS, 3, 4)]);
    await send([reading(BASE - 5, NaN, 9)]);
    await send([reading(BASE, 0, 4), reading(BASE + 5, NaN, 9), reading(BASE + 10, 0, 4)]);
    expect(
      await store.buckets({ sensorId: 's1', from: BASE - DAY_MS, to: BASE + DAY_MS, widthMs: DAY_MS }),
    ).toEqual([]);
    await send([reading(BASE + HOUR_MS, 8)]);
  });

  it('takes rollups back as they were, replacing, and names every sensor it ever had', async () => {
    const { store } = await open();
    const bucket = { at: BASE, min: 1, max: 4, mean: 2.5, count: 2, last: 4 };
    const put = [
      { ...bucket, sensorId: 's1' },
      { ...bucket, at: BASE + HOUR_MS, sensorId: 's1' },
      { ...bucket, min: -1, sensorId: 'only %rollups' },
    ];
    await store.append([reading(BASE, 1, 1, 's2')]);
    await store.putBuckets(HOUR_MS, put);
    await store.putBuckets(HOUR_MS, [{ ...bucket, max: 9, sensorId: 's1' }]);
    const of = (sensorId: string) =>
      store.buckets({ sensorId, from: BASE, to: BASE + DAY_MS, widthMs: HOUR_MS });
    expect(await of('s1')).toEqual([
      { ...bucket, max: 9 },
      { ...bucket, at: BASE + HOUR_MS },
    ]);
    expect(await of('only %rollups')).toEqual([{ ...bucket, min: -1 }]);
    expect([...(await store.sensorIds())].sort()).toEqual(['only %rollups', 's1', 's2']);
  });

  it('gives the same when rolled up again, in overlapping spans', async () => {
    const { store } = await open();
    const sent = Array.from({ length: 60 }, (_, i) => reading(BASE + i * MINUTE_MS, i));
    await store.append(sent);
    const spans = [
      { from: BASE, to: BASE + HOUR_MS },
      { from: BASE + 5, to: BASE + 6 },
      { from: BASE + 30 * MINUTE_MS, to: BASE + 2 * HOUR_MS },
    ];
    for (let times = 0; times < 3; times += 1) await store.rollUp(spans);
    await expectRollups(store, sent);
  });

  it('leaves alone what lies outside the spans', async () => {
    const { store } = await open();
    const sent = [reading(BASE, 1), reading(BASE + MINUTE_MS, 2)];
    await store.append(sent);
    await store.rollUp([{ from: BASE, to: BASE + MINUTE_MS }]);
    const query = { sensorId: 's1', from: BASE, to: BASE + HOUR_MS, widthMs: MINUTE_MS } as const;
    expect((await store.buckets(query)).map(bucket => bucket.at)).toEqual([BASE]);
    expect(await store.buckets({ ...query, from: BASE + 1 })).toEqual([]);
    expect(await store.buckets({ ...query, to: BASE })).toEqual([]);
  });

  it('rolls up over decades that hold next to nothing', async () => {
    const { store } = await open();
    const sent = [reading(Date.UTC(1970, 0, 2), 1), reading(BASE, 2), reading(Date.UTC(2099, 5, 1), 3)];
    await store.append(sent);
    await store.rollUp([{ from: 0, to: Date.UTC(2100, 0, 1) }]);
    await expectRollups(store, sent);
  });

  it('equals the reference after any order of writing, rewriting and rolling up', async () => {
    const step = fc.uniqueArray(
      fc.tuple(fc.nat(200), fc.integer({ min: -99, max: 99 }), fc.constantFrom<Quality>(1, 2, 3, 4, 9)),
      { selector: ([slot]) => slot, minLength: 1, maxLength: 40 },
    );
    const steps = fc.array(step, { minLength: 1, maxLength: 4 });
    let run = 0;
    const property = fc.asyncProperty(steps, async batches => {
      const { store } = await open();
      const sensorId = `p${(run += 1)}`;
      const held = new Map<number, Reading>();
      for (const cells of batches) {
        const batch = cells.map(([slot, value, q]) => reading(BASE + slot * 41_000, value, q, sensorId));
        for (const each of batch) held.set(each.at, each);
        await store.append(batch);
        await store.rollUp(batch.map(({ at }) => ({ from: at, to: at + 1 })));
      }
      await expectRollups(store, [...held.values()], sensorId);
    });
    await fc.assert(property, { numRuns: 6, seed: SEED, endOnFailure: true });
  });

  describeRetention(open, now);
}

function describeRetention(open: () => Promise<StoreUnderTest>, now: Millis): void {
  const policy: RetentionPolicy = { ...KEEP_ALL, rawMs: 30 * DAY_MS, minuteMs: 60 * DAY_MS };
  const today = Math.floor(now / DAY_MS) * DAY_MS;
  const [ancient, old, young] = [today - 90 * DAY_MS, today - 45 * DAY_MS, today - 2 * DAY_MS];
  const count = async (store: ReadingStore, at: Millis): Promise<number[]> => {
    const span = { sensorId: 's1', from: at, to: at + DAY_MS };
    const { rows } = await store.range({ ...span, limit: 9 });
    const buckets = await Promise.all(ROLLUP_WIDTHS_MS.map(widthMs => store.buckets({ ...span, widthMs })));
    return [rows.length, ...buckets.map(found => found.length)];
  };
  const fill = async (store: ReadingStore): Promise<void> => {
    await store.append([ancient, old, young].flatMap(at => [reading(at, 1), reading(at + MINUTE_MS, 2)]));
    await store.rollUp([{ from: ancient, to: now }]);
  };

  it('drops each resolution when its time has come, and no other', async () => {
    const { store } = await open();
    await fill(store);
    await store.enforceRetention(KEEP_ALL, now);
    expect(await count(store, ancient)).toEqual([2, 2, 1, 1]);
    await store.enforceRetention(policy, now);
    await store.enforceRetention(policy, now);
    expect(await count(store, ancient)).toEqual([0, 0, 1, 1]);
    expect(await count(store, old)).toEqual([0, 2, 1, 1]);
    expect(await count(store, young)).toEqual([2, 2, 1, 1]);
    expect(await store.latest('s1')).toEqual(stored(reading(young + MINUTE_MS, 2)));
  });

  it('leaves rollups as they are where raw is gone, also when asked to make them anew', async () => {
    const { store, refused } = await open();
    await fill(store);
    await store.enforceRetention(policy, now);
    const late = reading(old + 5, 50);
    await store.append([late, reading(young + 5, 3)]);
    expect(refused.map(({ readings, refusal }) => [refusal.code, readings])).toEqual([
      ['beyond_retention', [late]],
    ]);
    await store.rollUp([{ from: ancient, to: now }]);
    expect(await count(store, old)).toEqual([0, 2, 1, 1]);
    const day = { sensorId: 's1', widthMs: DAY_MS } as const;
    expect(await store.buckets({ ...day, from: old, to: old + DAY_MS })).toMatchObject([
      { count: 2, max: 2 },
    ]);
    expect(await store.buckets({ ...day, from: young, to: young + DAY_MS })).toMatchObject([
      { count: 3, max: 3 },
    ]);
  });
}

const quality = (i: number): Quality => ([1, 2, 3, 4, 9] as const)[i % 5] ?? 1;

async function expectRollups(store: ReadingStore, sent: readonly Reading[], sensorId = 's1'): Promise<void> {
  const rows = [...sent].sort((a, b) => a.at - b.at).map(stored);
  for (const widthMs of ROLLUP_WIDTHS_MS) {
    const expected = bucketize(rows, widthMs);
    const got: Bucket[] = [];
    // Minutes of whole decades are more than one call may ask for: look where something can be.
    const days = new Set(rows.map(({ at }) => Math.floor(at / DAY_MS) * DAY_MS));
    for (const from of [...days].sort((a, b) => a - b)) {
      got.push(...(await store.buckets({ sensorId, from, to: from + DAY_MS, widthMs })));
    }
    expect(got.map(bucket => ({ ...bucket, mean: 0 }))).toEqual(
      expected.map(bucket => ({ ...bucket, mean: 0 })),
    );
    // A mean over means may differ in the last bits.
    got.forEach((bucket, index) => expect(bucket.mean).toBeCloseTo(expected[index]?.mean ?? NaN, 8));
  }
}
