import type { Clock } from '@anmai/kernel';
import { auditHash, GENESIS_HASH } from '../audit-chain';
import type { Session } from '../database';
import { toSqlInstant } from '../instants';
import type { AuditRecord, RegistryChange } from '../record-shapes';

export type AuditEntry = Pick<AuditRecord, 'actor' | 'action' | 'subject' | 'detail'>;

/** Appends to the audit trail. Only inside `Database.write`, whose lock keeps the chain in one piece. */
export async function appendAudit(session: Session, clock: Clock, entry: AuditEntry): Promise<AuditRecord> {
  const [head] = await session.query<{ seq: number; hash: string }>(
    'select seq, hash from audit order by seq desc limit 1',
  );
  const { actor, action, subject } = entry;
  const detail: unknown = JSON.parse(JSON.stringify(entry.detail ?? null));
  const prevHash = head?.hash ?? GENESIS_HASH;
  const row = { seq: (head?.seq ?? 0) + 1, at: clock.now(), actor, action, subject, detail, prevHash };
  const full = { ...row, hash: auditHash(row) };
  await session.query(
    `insert into audit (seq, at, actor, action, subject, detail, prev_hash, hash)
     values ($1, $2, $3, $4, $5, $6::jsonb, $7, $8)`,
    [row.seq, toSqlInstant(row.at), actor, action, subject, JSON.stringify(detail), prevHash, full.hash],
  );
  return full;
}

/** Puts changes on their way to the journal, in the order given. Only inside `Database.write`. */
export async function appendOutbox(session: Session, changes: readonly RegistryChange[]): Promise<void> {
  if (changes.length === 0) return;
  await session.query(
    `insert into registry_outbox (change)
     select item.value from jsonb_array_elements($1::jsonb) with ordinality as item (value, place) order by place`,
    [JSON.stringify(changes)],
  );
}
