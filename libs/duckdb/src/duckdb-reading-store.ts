import type { DuckDBConnection, DuckDBType, DuckDBValue } from '@duckdb/node-api';
import { BIGINT, INTEGER } from '@duckdb/node-api';
import type { Millis } from '@anmai/kernel';
import { AppError } from '@anmai/kernel';
import type {
  Bucket,
  BucketQuery,
  DirtySpan,
  OnRefused,
  Quality,
  RangeQuery,
  Reading,
  ReadingStore,
  RetentionPolicy,
  RollupWidthMs,
  SensorBucket,
  StoredReading,
} from '@anmai/readings';
import {
  Gate,
  MISSING,
  READING_ERRORS,
  checkBatch,
  checkBuckets,
  checkRange,
  checkRetention,
  checkSpans,
  screen,
} from '@anmai/readings';
import type { DuckdbFile, DuckdbSettings } from './duckdb-file';
import { READERS_AT_ONCE_MAX, openFile } from './duckdb-file';
import { isFatal, translate } from './errors';
import { dropExpired, keptFromOf } from './retention';
import type { KeptFrom } from './retention';
import { inTransaction, rollUp } from './roll-up';
import { writeBuckets, writeRows } from './row-writer';
import { ROLLUP_TABLES } from './schema';

/** Calls of one kind that may wait for their turn. */
const WAITING_MAX = 256;

const NEWEST = `
  SELECT at_ms::DOUBLE, value, quality FROM raw WHERE sensor = $1 ORDER BY at_ms DESC, batch DESC LIMIT 1`;
const RANGE = `
  SELECT at_ms::DOUBLE, arg_max(value, batch), arg_max(quality, batch)
  FROM raw WHERE sensor = $1 AND at_ms >= $2 AND at_ms < $3
  GROUP BY at_ms ORDER BY at_ms LIMIT $4`;
const bucketsOf = (table: string): string => `
  SELECT at_ms::DOUBLE, lowest, highest, total / readings, readings::DOUBLE, newest
  FROM ${table} WHERE sensor = $1 AND at_ms >= $2 AND at_ms < $3 ORDER BY at_ms`;

/** The embedded ReadingStore: one DuckDB file, owned by this process. See the README for the why. */
export class DuckdbReadingStore implements ReadingStore {
  private file: DuckdbFile | null = null;
  /** What a fatal error left behind; closed once no call uses it any more. */
  private dead: DuckdbFile | null = null;
  private keptFrom: KeptFrom = keptFromOf(new Map());
  private batch = 0n;
  private readonly appends = new Gate(1, WAITING_MAX);
  private readonly upkeep = new Gate(1, WAITING_MAX);
  private readonly reads = new Gate(READERS_AT_ONCE_MAX, WAITING_MAX);
  private readonly opening = new Gate(1, WAITING_MAX);
  private readonly idleReaders: DuckDBConnection[] = [];

  constructor(
    private readonly settings: DuckdbSettings,
    private readonly onRefused: OnRefused = () => undefined,
  ) {}

  /** Rejects with DDB-001 to DDB-005. */
  open(): Promise<void> {
    return this.opening.run(async () => {
      if (this.file !== null) return;
      if (this.dead !== null) await this.closeUnused(this.dead);
      this.dead = null;
      const file = await openFile(this.settings);
      this.batch = file.newestBatch;
      this.keptFrom = keptFromOf(file.meta);
      this.idleReaders.splice(0, Infinity, ...file.readers);
      this.file = file;
    });
  }

  async append(batch: readonly Reading[]): Promise<void> {
    checkBatch(batch);
    await this.appends.run(() =>
      this.guarded(async ({ writer, sensorNumbers }) => {
        const readings = screen(batch, this.keptFrom.rawMs, this.onRefused);
        if (readings.length === 0) return;
        this.batch += 1n;
        const added = await inTransaction(writer, () =>
          writeRows(writer, readings, sensorNumbers, this.batch),
        );
        // Only what is committed counts: a number given in vain is given again.
        for (const [sensorId, number] of added) sensorNumbers.set(sensorId, number);
      }),
    );
  }

  sensorIds(): Promise<readonly string[]> {
    return this.guarded(async ({ sensorNumbers }) => [...sensorNumbers.keys()]);
  }

  async putBuckets(widthMs: RollupWidthMs, buckets: readonly SensorBucket[]): Promise<void> {
    checkBatch(buckets);
    if (buckets.length === 0) return;
    const table = ROLLUP_TABLES[widthMs];
    await this.upkeep.run(() =>
      this.appends.run(() =>
        this.guarded(async ({ writer, sensorNumbers }) => {
          const added = await inTransaction(writer, () =>
            writeBuckets(writer, table, buckets, sensorNumbers),
          );
          for (const [sensorId, number] of added) sensorNumbers.set(sensorId, number);
        }),
      ),
    );
  }

  async range(query: RangeQuery): Promise<{ rows: StoredReading[]; truncated: boolean }> {
    checkRange(query);
    const { sensorId, from, to, limit } = query;
    // One row more than asked for tells whether there are more.
    const found = await this.read(sensorId, RANGE, [BigInt(from), BigInt(to), BigInt(limit + 1)]);
    return { rows: found.slice(0, limit).map(toStored), truncated: found.length > limit };
  }

  async latest(sensorId: string): Promise<StoredReading | null> {
    const [row] = await this.read(sensorId, NEWEST, []);
    return row === undefined ? null : toStored(row);
  }

  async buckets(query: BucketQuery): Promise<Bucket[]> {
    checkBuckets(query);
    const sql = bucketsOf(ROLLUP_TABLES[query.widthMs]);
    const rows = await this.read(query.sensorId, sql, [BigInt(query.from), BigInt(query.to)]);
    return rows.map(row => {
      const [at, min, max, mean, count, last] = row as [number, number, number, number, number, number];
      return { at, min, max, mean, count, last };
    });
  }

  async rollUp(spans: readonly DirtySpan[]): Promise<void> {
    checkSpans(spans);
    await this.upkeep.run(() => this.guarded(({ upkeep }) => rollUp(upkeep, spans, this.keptFrom.rawMs)));
  }

  async enforceRetention(policy: RetentionPolicy, now: Millis): Promise<void> {
    checkRetention(policy);
    await this.upkeep.run(() =>
      this.guarded(async ({ upkeep }) => {
        const { keptFrom, dropped } = await dropExpired(upkeep, policy, now);
        this.keptFrom = keptFrom;
        // No append meanwhile: a checkpoint needs to be the only one that writes.
        if (dropped > 0) await this.appends.run(async () => void (await upkeep.run('CHECKPOINT')));
      }),
    );
  }

  async ping(): Promise<void> {
    await this.reads.run(() => this.withReader(reader => reader.run('SELECT 1')));
  }

  /** Waits for the calls under way; later ones are refused. */
  async close(): Promise<void> {
    const file = this.file ?? this.dead;
    this.file = null;
    this.dead = null;
    if (file !== null) await this.closeUnused(file);
  }

  private async closeUnused(file: DuckdbFile): Promise<void> {
    await Promise.all([this.appends, this.upkeep, this.reads].map(gate => gate.drained()));
    file.close();
  }

  private async read(sensorId: string, sql: string, values: readonly bigint[]): Promise<DuckDBValue[][]> {
    return this.reads.run(() =>
      this.withReader(async (reader, { sensorNumbers }) => {
        const number = sensorNumbers.get(sensorId);
        if (number === undefined) return [];
        const types: DuckDBType[] = [INTEGER, ...values.map(() => BIGINT)];
        return (await reader.runAndReadAll(sql, [number, ...values], types)).getRows();
      }),
    );
  }

  private withReader<T>(work: (reader: DuckDBConnection, file: DuckdbFile) => Promise<T>): Promise<T> {
    return this.guarded(async file => {
      const reader = this.idleReaders.pop() as DuckDBConnection;
      try {
        return await work(reader, file);
      } finally {
        this.idleReaders.push(reader);
      }
    });
  }

  private async guarded<T>(work: (file: DuckdbFile) => Promise<T>): Promise<T> {
    const { file } = this;
    if (file === null) throw new AppError(READING_ERRORS.notOpen);
    try {
      return await work(file);
    } catch (cause) {
      if (isFatal(cause) && this.file === file) {
        // The instance is dead: from now on calls are refused until `open` has made another.
        this.file = null;
        this.dead = file;
      }
      throw translate(cause, this.settings.file);
    }
  }
}

function toStored(row: readonly DuckDBValue[]): StoredReading {
  const [at, value, quality] = row as [number, number, Quality];
  return { at, value: quality === MISSING ? null : value, quality };
}
