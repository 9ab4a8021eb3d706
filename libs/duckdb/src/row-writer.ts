import type { DuckDBConnection, DuckDBType, DuckDBValue } from '@duckdb/node-api';
import { BIGINT, DOUBLE, DuckDBDataChunk, INTEGER, UTINYINT, VARCHAR } from '@duckdb/node-api';
import type { Reading, SensorBucket } from '@anmai/readings';
import { MISSING } from '@anmai/readings';

/** Rows of one data chunk at most: the vector size DuckDB is built with. */
const CHUNK_ROWS_MAX = 2_048;

/** What the file knows of sensors: a number takes a quarter of the room of an id and is faster to compare. */
export type SensorNumbers = ReadonlyMap<string, number>;

/** Adds the rows to the caller's transaction; the work on disk is left to its COMMIT. Gives the new sensors. */
export async function writeRows(
  connection: DuckDBConnection,
  readings: readonly Reading[],
  known: SensorNumbers,
  batch: bigint,
): Promise<Map<string, number>> {
  const { numbers, added } = await numbered(connection, readings, known);
  await appendColumns(
    connection,
    'raw',
    [INTEGER, BIGINT, DOUBLE, UTINYINT, BIGINT],
    [
      numbers,
      readings.map(({ at }) => BigInt(at)),
      // NaN, not NULL: `arg_max` would pass over a NULL and give the value that was replaced.
      readings.map(({ value, quality }) => (quality === MISSING ? NaN : value)),
      readings.map(({ quality }) => quality),
      readings.map(() => batch),
    ],
  );
  return added;
}

/** Puts rollups into the caller's transaction, in place of those of the same sensor and time. Gives the new sensors. */
export async function writeBuckets(
  connection: DuckDBConnection,
  table: string,
  buckets: readonly SensorBucket[],
  known: SensorNumbers,
): Promise<Map<string, number>> {
  const { numbers, added } = await numbered(connection, buckets, known);
  const starts = buckets.map(({ at }) => BigInt(at));
  await connection.run('CREATE OR REPLACE TEMP TABLE put_back (sensor INTEGER, at_ms BIGINT)');
  await appendColumns(connection, 'put_back', [INTEGER, BIGINT], [numbers, starts]);
  await connection.run(
    `DELETE FROM ${table} USING put_back WHERE ${table}.sensor = put_back.sensor AND ${table}.at_ms = put_back.at_ms`,
  );
  const columns = [
    numbers,
    starts,
    buckets.map(({ min }) => min),
    buckets.map(({ max }) => max),
    buckets.map(({ mean, count }) => mean * count),
    buckets.map(({ count }) => BigInt(count)),
    buckets.map(({ last }) => last),
  ];
  const types = [INTEGER, BIGINT, DOUBLE, DOUBLE, DOUBLE, BIGINT, DOUBLE];
  await appendColumns(connection, table, types, columns);
  return added;
}

/** The number of each row's sensor; sensors that the file does not know yet are written down. */
async function numbered(
  connection: DuckDBConnection,
  rows: readonly { readonly sensorId: string }[],
  known: SensorNumbers,
): Promise<{ numbers: number[]; added: Map<string, number> }> {
  const added = new Map<string, number>();
  const numbers = rows.map(({ sensorId }) => {
    const number = known.get(sensorId) ?? added.get(sensorId) ?? known.size + added.size;
    if (!known.has(sensorId)) added.set(sensorId, number);
    return number;
  });
  if (added.size > 0) {
    await appendColumns(connection, 'sensor', [INTEGER, VARCHAR], [[...added.values()], [...added.keys()]]);
  }
  return { numbers, added };
}

async function appendColumns(
  connection: DuckDBConnection,
  table: string,
  types: readonly DuckDBType[],
  columns: readonly (readonly DuckDBValue[])[],
): Promise<void> {
  const appender = await connection.createAppender(table);
  try {
    const rowCount = columns[0]?.length ?? 0;
    for (let from = 0; from < rowCount; from += CHUNK_ROWS_MAX) {
      const rows = columns.map(column => column.slice(from, from + CHUNK_ROWS_MAX));
      const chunk = DuckDBDataChunk.create(types, rows[0]?.length ?? 0);
      chunk.setColumns(rows);
      appender.appendDataChunk(chunk);
    }
    // Within a transaction this stays in memory: no fsync on the event loop.
    appender.flushSync();
  } finally {
    appender.closeSync();
  }
}
