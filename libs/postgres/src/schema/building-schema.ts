import { customType, integer, jsonb, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import type { BuildingEventKind } from '@anmai/lifecycle';
import { instant } from './columns';

const box = customType<{ data: string }>({ dataType: () => 'box' });

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
  grams: text('grams').array().notNull(),
  /** `(x1,y1),(x2,y2)` in degrees, the greater corner first. */
  extent: box('extent'),
  sameKey: text('same_key').notNull().default(''),
  yearFirst: integer('year_first'),
  yearLast: integer('year_last'),
  structure: text('structure').notNull(),
  useClass: text('use_class').notNull(),
  protection: text('protection').notNull(),
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

export const buildingImportTable = pgTable('building_import', {
  id: text('id').primaryKey(),
  orgId: text('org_id').notNull(),
  actor: text('actor').notNull(),
  fileName: text('file_name').notNull(),
  mode: text('mode').notNull(),
  state: text('state').notNull(),
  rowsTotal: integer('rows_total'),
  rowsDone: integer('rows_done').notNull().default(0),
  created: integer('created').notNull().default(0),
  updated: integer('updated').notNull().default(0),
  unchanged: integer('unchanged').notNull().default(0),
  faulty: integer('faulty').notNull().default(0),
  warned: integer('warned').notNull().default(0),
  proposed: integer('proposed').notNull().default(0),
  faults: jsonb('faults').notNull(),
  reason: text('reason'),
  startedAt: instant('started_at').notNull(),
  heardAt: instant('heard_at').notNull(),
  endedAt: instant('ended_at'),
});

export const buildingDuplicateTable = pgTable('building_duplicate', {
  id: text('id').primaryKey(),
  buildingId: text('building_id').notNull(),
  otherId: text('other_id').notNull(),
  reasons: text('reasons').array().notNull(),
  state: text('state').notNull().default('open'),
  foundAt: instant('found_at').notNull(),
  survivorId: text('survivor_id'),
  decidedBy: text('decided_by'),
  decidedAt: instant('decided_at'),
  why: text('why'),
});
