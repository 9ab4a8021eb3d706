import { date, integer, jsonb, pgTable, text } from 'drizzle-orm/pg-core';
import { instant } from './columns';

/* Rules, forms, agencies and due dates of check-ups; their repositories speak plain SQL over whole sets of buildings. */

const day = (name: string) => date(name, { mode: 'string' });

export const checkupRuleSetTable = pgTable('checkup_rule_set', {
  id: text('id').notNull(),
  version: integer('version').notNull(),
  body: jsonb('body').notNull(),
  at: instant('at').notNull(),
  actor: text('actor').notNull(),
});

export const checkupFormTable = pgTable('checkup_form', {
  id: text('id').notNull(),
  version: integer('version').notNull(),
  family: text('family').notNull(),
  body: jsonb('body').notNull(),
  at: instant('at').notNull(),
  actor: text('actor').notNull(),
});

export const checkupRegimeTable = pgTable('checkup_regime', {
  orgId: text('org_id').notNull(),
  fromDate: day('from_date').notNull(),
  ruleSetId: text('rule_set_id').notNull(),
  ruleSetVersion: integer('rule_set_version').notNull(),
});

export const checkupAgencyTable = pgTable('checkup_agency', {
  id: text('id').notNull(),
  orgId: text('org_id').notNull(),
  name: text('name').notNull(),
  body: jsonb('body').notNull(),
  version: integer('version').notNull().default(1),
});

export const checkupRoundTable = pgTable('checkup_round', {
  id: text('id').notNull(),
  orgId: text('org_id').notNull(),
  name: text('name').notNull(),
  year: integer('year').notNull(),
  body: jsonb('body').notNull(),
  version: integer('version').notNull().default(1),
});

export const checkupDueTable = pgTable('checkup_due', {
  buildingId: text('building_id').notNull(),
  orgId: text('org_id').notNull(),
  district: text('district').notNull(),
  street: text('street').notNull(),
  kind: text('kind').notNull(),
  soonFrom: day('soon_from'),
  dueFrom: day('due_from'),
  dueOn: day('due_on'),
  coveredFrom: day('covered_from'),
  lastOn: day('last_on'),
  computedOn: day('computed_on').notNull(),
  body: jsonb('body').notNull(),
});

export const checkupDueDirtyTable = pgTable('checkup_due_dirty', {
  buildingId: text('building_id').notNull(),
});

export const checkupCalendarTable = pgTable('checkup_calendar', {
  tokenHash: text('token_hash').notNull(),
  username: text('username').notNull(),
  agencyId: text('agency_id'),
  madeAt: instant('made_at').notNull(),
  revokedAt: instant('revoked_at'),
});
