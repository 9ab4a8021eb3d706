import { Database, type DatabaseOptions, type Query } from '../database';

/** Rows of one part at most. */
export const DUMP_ROWS_MAX = 1_000;
/** A dump reads whole tables; the limit for single statements of a running program does not fit it. */
export const DUMP_STATEMENT_MS_MAX = 3_600_000;

/**
 * Rows of one table, each in the database's own text form of a row: numbers keep all their digits, and a JSON null is
 * not a missing value.
 */
export interface TablePart {
  readonly table: string;
  readonly rows: readonly string[];
}

/** What a dump stands on, so that a restore can make the same tables first. */
export interface DumpHead {
  /** Migrations that had been applied, in order. */
  readonly migrations: readonly string[];
  /** Where each sequence stands; null: never used. */
  readonly sequences: Readonly<Record<string, number | null>>;
}

/**
 * Hands over all records as of one moment, table by table. `take` is waited for: memory stays bounded by one part.
 * Rejects like every method of `Records`, and with whatever `take` rejects with.
 */
export async function dumpRecords(
  options: DatabaseOptions,
  take: (part: TablePart) => Promise<void>,
): Promise<DumpHead> {
  const database = new Database({ ...options, statementMsMax: DUMP_STATEMENT_MS_MAX });
  try {
    return await database.snapshot(async ({ query }) => {
      for (const table of await tablesOf(query, database.schema)) await dumpTable(query, table, take);
      return {
        migrations: (await query<{ id: string }>('select id from migration order by id')).map(({ id }) => id),
        sequences: await sequencesOf(query, database.schema),
      };
    });
  } finally {
    await database.close();
  }
}

/** All but the list of migrations, by name. */
export async function tablesOf(query: Query, schema: string): Promise<string[]> {
  const rows = await query<{ tablename: string }>(
    `select tablename from pg_tables where schemaname = $1 and tablename <> 'migration' order by tablename`,
    [schema],
  );
  return rows.map(({ tablename }) => tablename);
}

async function dumpTable(
  query: Query,
  table: string,
  take: (part: TablePart) => Promise<void>,
): Promise<void> {
  await query(`declare dump no scroll cursor for select t::text as line from "${table}" t`);
  for (;;) {
    const rows = await query<{ line: string }>(`fetch ${DUMP_ROWS_MAX} from dump`);
    if (rows.length > 0) await take({ table, rows: rows.map(({ line }) => line) });
    if (rows.length < DUMP_ROWS_MAX) break;
  }
  await query('close dump');
}

async function sequencesOf(query: Query, schema: string): Promise<Record<string, number | null>> {
  const rows = await query<{ sequencename: string; last_value: number | null }>(
    'select sequencename, last_value from pg_sequences where schemaname = $1',
    [schema],
  );
  return Object.fromEntries(rows.map(row => [row.sequencename, row.last_value]));
}
