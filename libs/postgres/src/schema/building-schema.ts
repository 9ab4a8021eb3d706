import { integer, jsonb, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import type { BuildingEventKind } from '@anmai/lifecycle';
import { instant } from './columns';

export const buildingTable = pgTable('building', {
  id: text('id').primaryKey(),
  orgId: text('org_id').notNull(),
  name: text('name').notNull(),
  address: text('address').notNull(),
  district: text('district').notNull(),
  street: text('street').notNull(),
  grade: text('grade'),
  search: text('search').notNull(),
  body: jsonb('body').$type<Readonly<Record<string, unknown>>>().notNull(),
  mergedInto: text('merged_into'),
  version: integer('version').notNull().default(1),
});

export const buildingCodeTable = pgTable(
  'building_code',
  {
    scheme: text('scheme').notNull(),
    code: text('code').notNull(),
    buildingId: text('building_id').notNull(),
  },
  table => [primaryKey({ columns: [table.scheme, table.code] })],
);

export const buildingEventTable = pgTable('building_event', {
  id: text('id').primaryKey(),
  buildingId: text('building_id').notNull(),
  at: instant('at').notNull(),
  kind: text('kind').$type<BuildingEventKind>().notNull(),
  change: text('change').notNull(),
  refId: text('ref_id'),
  actor: text('actor').notNull(),
  detail: jsonb('detail').$type<Readonly<Record<string, unknown>>>().notNull(),
  writtenAt: instant('written_at').notNull(),
});
