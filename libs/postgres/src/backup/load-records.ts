import { AppError } from '@anmai/kernel';
import { Database, type DatabaseOptions, type Query, type Session } from '../database';
import { POSTGRES_ERRORS as E } from '../errors';
import { migrate } from '../migrate';
import { MIGRATIONS, type Migration } from '../migrations';
import { DUMP_STATEMENT_MS_MAX, tablesOf, type DumpHead, type TablePart } from './dump-records';

interface ForeignKey {
  readonly table: string;
  readonly name: string;
  readonly definition: string;
}

/**
 * Puts dumped records into a schema that has none yet, all or nothing, and gives the rows of each table. The tables are
 * made as they were then; `Records.open` brings them up to date afterwards.
 * Rejects with PGR-022 when there are records, with PGR-019 when they are of a newer program.
 */
export async function loadRecords(
  options: DatabaseOptions,
  head: DumpHead,
  parts: AsyncIterable<TablePart>,
): Promise<Readonly<Record<string, number>>> {
  const migrations = migrationsOf(head);
  const database = new Database({ ...options, statementMsMax: DUMP_STATEMENT_MS_MAX });
  try {
    return await database.locked('migrate', session =>
      load(session, database.schema, migrations, head, parts),
    );
  } finally {
    await database.close();
  }
}

/** The migrations of the dump, which must be the first ones that this program knows. */
function migrationsOf({ migrations }: DumpHead): readonly Migration[] {
  const known = MIGRATIONS.slice(0, migrations.length);
  const stranger = migrations.find((id, place) => known[place]?.id !== id);
  if (stranger !== undefined) throw new AppError(E.newerDatabase, { id: stranger });
  return known;
}

async function load(
  { query }: Session,
  schema: string,
  migrations: readonly Migration[],
  head: DumpHead,
  parts: AsyncIterable<TablePart>,
): Promise<Record<string, number>> {
  if ((await tablesOf(query, schema)).length > 0) throw new AppError(E.notEmpty, { schema });
  await migrate(query, schema, migrations);
  const tables = await tablesOf(query, schema);
  const keys = await foreignKeys(query, schema);
  for (const { table, name } of keys) await query(`alter table "${table}" drop constraint "${name}"`);
  // What triggers did is among the rows: done again it would be there twice.
  for (const table of tables) await query(`alter table "${table}" disable trigger user`);
  // What migrations put in by themselves comes again with the rows.
  await query(`truncate ${tables.map(table => `"${table}"`).join(', ')}`);
  const counts: Record<string, number> = Object.fromEntries(tables.map(table => [table, 0]));
  for await (const { table, rows } of parts) {
    if (counts[table] === undefined) throw new AppError(E.strangeTable, { table });
    await insertRows(query, table, rows);
    counts[table] += rows.length;
  }
  for (const table of tables) await query(`alter table "${table}" enable trigger user`);
  // Made anew, each looks at all rows: what refers to nothing is found here, and nothing is kept then.
  for (const { table, name, definition } of keys)
    await query(`alter table "${table}" add constraint "${name}" ${definition}`);
  for (const [name, value] of Object.entries(head.sequences))
    if (value !== null) await query('select setval($1::regclass, $2)', [`"${name}"`, value]);
  return counts;
}

async function foreignKeys(query: Query, schema: string): Promise<readonly ForeignKey[]> {
  return query<ForeignKey>(
    `select c.relname as "table", k.conname as name, pg_get_constraintdef(k.oid) as definition
     from pg_constraint k join pg_class c on c.oid = k.conrelid
     where k.contype = 'f' and k.connamespace = (select oid from pg_namespace where nspname = $1)
     order by 1, 2`,
    [schema],
  );
}

async function insertRows(query: Query, table: string, rows: readonly string[]): Promise<void> {
  await query(
    `insert into "${table}" overriding system value
     select made.* from unnest($1::text[]::"${table}"[]) as made`,
    [rows],
  );
}
