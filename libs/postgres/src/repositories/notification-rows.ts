import { severityOfRank } from '@anmai/catalog';
import { invariant, type Millis } from '@anmai/kernel';
import type { Entry, EntryState, Held, Language, Notice, OutboxCount, RecentCount } from '@anmai/notify';

/** What an entry is made of. */
export const COLUMNS = `key, seq, recipient_id, channel, address, language, held, not_before, notice, state, attempts,
  parcel_id, added_at, next_attempt_at, sent_at, reason`;

export interface EntryRow {
  readonly key: string;
  readonly seq: number;
  readonly recipient_id: string;
  readonly channel: string;
  readonly address: string;
  readonly language: Language;
  readonly held: Held | null;
  readonly not_before: Millis;
  readonly notice: Notice;
  readonly state: EntryState;
  readonly attempts: number;
  readonly parcel_id: string | null;
  readonly added_at: Millis;
  readonly next_attempt_at: Millis;
  readonly sent_at: Millis | null;
  readonly reason: string | null;
}

export const entryOfRow = (row: EntryRow): Entry => ({
  key: row.key,
  recipientId: row.recipient_id,
  channel: row.channel,
  address: row.address,
  language: row.language,
  held: row.held,
  notBefore: row.not_before,
  notice: row.notice,
  state: row.state,
  attempts: row.attempts,
  parcelId: row.parcel_id,
  addedAt: row.added_at,
  nextAttemptAt: row.next_attempt_at,
  sentAt: row.sent_at,
  reason: row.reason,
});

export function recentOfRow(row: {
  readonly recipient_id: string;
  readonly channel: string;
  readonly severity: number;
  readonly count: number;
}): RecentCount {
  const severity = severityOfRank(row.severity);
  invariant(severity !== null, `a message of severity ${row.severity}`);
  return { recipientId: row.recipient_id, channel: row.channel, severity, count: row.count };
}

export const countOfRow = (row: {
  readonly channel: string;
  readonly state: EntryState;
  readonly count: number;
  readonly oldest_at: Millis | null;
}): OutboxCount => ({
  channel: row.channel,
  state: row.state,
  count: row.count,
  oldestAt: row.oldest_at,
});
