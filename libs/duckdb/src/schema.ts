import type { DuckDBConnection } from '@duckdb/node-api';
import { AppError } from '@anmai/kernel';
import type { RollupWidthMs } from '@anmai/readings';
import { DUCKDB_ERRORS } from './errors';

const SCHEMA_VERSION = 1;

/** Table of each rollup. */
export const ROLLUP_TABLES: Readonly<Record<RollupWidthMs, string>> = {
  60_000: 'minutes',
  3_600_000: 'hours',
  86_400_000: 'days',
};

/**
 * `raw` is only ever appended to: `batch` grows with each append, and of several rows with the same (sensor, at_ms)
 * the one of the largest batch counts. No table has an index: one would have to fit into memory.
 */
const TABLES = [
  'CREATE TABLE IF NOT EXISTS meta (name VARCHAR NOT NULL, value BIGINT NOT NULL)',
  'CREATE TABLE IF NOT EXISTS sensor (number INTEGER NOT NULL, id VARCHAR NOT NULL)',
  `CREATE TABLE IF NOT EXISTS raw (
     sensor INTEGER NOT NULL, at_ms BIGINT NOT NULL, value DOUBLE NOT NULL, quality UTINYINT NOT NULL,
     batch BIGINT NOT NULL)`,
  ...Object.values(ROLLUP_TABLES).map(
    table => `CREATE TABLE IF NOT EXISTS ${table} (
     sensor INTEGER NOT NULL, at_ms BIGINT NOT NULL, lowest DOUBLE NOT NULL, highest DOUBLE NOT NULL,
     total DOUBLE NOT NULL, readings BIGINT NOT NULL, newest DOUBLE NOT NULL)`,
  ),
];

/** Creates what is missing. Throws DDB-004 when the file is of a later version of this program. */
export async function migrate(connection: DuckDBConnection, file: string): Promise<void> {
  await connection.run('BEGIN');
  for (const table of TABLES) await connection.run(table);
  const version = (await readMeta(connection)).get('schema');
  if (version !== undefined && version > SCHEMA_VERSION) {
    await connection.run('ROLLBACK');
    throw new AppError(DUCKDB_ERRORS.tooNew, {
      file,
      reason: `schema ${version}, known is ${SCHEMA_VERSION}`,
    });
  }
  if (version === undefined) await writeMeta(connection, { schema: SCHEMA_VERSION });
  await connection.run('COMMIT');
}

export async function readMeta(connection: DuckDBConnection): Promise<Map<string, number>> {
  const reader = await connection.runAndReadAll('SELECT name, value::DOUBLE FROM meta');
  return new Map(reader.getRows() as [string, number][]);
}

/** Within the caller's transaction. */
export async function writeMeta(
  connection: DuckDBConnection,
  values: Readonly<Record<string, number>>,
): Promise<void> {
  for (const [name, value] of Object.entries(values)) {
    await connection.run('DELETE FROM meta WHERE name = $1', [name]);
    await connection.run('INSERT INTO meta VALUES ($1, $2)', [name, value]);
  }
}
