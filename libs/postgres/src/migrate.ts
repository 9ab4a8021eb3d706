import { createHash } from 'node:crypto';
import { AppError } from '@anmai/kernel';
import type { Query } from './database';
import { POSTGRES_ERRORS as E } from './errors';
import type { Migration } from './migrations';

const hashOf = (migration: Migration): string => createHash('sha256').update(migration.sql).digest('hex');

/**
 * Applies what is missing. Runs inside a transaction that holds the lock of the schema, so that of two programs that
 * start at once the second finds all done. Throws PGR-002 or PGR-019 when the database is not this program's.
 */
export async function migrate(query: Query, schema: string, migrations: readonly Migration[]): Promise<void> {
  // Asked first: creating "if not exists" needs a right that a user with a schema made for it may not have.
  const there = await query('select 1 from pg_namespace where nspname = $1', [schema]);
  if (there.length === 0) await query(`create schema "${schema}"`);
  await query(
    `create table if not exists migration (id text primary key, hash text not null, applied_at timestamptz not null)`,
  );
  const applied = await query<{ id: string; hash: string }>('select id, hash from migration order by id');
  const byId = new Map(migrations.map(migration => [migration.id, migration]));
  for (const { id, hash } of applied) {
    const known = byId.get(id);
    if (known === undefined) throw new AppError(E.newerDatabase, { id });
    if (hashOf(known) !== hash) throw new AppError(E.migrationChanged, { id });
  }
  const done = new Set(applied.map(({ id }) => id));
  for (const migration of migrations.filter(({ id }) => !done.has(id))) {
    await query(migration.sql);
    await query('insert into migration (id, hash, applied_at) values ($1, $2, now())', [
      migration.id,
      hashOf(migration),
    ]);
  }
}
