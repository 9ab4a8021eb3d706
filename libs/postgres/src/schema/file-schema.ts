import { bigint, jsonb, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import type { FileKind, StoredFileMeta } from '@anmai/wire';
import { instant } from './columns';

export const fileTable = pgTable('file', {
  sha256: text('sha256').primaryKey(),
  bytes: bigint('bytes', { mode: 'number' }).notNull(),
  type: text('type').notNull(),
  kind: text('kind').$type<FileKind>().notNull(),
  meta: jsonb('meta').$type<StoredFileMeta>().notNull(),
  buildingId: text('building_id'),
  orgId: text('org_id').notNull(),
  uploadedBy: text('uploaded_by').notNull(),
  receivedAt: instant('received_at').notNull(),
});

export const fileOwnerTable = pgTable(
  'file_owner',
  { sha256: text('sha256').notNull(), orgId: text('org_id').notNull() },
  table => [primaryKey({ columns: [table.sha256, table.orgId] })],
);
