import type { Millis } from '@anmai/kernel';
import { PARCEL_ENTRIES_MAX, parcelIdOf, type ClaimRequest, type Parcel } from '@anmai/notify';
import type { Session } from '../database';
import { toSqlInstant } from '../instants';
import { COLUMNS, entryOfRow, type EntryRow } from './notification-rows';

/** `$1`: now. A lease that has run out is that of a process that is gone. */
const IS_DUE = `((state in ('queued', 'failed') and next_attempt_at <= $1)
  or (state = 'sending' and lease_until <= $1))`;

/** Of an end: what was added before it about the same, to the same person on the same channel, and is not out yet. */
const BEFORE = `select other.key from notification as other
  where entry.kind = 'end' and other.subject_id = entry.subject_id and other.seq < entry.seq
    and other.recipient_id = entry.recipient_id and other.channel = entry.channel
    and other.state in ('queued', 'failed', 'sending')`;

/** Due entries in the order of the port, `limit` at most. Of a parcel that was handed out before its first entry alone. */
export function dueHeads(
  { query }: Session,
  { now, channels }: ClaimRequest,
  limit: number,
): Promise<EntryRow[]> {
  return query<EntryRow>(
    `select ${COLUMNS} from notification as entry
     where channel = any($2::text[]) and ${IS_DUE} and not exists (${BEFORE})
       and not exists (select 1 from notification as first
         where first.parcel_id = entry.parcel_id and first.seq < entry.seq)
     order by severity desc, next_attempt_at, seq limit $3 for update of entry skip locked`,
    [toSqlInstant(now), channels, limit],
  );
}

/** Those that go out with it, itself included, in the order in which they were added. */
export async function companionsOf(
  { query }: Session,
  head: EntryRow,
  now: Millis,
): Promise<readonly EntryRow[]> {
  if (head.parcel_id !== null)
    return query<EntryRow>(
      `select ${COLUMNS} from notification where parcel_id = $1 order by seq for update`,
      [head.parcel_id],
    );
  if (head.held === null) return [head];
  const rows = await query<EntryRow & { readonly before: readonly string[] }>(
    `select ${COLUMNS}, array(${BEFORE}) as before from notification as entry
     where parcel_id is null and ${IS_DUE} and recipient_id = $2 and channel = $3 and address = $4
       and language = $5 and held = $6
     order by seq limit $7 for update of entry skip locked`,
    [
      toSqlInstant(now),
      head.recipient_id,
      head.channel,
      head.address,
      head.language,
      head.held,
      PARCEL_ENTRIES_MAX,
    ],
  );
  const fitting = new Set<string>();
  for (const row of rows) if (row.before.every(key => fitting.has(key))) fitting.add(row.key);
  // The one that is due must be among them, whatever else is.
  const others = rows.filter(row => row.key !== head.key && fitting.has(row.key));
  return [head, ...others.slice(0, PARCEL_ENTRIES_MAX - 1)].sort((a, b) => a.seq - b.seq);
}

/** Gives these rows away as one parcel. */
export async function handOut(
  { query }: Session,
  rows: readonly EntryRow[],
  { now, leaseMs }: ClaimRequest,
  lease: string,
): Promise<Parcel> {
  const keys = rows.map(row => row.key);
  const id = rows[0]?.parcel_id ?? parcelIdOf(keys);
  const given = await query<EntryRow>(
    `update notification set state = 'sending', attempts = attempts + 1, parcel_id = $2, lease = $3, lease_until = $4
     where key = any($1::text[]) returning ${COLUMNS}`,
    [keys, id, lease, toSqlInstant(now + leaseMs)],
  );
  return { id, lease, entries: given.sort((a, b) => a.seq - b.seq).map(entryOfRow) };
}
