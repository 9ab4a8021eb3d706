import { escape } from 'influx';
import type { Millis } from '@anmai/kernel';
import { DAY_MS, SECOND_MS } from '@anmai/kernel';
import type { DirtySpan, RetentionPolicy } from '@anmai/readings';
import type { InfluxClient, Series } from './influx-client';

/** Retention policies of the database, by resolution, and the longest stretch that one shard of each covers. */
const POLICIES = [
  { name: 'raw', key: 'rawMs', shardMsMax: 7 * DAY_MS },
  { name: 'm1', key: 'minuteMs', shardMsMax: 7 * DAY_MS },
  { name: 'h1', key: 'hourMs', shardMsMax: 28 * DAY_MS },
  { name: 'd1', key: 'dayMs', shardMsMax: 364 * DAY_MS },
] as const;
export type PolicyName = (typeof POLICIES)[number]['name'];

/** Whole days, so that no bucket spans two shards; a twentieth of the time kept, so that little is kept too long. */
const SHARD_MS = [364 * DAY_MS, 28 * DAY_MS, 7 * DAY_MS, DAY_MS];
function shardMsFor(keepMs: number | null, shardMsMax: number): number {
  const mostMs = Math.min(shardMsMax, (keepMs ?? Infinity) / 20);
  return SHARD_MS.find(shardMs => shardMs <= mostMs) ?? DAY_MS;
}

/** Makes the database and its policies where missing, and alters what differs from `wanted` (null: keep as it is). */
export async function ensurePolicies(
  client: InfluxClient,
  database: string,
  wanted: RetentionPolicy | null,
): Promise<void> {
  const quoted = escape.quoted(database);
  await client.run(`CREATE DATABASE ${quoted}`);
  const found = durations(await client.query(`SHOW RETENTION POLICIES ON ${quoted}`));
  for (const { name, key, shardMsMax } of POLICIES) {
    const has = found.get(name);
    if (has !== undefined && wanted === null) continue;
    const keepMs = wanted?.[key] ?? null;
    const shardMs = shardMsFor(keepMs, shardMsMax);
    if (has?.keepMs === (keepMs ?? 0) && has.shardMs === shardMs) continue;
    const keep = keepMs === null ? 'INF' : `${Math.ceil(keepMs / SECOND_MS)}s`;
    const verb = has === undefined ? 'CREATE' : 'ALTER';
    const settings = `DURATION ${keep} REPLICATION 1 SHARD DURATION ${shardMs / SECOND_MS}s`;
    const isDefault = name === 'raw' ? ' DEFAULT' : '';
    await client.run(`${verb} RETENTION POLICY "${name}" ON ${quoted} ${settings}${isDefault}`);
  }
}

/** Durations as the server prints them, `720h0m0s`; 0 stands for ever. */
function durations(series: readonly Series[]): Map<string, { keepMs: number; shardMs: number }> {
  const [policies] = series;
  const column = (name: string): number => policies?.columns.indexOf(name) ?? -1;
  const [name, keep, shard] = [column('name'), column('duration'), column('shardGroupDuration')];
  return new Map(
    policies?.values.map(row => [
      String(row[name]),
      { keepMs: durationMs(String(row[keep])), shardMs: durationMs(String(row[shard])) },
    ]),
  );
}

export function durationMs(text: string): number {
  const [, hours = 0, minutes = 0, seconds = 0] = /^(?:(\d+)h)?(?:(\d+)m)?(?:([\d.]+)s)?$/.exec(text) ?? [];
  return ((Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds)) * SECOND_MS;
}

interface Shard extends DirtySpan {
  readonly id: number;
  readonly policy: string;
}

/** Shards of the database, ascending. Shows where data can be without looking at it. */
async function shards(client: InfluxClient, database: string): Promise<Shard[]> {
  const series = (await client.query('SHOW SHARDS')).find(({ name }) => name === database);
  if (series === undefined) return [];
  const column = (name: string): number => series.columns.indexOf(name);
  const [id, policy, from, to] = ['id', 'retention_policy', 'start_time', 'end_time'].map(column);
  return series.values
    .map(row => ({
      id: Number(row[id ?? -1]),
      policy: String(row[policy ?? -1]),
      from: Date.parse(String(row[from ?? -1])),
      to: Date.parse(String(row[to ?? -1])),
    }))
    .sort((a, b) => a.from - b.from);
}

/** Stretches of time for which the policy has shards. */
export async function occupied(
  client: InfluxClient,
  database: string,
  policy: PolicyName,
): Promise<DirtySpan[]> {
  return (await shards(client, database)).filter(shard => shard.policy === policy);
}

/**
 * Drops the shards whose last instant is older than the policy allows. The server does the same by its own clock
 * every half hour; this makes it a matter of `now`.
 */
export async function dropExpired(
  client: InfluxClient,
  database: string,
  policy: RetentionPolicy,
  now: Millis,
): Promise<void> {
  const all = await shards(client, database);
  for (const { name, key } of POLICIES) {
    const keepMs = policy[key];
    if (keepMs === null) continue;
    for (const shard of all) {
      if (shard.policy === name && shard.to <= now - keepMs) await client.run(`DROP SHARD ${shard.id}`);
    }
  }
}
