import { afterEach } from 'vitest';
import type { Millis } from '@anmai/kernel';
import type { Quality, Reading } from '../reading';
import { MISSING } from '../reading';
import type { ReadingStore, RetentionPolicy, StoredReading } from '../reading-store.port';
import { RANGE_ROWS_MAX } from '../reading-store.port';
import type { OnRefused, Refusal } from '../screen';
import { READING_AT_END } from '../screen';

export interface ReadingStoreHarness {
  /** A new, empty store that is not open yet. The suite closes it. */
  readonly make: (onRefused: OnRefused) => Promise<ReadingStore>;
  /** The present. A server that enforces retention by its own clock needs the true one. */
  readonly now?: Millis;
}

/** 2026-11-01T00:00:00Z, a full hour and day. */
export const BASE: Millis = 1_793_491_200_000;
export const KEEP_ALL: RetentionPolicy = { rawMs: null, minuteMs: null, hourMs: null, dayMs: null };

export const reading = (at: Millis, value = 1, quality: Quality = 1, sensorId = 's1'): Reading => {
  return { sensorId, at, value: quality === MISSING ? NaN : value, quality };
};
export const stored = ({ at, value, quality }: Reading): StoredReading => {
  return { at, value: quality === MISSING ? null : value, quality };
};

/** An opened store, what it refused, and a short way to read all of a sensor. */
export interface StoreUnderTest {
  readonly store: ReadingStore;
  readonly refused: { readonly readings: readonly Reading[]; readonly refusal: Refusal }[];
  rows(sensorId?: string): Promise<StoredReading[]>;
}

/** Call within `describe`. Gives the way to open a store; each is closed after its test. */
export function storeOpener(harness: ReadingStoreHarness): () => Promise<StoreUnderTest> {
  const opened: ReadingStore[] = [];
  afterEach(async () => {
    await Promise.all(opened.splice(0).map(store => store.close()));
  });
  return async () => {
    const refused: StoreUnderTest['refused'] = [];
    const store = await harness.make((readings, refusal) => refused.push({ readings, refusal }));
    opened.push(store);
    await store.open();
    const all = { from: 0, to: READING_AT_END, limit: RANGE_ROWS_MAX };
    const rows = async (sensorId = 's1') => (await store.range({ sensorId, ...all })).rows;
    return { store, refused, rows };
  };
}
