import type { DuckDBConnection } from '@duckdb/node-api';
import { BIGINT } from '@duckdb/node-api';
import type { Millis } from '@anmai/kernel';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '@anmai/kernel';
import type { DirtySpan, RollupWidthMs } from '@anmai/readings';
import { READING_AT_END, intersect, pieces, wholeBuckets } from '@anmai/readings';
import { ROLLUP_TABLES } from './schema';

/** With more spans than this, hours are made anew instead of minutes: fewer and larger transactions. */
const SPANS_BY_MINUTE_MAX = 100;
/** Raw rows of a day above which it is done hour by hour, to stay within the memory limit. */
const DAY_ROWS_MAX = 4_000_000;

const SPAN_TYPES = [BIGINT, BIGINT];
const spanValues = ({ from, to }: DirtySpan): bigint[] => [BigInt(from), BigInt(to)];

/** Rollups of one resolution for [$1, $2), out of the finer one. */
const INSERTS: Readonly<Record<RollupWidthMs, string>> = {
  60_000: `
    INSERT INTO minutes
    SELECT sensor, at_ms // 60000 * 60000 AS start_ms, min(value), max(value), sum(value), count(*),
           arg_max(value, at_ms)
    FROM (SELECT sensor, at_ms, arg_max(value, batch) AS value, arg_max(quality, batch) AS quality
          FROM raw WHERE at_ms >= $1 AND at_ms < $2 GROUP BY sensor, at_ms)
    WHERE quality <= 3 GROUP BY sensor, start_ms`,
  3_600_000: insertFrom('minutes', 'hours', HOUR_MS),
  86_400_000: insertFrom('hours', 'days', DAY_MS),
};

function insertFrom(finer: string, coarser: string, widthMs: number): string {
  return `
    INSERT INTO ${coarser}
    SELECT sensor, at_ms // ${widthMs} * ${widthMs} AS start_ms, min(lowest), max(highest), sum(total),
           sum(readings), arg_max(newest, at_ms)
    FROM ${finer} WHERE at_ms >= $1 AND at_ms < $2 GROUP BY sensor, start_ms`;
}

/**
 * Makes the rollups of the spans anew; one transaction for each piece of at most a day, so that readers see the
 * old buckets or the new ones. Buckets before `rawKeptFrom` stay as they are.
 */
export async function rollUp(
  connection: DuckDBConnection,
  spans: readonly DirtySpan[],
  rawKeptFrom: Millis,
): Promise<void> {
  const asked = wholeBuckets(spans, spans.length > SPANS_BY_MINUTE_MAX ? HOUR_MS : MINUTE_MS);
  const kept = intersect(asked, [{ from: rawKeptFrom, to: READING_AT_END }]);
  const days = await occupiedDays(connection, kept);
  const minutes = intersect(kept, days);
  const large = new Set(days.filter(day => day.rows > DAY_ROWS_MAX).map(day => day.from));
  for (const span of minutes) {
    for (const piece of pieces(span, DAY_MS)) {
      const stepMs = large.has(Math.floor(piece.from / DAY_MS) * DAY_MS) ? HOUR_MS : DAY_MS;
      for (const part of pieces(piece, stepMs)) await remake(connection, MINUTE_MS, part);
    }
  }
  for (const widthMs of [HOUR_MS, DAY_MS] as const) {
    for (const span of wholeBuckets(minutes, widthMs)) {
      for (const piece of pieces(span, DAY_MS)) await remake(connection, widthMs, piece);
    }
  }
}

/** UTC days with raw rows within the hull of the spans. Rows are never taken away but by retention. */
async function occupiedDays(
  connection: DuckDBConnection,
  spans: readonly DirtySpan[],
): Promise<(DirtySpan & { rows: number })[]> {
  const first = spans[0];
  const last = spans.at(-1);
  if (first === undefined || last === undefined) return [];
  const reader = await connection.runAndReadAll(
    `SELECT (at_ms // ${DAY_MS})::DOUBLE AS day, count(*)::DOUBLE
     FROM raw WHERE at_ms >= $1 AND at_ms < $2 GROUP BY day ORDER BY day`,
    spanValues({ from: first.from, to: last.to }),
    SPAN_TYPES,
  );
  const rows = reader.getRows() as [number, number][];
  return rows.map(([day, count]) => ({ from: day * DAY_MS, to: (day + 1) * DAY_MS, rows: count }));
}

async function remake(connection: DuckDBConnection, widthMs: RollupWidthMs, span: DirtySpan): Promise<void> {
  await inTransaction(connection, async () => {
    const table = ROLLUP_TABLES[widthMs];
    await connection.run(
      `DELETE FROM ${table} WHERE at_ms >= $1 AND at_ms < $2`,
      spanValues(span),
      SPAN_TYPES,
    );
    await connection.run(INSERTS[widthMs], spanValues(span), SPAN_TYPES);
  });
}

/** Commits what the work did, or nothing of it. */
export async function inTransaction<T>(connection: DuckDBConnection, work: () => Promise<T>): Promise<T> {
  await connection.run('BEGIN');
  let result: T;
  try {
    result = await work();
  } catch (cause) {
    // The first error is the one to tell; a connection that cannot roll back is opened anew.
    await connection.run('ROLLBACK').catch(() => undefined);
    throw cause;
  }
  await connection.run('COMMIT');
  return result;
}
