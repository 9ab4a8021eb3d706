import { date, integer, jsonb, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import type {
  CheckupKind,
  CheckupRecord,
  CheckupResult,
  CheckupState,
  Demand,
  DraftFields,
} from '@anmai/lifecycle';
import { instant } from './columns';

export const checkupTable = pgTable('checkup', {
  id: text('id').primaryKey(),
  buildingId: text('building_id').notNull(),
  kind: text('kind').$type<CheckupKind>().notNull(),
  state: text('state').$type<CheckupState>().notNull(),
  ruleSetId: text('rule_set_id').notNull(),
  ruleSetVersion: integer('rule_set_version').notNull(),
  formId: text('form_id').notNull(),
  formVersion: integer('form_version').notNull(),
  agencyId: text('agency_id'),
  inspectors: text('inspectors').array().notNull().default([]),
  dueFrom: date('due_from', { mode: 'string' }),
  dueOn: date('due_on', { mode: 'string' }),
  roundId: text('round_id'),
  demand: jsonb('demand').$type<Demand>(),
  supersedes: text('supersedes'),
  supersededBy: text('superseded_by'),
  note: text('note'),
  revision: integer('revision').notNull().default(0),
  version: integer('version').notNull().default(1),
});

export const checkupDraftTable = pgTable('checkup_draft', {
  checkupId: text('checkup_id').primaryKey(),
  fields: jsonb('fields').$type<DraftFields>().notNull(),
  at: instant('at').notNull(),
});

export const checkupRecordTable = pgTable('checkup_record', {
  id: text('id').primaryKey(),
  checkupId: text('checkup_id').notNull(),
  buildingId: text('building_id').notNull(),
  revision: integer('revision').notNull(),
  contentHash: text('content_hash').notNull(),
  submittedAt: instant('submitted_at').notNull(),
  submittedBy: text('submitted_by').notNull(),
  result: jsonb('result').$type<CheckupResult>().notNull(),
  body: jsonb('body').$type<CheckupRecord>().notNull(),
});

export const checkupStepTable = pgTable(
  'checkup_step',
  {
    checkupId: text('checkup_id').notNull(),
    n: integer('n').notNull(),
    step: text('step').notNull(),
    actor: text('actor').notNull(),
    at: instant('at').notNull(),
    note: text('note'),
  },
  table => [primaryKey({ columns: [table.checkupId, table.n] })],
);
