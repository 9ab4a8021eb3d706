import { z } from 'zod';
import { pageQuery } from './paging.schema';

/** One line of the audit trail as clients see it. */
export interface AuditShape {
  readonly seq: number;
  /** ISO 8601. */
  readonly at: string;
  readonly actor: string;
  /** Such as `asset.created`. */
  readonly action: string;
  /** Such as `asset/well-0012`. */
  readonly subject: string;
  readonly detail: unknown;
  readonly hash: string;
}

export const auditQuery = pageQuery.extend({
  subject: z.string().min(1).max(200).optional(),
  actor: z.string().min(1).max(64).optional(),
});
export const auditReply = z.object({
  seq: z.int(),
  at: z.string(),
  actor: z.string(),
  action: z.string(),
  subject: z.string(),
  detail: z.unknown(),
  hash: z.string(),
});

/** What a walk along the whole chain found. `brokenSeq`: the first line that does not follow from the one before. */
export const auditVerdictReply = z.object({
  intact: z.boolean(),
  rows: z.int().nullable(),
  brokenSeq: z.int().nullable(),
  why: z.string().nullable(),
});
