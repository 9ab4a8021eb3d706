import type { DevicePresence, PresenceChange, WatchSpan } from '@anmai/alarms';
import type { Millis } from '@anmai/kernel';
import type { Database, Session } from '../database';
import { toSqlInstant } from '../instants';
import type { Within } from '../record-shapes';
import type { Presence } from '../records';

/** Changes that one call keeps: a network that fails takes a city's devices with it. */
export const PRESENCE_CHANGES_MAX = 20_000;

export class PresenceRecords implements Presence {
  constructor(private readonly database: Database) {}

  last(): Promise<readonly PresenceChange[]> {
    return this.database.read(({ query }) =>
      query<PresenceChange>(
        `select distinct on (device_id) device_id as "deviceId", at, org_id as "orgId", is_online as "isOnline"
         from device_presence order by device_id, at desc`,
      ),
    );
  }

  async note(changes: readonly PresenceChange[], span: WatchSpan): Promise<void> {
    const rows = changes.slice(0, PRESENCE_CHANGES_MAX).map(each => ({ ...each, at: toSqlInstant(each.at) }));
    await this.database.transaction(async ({ query }) => {
      await query(
        `insert into watch_span (from_at, to_at) values ($1, $2)
         on conflict (from_at) do update set to_at = greatest(watch_span.to_at, excluded.to_at)`,
        [toSqlInstant(span.from), toSqlInstant(span.to)],
      );
      if (rows.length === 0) return;
      await query(
        `insert into device_presence (device_id, at, org_id, is_online)
         select "deviceId", at, "orgId", "isOnline"
         from jsonb_to_recordset($1::jsonb) as t ("deviceId" text, at timestamptz, "orgId" text, "isOnline" boolean)
         on conflict (device_id, at) do update set org_id = excluded.org_id, is_online = excluded.is_online`,
        [JSON.stringify(rows)],
      );
    });
  }

  async sweep(before: Millis): Promise<number> {
    return this.database.transaction(async ({ query }) => {
      await query('delete from watch_span where to_at < $1', [toSqlInstant(before)]);
      // The newest before the border says how it was at the border.
      const gone = await query(
        `delete from device_presence as old where at < $1 and exists (
           select 1 from device_presence as newer
           where newer.device_id = old.device_id and newer.at > old.at and newer.at <= $1)
         returning device_id`,
        [toSqlInstant(before)],
      );
      return gone.length;
    });
  }
}

/** How long the platform was watching within [from, to). */
export async function watchedMsOf({ query }: Session, from: Millis, to: Millis): Promise<number> {
  const [row] = await query<{ ms: number }>(
    `select coalesce(sum(extract(epoch from least(to_at, $2) - greatest(from_at, $1)) * 1000), 0)::float8 as ms
     from watch_span where from_at < $2 and to_at > $1`,
    [toSqlInstant(from), toSqlInstant(to)],
  );
  return Math.round(row?.ms ?? 0);
}

/** Of each device and owner: how long it was expected, and online, while the platform was watching within [from, to). */
export async function presencesOf(
  { query }: Session,
  from: Millis,
  to: Millis,
  within: Within,
): Promise<DevicePresence[]> {
  return query<DevicePresence>(
    `with stretch as (
       select device_id, org_id, is_online, at as from_at,
         lead(at, 1, 'infinity'::timestamptz) over (partition by device_id order by at) as to_at
       from device_presence where at < $2),
     seen as (
       select device_id, org_id, is_online,
         extract(epoch from least(stretch.to_at, span.to_at, $2) - greatest(stretch.from_at, span.from_at, $1)) as s
       from stretch join watch_span as span on span.from_at < least(stretch.to_at, $2)
         and span.to_at > greatest(stretch.from_at, $1)
       where is_online is not null and org_id is not null and stretch.to_at > $1
         and ($3::text is null or org_id in (select id from org where path @> array[$3]::text[])))
     select device_id as "deviceId", org_id as "orgId",
       (sum(s) * 1000)::float8 as "expectedMs", (coalesce(sum(s) filter (where is_online), 0) * 1000)::float8 as "onlineMs"
     from seen group by device_id, org_id order by org_id, device_id`,
    [toSqlInstant(from), toSqlInstant(to), within],
  );
}
