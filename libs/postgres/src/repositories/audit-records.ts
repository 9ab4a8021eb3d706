import { and, asc, desc, eq, gt, lt } from 'drizzle-orm';
import { auditFault, GENESIS_HASH } from '../audit-chain';
import type { Database } from '../database';
import type { AuditRecord, AuditVerdict, PageQuery, RecordPage } from '../record-shapes';
import type { Audit } from '../records';
import { auditTable } from '../schema';
import { pageLimit, pageOf, parseNumberCursor } from './paging';
import { appendAudit, type AuditEntry } from './trail';

/** Rows that `verifyAudit` holds in memory at once. */
export const VERIFY_ROWS_AT_ONCE = 2_000;

export class AuditRecords implements Audit {
  constructor(private readonly database: Database) {}

  append(entry: AuditEntry): Promise<AuditRecord> {
    return this.database.write(session => appendAudit(session, this.database.clock, entry));
  }

  async list(
    query: PageQuery & { readonly subject?: string; readonly actor?: string },
  ): Promise<RecordPage<AuditRecord>> {
    const limit = pageLimit(query);
    const { seq, subject, actor } = auditTable;
    const where = and(
      query.subject === undefined ? undefined : eq(subject, query.subject),
      query.actor === undefined ? undefined : eq(actor, query.actor),
      query.cursor ? lt(seq, parseNumberCursor(query.cursor)) : undefined,
    );
    const rows = await this.database.read(({ db }) =>
      db
        .select()
        .from(auditTable)
        .where(where)
        .orderBy(desc(seq))
        .limit(limit + 1),
    );
    return pageOf(rows, limit, last => String(last.seq));
  }

  /** In one snapshot: what is appended meanwhile is not looked at. */
  verifyAudit(): Promise<AuditVerdict> {
    return this.database.snapshot(async ({ db }) => {
      let head = { seq: 0, hash: GENESIS_HASH };
      for (;;) {
        const rows = await db
          .select()
          .from(auditTable)
          .where(gt(auditTable.seq, head.seq))
          .orderBy(asc(auditTable.seq))
          .limit(VERIFY_ROWS_AT_ONCE);
        for (const row of rows) {
          const why = auditFault(head, row);
          if (why !== null) return { intact: false, brokenSeq: head.seq + 1, why };
          head = row;
        }
        if (rows.length < VERIFY_ROWS_AT_ONCE) return { intact: true, rows: head.seq, head: head.hash };
      }
    });
  }
}
