import { escape } from 'influx';
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
  MISSING,
  READING_AT_END,
  READING_ERRORS,
  checkBatch,
  checkBuckets,
  checkRange,
  checkRetention,
  checkSpans,
  keptFrom,
  screen,
} from '@anmai/readings';
import { BatchWriter } from './batch-writer';
import { INFLUX_ERRORS } from './errors';
import type { Series } from './influx-client';
import { InfluxClient } from './influx-client';
import type { InfluxSettings } from './influx-settings';
import { MEASUREMENT, sensorOfTag, sensorTag } from './line-protocol';
import { dropExpired, ensurePolicies } from './retention-policies';
import { ROLLUP_POLICIES, rollUp } from './roll-up';

interface Connection {
  readonly client: InfluxClient;
  readonly writer: BatchWriter;
}

/** ReadingStore on InfluxDB 1.6 or a later 1.x. See the README for the why. */
export class InfluxReadingStore implements ReadingStore {
  private connection: Connection | null = null;
  private policy: RetentionPolicy | null;
  private rawKeptFrom: Millis = 0;
  private readonly database: string;

  constructor(
    private readonly settings: InfluxSettings,
    private readonly onRefused: OnRefused = () => undefined,
  ) {
    this.policy = settings.retention ?? null;
    this.database = escape.quoted(settings.database);
  }

  async open(): Promise<void> {
    if (this.policy !== null) checkRetention(this.policy);
    this.connection ??= {
      client: new InfluxClient(this.settings),
      writer: new BatchWriter(this.settings, this.onRefused),
    };
    await this.connection.client.ping();
    await this.ensure(this.connection);
  }

  async append(batch: readonly Reading[]): Promise<void> {
    checkBatch(batch);
    await this.mending(({ writer }) => writer.write(screen(batch, this.rawKeptFrom, this.onRefused)));
  }

  async range(query: RangeQuery): Promise<{ rows: StoredReading[]; truncated: boolean }> {
    checkRange(query);
    const rows: StoredReading[] = [];
    // One row more than asked for tells whether there are more. A server with a `max-row-limit` gives less at once.
    for (let from = query.from; rows.length <= query.limit; from = (rows.at(-1)?.at ?? from) + 1) {
      const order = `ORDER BY time LIMIT ${query.limit + 1 - rows.length}`;
      const series = await this.select(
        '"value", "quality"',
        'raw',
        query.sensorId,
        { ...query, from },
        order,
      );
      for (const row of series?.values ?? []) rows.push(toStored(row));
      if (series?.partial !== true) break;
    }
    return { rows: rows.slice(0, query.limit), truncated: rows.length > query.limit };
  }

  async latest(sensorId: string): Promise<StoredReading | null> {
    const span = { from: 0, to: READING_AT_END };
    const series = await this.select(
      '"value", "quality"',
      'raw',
      sensorId,
      span,
      'ORDER BY time DESC LIMIT 1',
    );
    const row = series?.values[0];
    return row === undefined ? null : toStored(row);
  }

  async buckets(query: BucketQuery): Promise<Bucket[]> {
    checkBuckets(query);
    const policy = ROLLUP_POLICIES[query.widthMs];
    const buckets: Bucket[] = [];
    for (let { from } = query; ; from = (buckets.at(-1)?.at ?? from) + 1) {
      const fields = '"min", "max", "sum", "count", "last"';
      const span = { from, to: query.to };
      const series = await this.select(fields, policy, query.sensorId, span, 'AND "count" > 0 ORDER BY time');
      for (const row of series?.values ?? []) {
        const [at, min, max, sum, count, last] = row as [number, number, number, number, number, number];
        buckets.push({ at, min, max, mean: sum / count, count, last });
      }
      if (series?.partial !== true) return buckets;
    }
  }

  async sensorIds(): Promise<readonly string[]> {
    const found = new Set<string>();
    for (const policy of ['raw', ...Object.values(ROLLUP_POLICIES)]) {
      const from = `FROM ${this.database}."${policy}"."${MEASUREMENT}"`;
      const statement = `SHOW TAG VALUES ON ${this.database} ${from} WITH KEY = "sensor"`;
      const series = await this.mending(({ client }) => client.query(statement));
      for (const { values } of series) for (const row of values) found.add(sensorOfTag(String(row[1])));
    }
    return [...found];
  }

  async putBuckets(widthMs: RollupWidthMs, buckets: readonly SensorBucket[]): Promise<void> {
    checkBatch(buckets);
    await this.mending(({ writer }) => writer.writeBuckets(ROLLUP_POLICIES[widthMs], buckets));
  }

  async rollUp(spans: readonly DirtySpan[]): Promise<void> {
    checkSpans(spans);
    await this.mending(({ client }) => rollUp(client, this.settings.database, spans));
  }

  async enforceRetention(policy: RetentionPolicy, now: Millis): Promise<void> {
    checkRetention(policy);
    await this.mending(async connection => {
      this.policy = policy;
      await this.ensure(connection);
      await dropExpired(connection.client, this.settings.database, policy, now);
      this.rawKeptFrom = keptFrom(policy.rawMs, now);
    });
  }

  async ping(): Promise<void> {
    await this.opened().client.ping();
  }

  async close(): Promise<void> {
    this.connection?.client.close();
    this.connection?.writer.close();
    this.connection = null;
  }

  private opened(): Connection {
    if (this.connection === null) throw new AppError(READING_ERRORS.notOpen);
    return this.connection;
  }

  private ensure({ client }: Connection): Promise<void> {
    return ensurePolicies(client, this.settings.database, this.policy);
  }

  /** A server that lost its data gets database and policies anew, and the call once more. */
  private async mending<T>(work: (connection: Connection) => Promise<T>): Promise<T> {
    const connection = this.opened();
    try {
      return await work(connection);
    } catch (cause) {
      if (!(cause instanceof AppError && cause.code === INFLUX_ERRORS.missing.code)) throw cause;
      await this.ensure(connection);
      return work(connection);
    }
  }

  /** The one series of a sensor. Times are whole numbers and fields our own; only the id comes from outside. */
  private async select(
    fields: string,
    policy: string,
    sensorId: string,
    span: DirtySpan,
    rest: string,
  ): Promise<Series | undefined> {
    // InfluxDB counts in nanoseconds: what lies beyond every reading could overflow there.
    const [from, to] = [span.from, span.to].map(at => Math.min(Math.max(at, 0), READING_AT_END));
    const where = `"sensor" = $sensor AND time >= ${from}ms AND time < ${to}ms`;
    const statement = `SELECT ${fields} FROM ${this.database}."${policy}"."${MEASUREMENT}" WHERE ${where} ${rest}`;
    const [series] = await this.mending(({ client }) =>
      client.query(statement, { sensor: sensorTag(sensorId) }),
    );
    return series;
  }
}

function toStored(row: readonly unknown[]): StoredReading {
  const [at, value, quality] = row as [number, number | null, Quality];
  // A value that "missing" has replaced is still there: InfluxDB merges the fields of a point.
  return { at, value: quality === MISSING ? null : value, quality };
}
