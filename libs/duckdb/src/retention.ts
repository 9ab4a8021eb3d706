import type { DuckDBConnection } from '@duckdb/node-api';
import { BIGINT } from '@duckdb/node-api';
import type { Millis } from '@anmai/kernel';
import type { RetentionPolicy } from '@anmai/readings';
import { keptFrom } from '@anmai/readings';
import { inTransaction } from './roll-up';
import { ROLLUP_TABLES, writeMeta } from './schema';

/** Oldest instant that is kept, by resolution. */
export type KeptFrom = Readonly<Record<keyof RetentionPolicy, Millis>>;

const TABLES: Readonly<Record<keyof RetentionPolicy, string>> = {
  rawMs: 'raw',
  minuteMs: ROLLUP_TABLES[60_000],
  hourMs: ROLLUP_TABLES[3_600_000],
  dayMs: ROLLUP_TABLES[86_400_000],
};
const KEYS = Object.keys(TABLES) as (keyof RetentionPolicy)[];
const metaName = (key: keyof RetentionPolicy): string => `${TABLES[key]} kept from`;

const byKey = (valueOf: (key: keyof RetentionPolicy) => Millis): KeptFrom =>
  Object.fromEntries(KEYS.map(key => [key, valueOf(key)])) as KeptFrom;

/** As the file has it: what was dropped before a restart must still not be rolled up anew. */
export const keptFromOf = (meta: ReadonlyMap<string, number>): KeptFrom =>
  byKey(key => meta.get(metaName(key)) ?? 0);

/** Deletes and notes the new borders in one transaction. `dropped` counts rows. */
export async function dropExpired(
  connection: DuckDBConnection,
  policy: RetentionPolicy,
  now: Millis,
): Promise<{ keptFrom: KeptFrom; dropped: number }> {
  const borders = byKey(key => keptFrom(policy[key], now));
  const dropped = await inTransaction(connection, async () => {
    let rows = 0;
    for (const key of KEYS) {
      const sql = `DELETE FROM ${TABLES[key]} WHERE at_ms < $1`;
      rows += (await connection.run(sql, [BigInt(borders[key])], [BIGINT])).rowsChanged;
    }
    await writeMeta(connection, Object.fromEntries(KEYS.map(key => [metaName(key), borders[key]])));
    return rows;
  });
  return { keptFrom: borders, dropped };
}
