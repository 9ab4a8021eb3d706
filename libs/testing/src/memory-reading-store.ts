import type { Millis } from '@anmai/kernel';
import { AppError } from '@anmai/kernel';
import type {
  Bucket,
  BucketQuery,
  DirtySpan,
  OnRefused,
  RangeQuery,
  Reading,
  ReadingStore,
  RetentionPolicy,
  RollupWidthMs,
  SensorBucket,
  StoredReading,
} from '@anmai/readings';
import {
  MISSING,
  READING_ERRORS,
  ROLLUP_WIDTHS_MS,
  bucketize,
  checkBatch,
  checkBuckets,
  checkRange,
  checkRetention,
  checkSpans,
  keptFrom,
  mergeBuckets,
  screen,
  wholeBuckets,
} from '@anmai/readings';
import { TimeSeries } from './time-series';

const KEEPS = { 60_000: 'minuteMs', 3_600_000: 'hourMs', 86_400_000: 'dayMs' } as const;

/**
 * ReadingStore in memory: the plain reference for the real ones, and what other tests lean on. Keeps everything
 * across `close` and `open`, as a server would; rejects with RDG-001 while `outage` is set.
 */
export class MemoryReadingStore implements ReadingStore {
  /** Set to play an outage. */
  outage: string | null = null;
  private isOpen = false;
  private readonly raw = new Map<string, TimeSeries<StoredReading>>();
  private readonly rollups: Readonly<Record<RollupWidthMs, Map<string, TimeSeries<Bucket>>>> = {
    60_000: new Map(),
    3_600_000: new Map(),
    86_400_000: new Map(),
  };
  private readonly keptFromMs = { rawMs: 0, minuteMs: 0, hourMs: 0, dayMs: 0 };

  constructor(private readonly onRefused: OnRefused = () => undefined) {}

  async open(): Promise<void> {
    this.isOpen = true;
    await this.ping();
  }

  async append(batch: readonly Reading[]): Promise<void> {
    await this.ping();
    checkBatch(batch);
    for (const { sensorId, at, value, quality } of screen(batch, this.keptFromMs.rawMs, this.onRefused)) {
      seriesOf(this.raw, sensorId).put({ at, value: quality === MISSING ? null : value, quality });
    }
  }

  async range(query: RangeQuery): Promise<{ rows: StoredReading[]; truncated: boolean }> {
    await this.ping();
    checkRange(query);
    const rows = this.raw.get(query.sensorId)?.slice(query.from, query.to) ?? [];
    return { rows: rows.slice(0, query.limit), truncated: rows.length > query.limit };
  }

  async latest(sensorId: string): Promise<StoredReading | null> {
    await this.ping();
    return this.raw.get(sensorId)?.last() ?? null;
  }

  async buckets(query: BucketQuery): Promise<Bucket[]> {
    await this.ping();
    checkBuckets(query);
    return this.rollups[query.widthMs].get(query.sensorId)?.slice(query.from, query.to) ?? [];
  }

  async sensorIds(): Promise<readonly string[]> {
    await this.ping();
    const known = [this.raw, ...Object.values(this.rollups)].flatMap(series => [...series.keys()]);
    return [...new Set(known)];
  }

  async putBuckets(widthMs: RollupWidthMs, buckets: readonly SensorBucket[]): Promise<void> {
    await this.ping();
    checkBatch(buckets);
    for (const { sensorId, ...bucket } of buckets) seriesOf(this.rollups[widthMs], sensorId).put(bucket);
  }

  async rollUp(spans: readonly DirtySpan[]): Promise<void> {
    await this.ping();
    checkSpans(spans);
    const { rawMs, minuteMs, hourMs } = this.keptFromMs;
    const minutes = this.rollups[60_000];
    const hours = this.rollups[3_600_000];
    const days = this.rollups[86_400_000];
    remake(this.raw, minutes, spans, 60_000, rawMs, bucketize);
    remake(minutes, hours, spans, 3_600_000, minuteMs, mergeBuckets);
    remake(hours, days, spans, 86_400_000, hourMs, mergeBuckets);
  }

  async enforceRetention(policy: RetentionPolicy, now: Millis): Promise<void> {
    await this.ping();
    checkRetention(policy);
    for (const key of ['rawMs', 'minuteMs', 'hourMs', 'dayMs'] as const) {
      this.keptFromMs[key] = keptFrom(policy[key], now);
    }
    for (const series of this.raw.values()) series.dropBefore(this.keptFromMs.rawMs);
    for (const widthMs of ROLLUP_WIDTHS_MS) {
      const oldest = this.keptFromMs[KEEPS[widthMs]];
      for (const series of this.rollups[widthMs].values()) series.dropBefore(oldest);
    }
  }

  async ping(): Promise<void> {
    if (!this.isOpen) throw new AppError(READING_ERRORS.notOpen);
    if (this.outage !== null) throw new AppError(READING_ERRORS.unreachable, { reason: this.outage });
  }

  async close(): Promise<void> {
    this.isOpen = false;
  }
}

function seriesOf<T extends { readonly at: Millis }>(
  all: Map<string, TimeSeries<T>>,
  id: string,
): TimeSeries<T> {
  let series = all.get(id);
  if (series === undefined) all.set(id, (series = new TimeSeries<T>()));
  return series;
}

/** One resolution made anew from the finer one, where the finer one is still whole. */
function remake<T extends { readonly at: Millis }>(
  finer: Map<string, TimeSeries<T>>,
  coarser: Map<string, TimeSeries<Bucket>>,
  spans: readonly DirtySpan[],
  widthMs: RollupWidthMs,
  finerKeptFrom: Millis,
  make: (rows: readonly T[], widthMs: number) => Bucket[],
): void {
  for (const { from, to } of wholeBuckets(spans, widthMs)) {
    const start = Math.max(from, finerKeptFrom);
    for (const [sensorId, series] of finer) {
      seriesOf(coarser, sensorId).replace(start, to, make(series.slice(start, to), widthMs));
    }
  }
}
