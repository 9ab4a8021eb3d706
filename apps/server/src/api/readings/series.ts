import { DAY_MS, type Millis } from '@anmai/kernel';
import {
  BUCKETS_MAX,
  decimate,
  GOOD,
  RANGE_ROWS_MAX,
  ROLLUP_WIDTHS_MS,
  type Bucket,
  type ReadingStore,
  type RollupWidthMs,
  type StoredReading,
} from '@anmai/readings';
import type { SeriesReply } from '@anmai/wire';

export interface SeriesQuery {
  readonly sensorId: string;
  readonly from: Millis;
  readonly to: Millis;
  readonly points: number;
  readonly expectedEverySeconds: number;
}
export interface Series {
  readonly rows: StoredReading[];
  readonly source: SeriesReply['source'];
}

const SOURCES: Readonly<Record<RollupWidthMs, Series['source']>> = {
  60_000: '1m',
  3_600_000: '1h',
  86_400_000: '1d',
};
/** A window that should hold so many times what is read raw is not even tried: most of it would be thrown away. */
const HOPELESS_FACTOR = 5;
/** Pages of raw rows that are read to draw what was not rolled up yet; each is thinned before the next is read. */
const RAW_PAGES_MAX = 10;

/**
 * At most `points` rows whose line looks like that of all rows. Raw readings when the window holds no more than
 * RANGE_ROWS_MAX of them; else the finest rollup that fits, with the newest stretch, which may not be rolled up yet,
 * from raw. Where raw readings are no longer kept, the rollups that are stand in.
 */
export async function readSeries(store: ReadingStore, query: SeriesQuery): Promise<Series> {
  const { sensorId, from, to, points } = query;
  const likelyRows = (to - from) / (query.expectedEverySeconds * 1_000);
  if (likelyRows <= HOPELESS_FACTOR * RANGE_ROWS_MAX) {
    const raw = await store.range({ sensorId, from, to, limit: RANGE_ROWS_MAX });
    if (!raw.truncated && !(await reachesFurtherBack(store, query, raw.rows[0]?.at ?? to))) {
      return { rows: decimate(raw.rows, points), source: 'raw' };
    }
  }
  return fromRollups(store, query);
}

/** Are there rollups of days before the first raw row? Then raw alone would look as if nothing had been measured. */
async function reachesFurtherBack(
  store: ReadingStore,
  query: SeriesQuery,
  rawFrom: Millis,
): Promise<boolean> {
  const until = dayStart(rawFrom);
  if (until - query.from < DAY_MS) return false;
  return (await daily(store, query, until)).length > 0;
}

async function fromRollups(store: ReadingStore, query: SeriesQuery): Promise<Series> {
  const { sensorId, from, to, points } = query;
  const oldest = (await daily(store, query, to))[0]?.at ?? to;
  for (const widthMs of ROLLUP_WIDTHS_MS) {
    if ((to - from) / widthMs + 1 > BUCKETS_MAX) continue;
    const buckets = await store.buckets({ sensorId, from, to, widthMs });
    const reaches = (buckets[0]?.at ?? to) < oldest + 2 * DAY_MS;
    if (!reaches && widthMs !== DAY_MS) continue;
    const last = buckets.at(-1);
    const rolled = last === undefined ? [] : buckets.slice(0, -1).flatMap(bucket => rowsOf(bucket, widthMs));
    // The newest bucket may have been made before its stretch was over.
    const tail = await thinned(store, query, last?.at ?? from);
    const source = rolled.length === 0 ? 'raw' : SOURCES[widthMs];
    return { rows: decimate([...rolled, ...tail], points), source };
  }
  return { rows: await thinned(store, query, from), source: 'raw' };
}

const daily = (store: ReadingStore, query: SeriesQuery, to: Millis): Promise<Bucket[]> =>
  store.buckets({ sensorId: query.sensorId, from: query.from, to, widthMs: DAY_MS });

/** Raw rows from there on, thinned page by page, so that memory stays bounded. */
async function thinned(store: ReadingStore, query: SeriesQuery, from: Millis): Promise<StoredReading[]> {
  const { sensorId, to, points } = query;
  let rows: StoredReading[] = [];
  let next = Math.max(from, query.from);
  for (let page = 0; page < RAW_PAGES_MAX && next < to; page += 1) {
    const raw = await store.range({ sensorId, from: next, to, limit: RANGE_ROWS_MAX });
    rows = decimate([...rows, ...raw.rows], points);
    const last = raw.rows.at(-1);
    if (!raw.truncated || last === undefined) break;
    next = last.at + 1;
  }
  return rows;
}

/** Its extremes. When they were within the bucket is not known; the order is theirs to be drawn as one stroke. */
function rowsOf(bucket: Bucket, widthMs: RollupWidthMs): StoredReading[] {
  const low = { at: bucket.at, value: bucket.min, quality: GOOD };
  if (bucket.min === bucket.max) return [low];
  return [low, { at: bucket.at + widthMs / 2, value: bucket.max, quality: GOOD }];
}

const dayStart = (at: Millis): Millis => Math.floor(at / DAY_MS) * DAY_MS;
