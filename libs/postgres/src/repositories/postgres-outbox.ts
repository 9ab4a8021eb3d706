import { randomUUID } from 'node:crypto';
import { severityRank } from '@anmai/catalog';
import { invariant, type Millis } from '@anmai/kernel';
import {
  ADD_DRAFTS_MAX,
  DEAD_LETTERS_MAX,
  type ClaimRequest,
  type Draft,
  type Entry,
  type NotificationOutbox,
  type Outcome,
  type OutboxCount,
  type Parcel,
  type RecentCount,
  type Told,
} from '@anmai/notify';
import type { Database } from '../database';
import { toSqlInstant } from '../instants';
import { companionsOf, dueHeads, handOut } from './notification-claim';
import { COLUMNS, countOfRow, entryOfRow, recentOfRow, type EntryRow } from './notification-rows';

/** The outbox of messages in PostgreSQL; the promises are those of `NotificationOutbox`. */
export class PostgresOutbox implements NotificationOutbox {
  constructor(protected readonly database: Database) {}

  async add(drafts: readonly Draft[], now: Millis): Promise<number> {
    invariant(drafts.length <= ADD_DRAFTS_MAX, `${drafts.length} drafts at once`);
    if (drafts.length === 0) return 0;
    const rows = drafts.map(draft => ({
      ...draft,
      notBefore: toSqlInstant(draft.notBefore),
      severity: severityRank(draft.notice.severity),
    }));
    const fresh = await this.database.read(({ query }) =>
      query(
        `insert into notification (key, subject_id, kind, severity, recipient_id, channel, address, language, held,
           not_before, notice, state, attempts, added_at, next_attempt_at)
         select value ->> 'key', value -> 'notice' ->> 'subjectId', value -> 'notice' ->> 'kind',
           (value ->> 'severity')::smallint, value ->> 'recipientId', value ->> 'channel', value ->> 'address',
           value ->> 'language', value ->> 'held', (value ->> 'notBefore')::timestamptz, value -> 'notice',
           'queued', 0, $2::timestamptz, (value ->> 'notBefore')::timestamptz
         from jsonb_array_elements($1::jsonb) with ordinality as draft (value, place) order by place
         on conflict (key) do nothing returning key`,
        [JSON.stringify(rows), toSqlInstant(now)],
      ),
    );
    return fresh.length;
  }

  async known(keys: readonly string[]): Promise<ReadonlySet<string>> {
    const rows = await this.database.read(({ query }) =>
      query<{ key: string }>('select key from notification where key = any($1::text[])', [keys]),
    );
    return new Set(rows.map(row => row.key));
  }

  /**
   * One claim at a time: which entries go together, and what an end waits for, are seen across rows. Rows that are being
   * settled or queued again at this moment are passed over, not waited for.
   */
  claim(request: ClaimRequest): Promise<readonly Parcel[]> {
    if (request.limit <= 0 || request.channels.length === 0) return Promise.resolve([]);
    return this.database.locked('notifications', async session => {
      const parcels: Parcel[] = [];
      const taken = new Set<string>();
      while (parcels.length < request.limit) {
        const heads = await dueHeads(session, request, request.limit - parcels.length);
        for (const head of heads) {
          if (taken.has(head.key)) continue;
          const rows = await companionsOf(session, head, request.now);
          for (const row of rows) taken.add(row.key);
          parcels.push(await handOut(session, rows, request, randomUUID()));
        }
        if (heads.length === 0) break;
      }
      return parcels;
    });
  }

  async settle({ id, lease }: Pick<Parcel, 'id' | 'lease'>, outcome: Outcome): Promise<boolean> {
    const { state, sentAt, retryAt, reason } = settled(outcome);
    const rows = await this.database.read(({ query }) =>
      query(
        `with ours as (select key from notification where parcel_id = $1 and lease = $2 order by seq for update)
         update notification as entry set state = $3, lease = null, lease_until = null,
           sent_at = coalesce($4::timestamptz, sent_at),
           next_attempt_at = coalesce($5::timestamptz, next_attempt_at), reason = coalesce($6, reason)
         from ours where entry.key = ours.key returning entry.key`,
        [id, lease, state, sentAt, retryAt, reason],
      ),
    );
    return rows.length > 0;
  }

  async told(subjectId: string): Promise<readonly Told[]> {
    return this.database.read(({ query }) =>
      query<Told>(
        `select distinct recipient_id as "recipientId", channel from notification
         where subject_id = $1 and kind <> 'end' and state <> 'dead' order by 1, 2`,
        [subjectId],
      ),
    );
  }

  async recentCounts(since: Millis): Promise<readonly RecentCount[]> {
    const rows = await this.database.read(({ query }) =>
      query<Parameters<typeof recentOfRow>[0]>(
        `select recipient_id, channel, severity, count(*) as count from notification
         where held is null and added_at >= $1 group by recipient_id, channel, severity`,
        [toSqlInstant(since)],
      ),
    );
    return rows.map(recentOfRow);
  }

  async deadLetters(limit: number): Promise<readonly Entry[]> {
    const rows = await this.database.read(({ query }) =>
      query<EntryRow>(`select ${COLUMNS} from notification where state = 'dead' order by seq desc limit $1`, [
        Math.min(limit, DEAD_LETTERS_MAX),
      ]),
    );
    return rows.map(entryOfRow);
  }

  async requeue(keys: readonly string[], now: Millis): Promise<number> {
    const rows = await this.database.read(({ query }) =>
      query(
        `update notification set state = 'queued', attempts = 0, parcel_id = null, next_attempt_at = $2
         where key = any($1::text[]) and state = 'dead' returning key`,
        [keys, toSqlInstant(now)],
      ),
    );
    return rows.length;
  }

  async counts(): Promise<readonly OutboxCount[]> {
    const rows = await this.database.read(({ query }) =>
      query<Parameters<typeof countOfRow>[0]>(
        `select channel, state, count(*) as count,
           min(next_attempt_at) filter (where state not in ('sent', 'dead')) as oldest_at
         from notification group by channel, state order by channel, state`,
      ),
    );
    return rows.map(countOfRow);
  }

  /** What was told of an alarm stays while it is open: its end goes to those who were told. */
  async trim(sentBefore: Millis, limit: number): Promise<number> {
    const rows = await this.database.read(({ query }) =>
      query(
        `delete from notification where key in (select key from notification
           where state = 'sent' and sent_at < $1 and not exists (select 1 from alarm where alarm.id = subject_id and closed_at is null)
           order by seq limit $2 for update skip locked) returning key`,
        [toSqlInstant(sentBefore), limit],
      ),
    );
    return rows.length;
  }
}

function settled(outcome: Outcome): {
  readonly state: Entry['state'];
  readonly sentAt: string | null;
  readonly retryAt: string | null;
  readonly reason: string | null;
} {
  const nothing = { sentAt: null, retryAt: null, reason: null };
  switch (outcome.kind) {
    case 'sent':
      return { ...nothing, state: 'sent', sentAt: toSqlInstant(outcome.at) };
    case 'failed':
      return { ...nothing, state: 'failed', retryAt: toSqlInstant(outcome.retryAt), reason: outcome.reason };
    case 'dead':
      return { ...nothing, state: 'dead', reason: outcome.reason };
  }
}
