import { createHash } from 'node:crypto';
import { canonicalJson } from './canonical-json';
import type { AuditRecord } from './record-shapes';

/** What stands before the first row. */
export const GENESIS_HASH = '0'.repeat(64);

/** SHA-256, hex, over the canonical JSON of all fields but the hash. */
export function auditHash(row: Omit<AuditRecord, 'hash'>): string {
  const { seq, at, actor, action, subject, detail, prevHash } = row;
  const text = canonicalJson({ seq, at, actor, action, subject, detail: detail ?? null, prevHash });
  return createHash('sha256').update(text).digest('hex');
}

/** Why `row` does not follow `before`, or null when it does. */
export function auditFault(before: { seq: number; hash: string }, row: AuditRecord): string | null {
  if (row.seq !== before.seq + 1) return `row ${before.seq + 1} is missing`;
  if (row.prevHash !== before.hash) return 'it does not continue the row before';
  if (row.hash !== auditHash(row)) return 'its content does not match its hash';
  return null;
}
