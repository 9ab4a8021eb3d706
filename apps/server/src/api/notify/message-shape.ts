import type { Entry } from '@anmai/notify';
import type { GapRecord } from '@anmai/postgres';
import type { MessageShape, NotifyOutboxShape } from '@anmai/wire';
import { iso, isoOrNull } from '../iso';

/** A message without its address: numbers of people are not everybody's business. */
export const messageShape = (entry: Entry): MessageShape => ({
  id: entry.key,
  recipientId: entry.recipientId,
  channel: entry.channel,
  state: entry.state,
  held: entry.held,
  attempts: entry.attempts,
  addedAt: iso(entry.addedAt),
  nextAttemptAt: iso(entry.nextAttemptAt),
  sentAt: isoOrNull(entry.sentAt),
  reason: entry.reason,
  subjectKind: entry.notice.subjectKind,
  subjectId: entry.notice.subjectId,
  kind: entry.notice.kind,
  severity: entry.notice.severity,
  where: entry.notice.where,
});

export const gapShape = (gap: GapRecord): NotifyOutboxShape['gaps'][number] => ({
  at: iso(gap.at),
  alarmId: gap.alarmId,
  incidentId: gap.incidentId,
  reason: gap.reason,
  recipientId: gap.recipientId,
  orgId: gap.orgId ?? null,
});
