import { escape } from 'influx';
import { DAY_MS, MINUTE_MS } from '@anmai/kernel';
import type { DirtySpan, RollupWidthMs } from '@anmai/readings';
import { READING_AT_END, intersect, pieces, wholeBuckets } from '@anmai/readings';
import type { InfluxClient } from './influx-client';
import { MEASUREMENT } from './line-protocol';
import type { PolicyName } from './retention-policies';
import { occupied } from './retention-policies';

/** Retention policy that holds each rollup. */
export const ROLLUP_POLICIES: Readonly<Record<RollupWidthMs, PolicyName>> = {
  60_000: 'm1',
  3_600_000: 'h1',
  86_400_000: 'd1',
};

/**
 * Buckets (sensors × stretches) that one statement may write. The server keeps a statement's points in memory:
 * six million took 6 GB and 224 s. The time grows in proportion, so smaller statements cost nothing.
 */
export const BUCKETS_PER_STATEMENT_MAX = 200_000;
/** Stretches of one sensor that a statement covers at most. */
const STRETCHES_PER_STATEMENT_MAX = 1_440;

/**
 * Makes the rollups of the spans anew on the server, minutes from raw, hours from minutes, days from hours. Only
 * where raw has shards: what retention took stays rolled up as it was.
 */
export async function rollUp(
  client: InfluxClient,
  database: string,
  spans: readonly DirtySpan[],
): Promise<void> {
  if (spans.length === 0) return;
  const shards = wholeBuckets(await occupied(client, database, 'raw'), DAY_MS);
  const known = intersect(shards, [{ from: 0, to: READING_AT_END }]);
  const minutes = intersect(wholeBuckets(spans, MINUTE_MS), known);
  if (minutes.length === 0) return;
  const sensors = await sensorCount(client, database);
  const statements = { 60_000: minuteStatements, 3_600_000: hourStatements, 86_400_000: dayStatements };
  for (const widthMs of [60_000, 3_600_000, 86_400_000] as const) {
    const stretches = Math.floor(BUCKETS_PER_STATEMENT_MAX / sensors);
    const stepMs = Math.min(Math.max(stretches, 1), STRETCHES_PER_STATEMENT_MAX) * widthMs;
    for (const span of wholeBuckets(minutes, widthMs)) {
      for (const piece of pieces(span, stepMs)) {
        for (const statement of statements[widthMs](escape.quoted(database), piece))
          await client.run(statement);
      }
    }
  }
}

/** At least 1. */
async function sensorCount(client: InfluxClient, database: string): Promise<number> {
  const [series] = await client.query(`SHOW SERIES CARDINALITY ON ${escape.quoted(database)}`);
  return Math.max(1, Number(series?.values[0]?.[0] ?? 1));
}

const within = ({ from, to }: DirtySpan): string => `time >= ${from}ms AND time < ${to}ms`;
const into = (database: string, to: PolicyName, from: PolicyName): string =>
  `INTO ${database}."${to}"."${MEASUREMENT}" FROM ${database}."${from}"."${MEASUREMENT}"`;

/**
 * A bucket cannot be deleted by policy, so one without a usable value left is written with a count of 0, which
 * readers pass over. First 0 wherever something is not usable, then the true figures wherever something is.
 */
function minuteStatements(database: string, span: DirtySpan): string[] {
  const by = `GROUP BY time(1m), "sensor" fill(none)`;
  return [
    `SELECT count("quality") * 0 AS "count" ${into(database, 'm1', 'raw')}
     WHERE ${within(span)} AND "quality" > 3 ${by}`,
    `SELECT min("value") AS "min", max("value") AS "max", sum("value") AS "sum", last("value") AS "last",
            count("value") AS "count" ${into(database, 'm1', 'raw')}
     WHERE ${within(span)} AND "quality" >= 1 AND "quality" <= 3 ${by}`,
  ];
}

const hourStatements = (database: string, span: DirtySpan): string[] =>
  coarser(into(database, 'h1', 'm1'), span, '1h');
const dayStatements = (database: string, span: DirtySpan): string[] =>
  coarser(into(database, 'd1', 'h1'), span, '1d');

/** The count last: a bucket shows once the rest of it is there. It is 0 when all finer ones are. */
function coarser(intoFrom: string, span: DirtySpan, width: string): string[] {
  const by = `GROUP BY time(${width}), "sensor" fill(none)`;
  return [
    `SELECT min("min") AS "min", max("max") AS "max", sum("sum") AS "sum", last("last") AS "last" ${intoFrom}
     WHERE ${within(span)} AND "count" > 0 ${by}`,
    `SELECT sum("count") AS "count" ${intoFrom} WHERE ${within(span)} ${by}`,
  ];
}
