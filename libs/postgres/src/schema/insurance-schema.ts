import { integer, jsonb, pgTable, text } from 'drizzle-orm/pg-core';
import type { ClaimState, ClaimTrigger, PatrolKind, ProductKind } from '@anmai/lifecycle';
import type { ClaimBody, PolicyBody } from '../repositories/insurance-rows';
import { instant } from './columns';

export const insurancePolicyTable = pgTable('insurance_policy', {
  id: text('id').primaryKey(),
  orgId: text('org_id').notNull(),
  kind: text('kind').$type<ProductKind>().notNull(),
  startsAt: instant('starts_at').notNull(),
  endsAt: instant('ends_at').notNull(),
  body: jsonb('body').$type<PolicyBody>().notNull(),
  version: integer('version').notNull().default(1),
});

export const insurancePatrolTable = pgTable('insurance_patrol', {
  id: text('id').primaryKey(),
  policyId: text('policy_id').notNull(),
  buildingId: text('building_id').notNull(),
  kind: text('kind').$type<PatrolKind>().notNull(),
  at: instant('at').notNull(),
  doneBy: text('done_by').notNull(),
  findings: text('findings').notNull(),
  actor: text('actor').notNull(),
  writtenAt: instant('written_at').notNull(),
});

export const insuranceClaimTable = pgTable('insurance_claim', {
  id: text('id').primaryKey(),
  policyId: text('policy_id').notNull(),
  buildingId: text('building_id').notNull(),
  trigger: text('trigger').$type<ClaimTrigger>().notNull(),
  state: text('state').$type<ClaimState>().notNull(),
  happenedAt: instant('happened_at').notNull(),
  reportedAt: instant('reported_at').notNull(),
  body: jsonb('body').$type<ClaimBody>().notNull(),
  version: integer('version').notNull().default(1),
});
