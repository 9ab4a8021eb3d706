import { integer, jsonb, pgTable, primaryKey, smallint, text } from 'drizzle-orm/pg-core';
import type {
  Appraisal,
  BuildingGrade,
  CallOutcome,
  DutyPerson,
  Handling,
  Hazard,
  HazardHead,
  HazardLevel,
  HazardRung,
  HazardSource,
  HazardStage,
  HazardStepKind,
  HazardTerms,
  TermKind,
  WatchPlan,
} from '@anmai/lifecycle';
import { instant } from './columns';

export const appraisalTable = pgTable('appraisal', {
  id: text('id').primaryKey(),
  buildingId: text('building_id').notNull(),
  agency: text('agency').notNull(),
  reportNumber: text('report_number').notNull(),
  reportedAt: instant('reported_at').notNull(),
  grade: text('grade').$type<BuildingGrade>().notNull(),
  handling: text('handling').$type<Handling>(),
  replacesId: text('replaces_id'),
  filedBy: text('filed_by').notNull(),
  filedAt: instant('filed_at').notNull(),
  body: jsonb('body').$type<Appraisal>().notNull(),
});

export const hazardTable = pgTable('hazard', {
  id: text('id').primaryKey(),
  buildingId: text('building_id').notNull(),
  source: text('source').$type<HazardSource>().notNull(),
  sourceId: text('source_id'),
  level: text('level').$type<HazardLevel>(),
  stage: text('stage').$type<HazardStage>().notNull(),
  orgId: text('org_id'),
  foundAt: instant('found_at').notNull(),
  closedAt: instant('closed_at'),
  changedAt: instant('changed_at').notNull(),
  dueAt: instant('due_at'),
  lastN: integer('last_n').notNull(),
  head: jsonb('head').$type<HazardHead>().notNull(),
  state: jsonb('state').$type<Hazard>().notNull(),
});

export const hazardStepTable = pgTable('hazard_step', {
  id: text('id').primaryKey(),
  hazardId: text('hazard_id').notNull(),
  n: integer('n').notNull(),
  kind: text('kind').$type<HazardStepKind>().notNull(),
  actor: text('actor').notNull(),
  at: instant('at').notNull(),
  payload: jsonb('payload').$type<unknown>().notNull(),
});

export const hazardOverdueTable = pgTable(
  'hazard_overdue',
  {
    hazardId: text('hazard_id').notNull(),
    kind: text('kind').$type<TermKind>().notNull(),
    dueAt: instant('due_at').notNull(),
    escalateTo: text('escalate_to').$type<HazardRung>().notNull(),
    noticedAt: instant('noticed_at').notNull(),
  },
  table => [primaryKey({ columns: [table.hazardId, table.kind, table.dueAt, table.escalateTo] })],
);

export const hazardTermsTable = pgTable('hazard_terms', {
  version: integer('version').primaryKey(),
  body: jsonb('body').$type<HazardTerms>().notNull(),
  actor: text('actor').notNull(),
  at: instant('at').notNull(),
});

export const watchPlanTable = pgTable('watch_plan', {
  id: text('id').primaryKey(),
  buildingId: text('building_id').notNull(),
  grade: text('grade').$type<'C' | 'D'>().notNull(),
  startedAt: instant('started_at').notNull(),
  endedAt: instant('ended_at'),
  version: integer('version').notNull().default(1),
  body: jsonb('body').$type<WatchPlan>().notNull(),
});

export const dutyRoundTable = pgTable('duty_round', {
  id: text('id').primaryKey(),
  planId: text('plan_id').notNull(),
  buildingId: text('building_id').notNull(),
  alarmId: text('alarm_id').notNull(),
  startedAt: instant('started_at').notNull(),
  confirmBy: instant('confirm_by').notNull(),
  people: jsonb('people').$type<readonly DutyPerson[]>().notNull(),
  stoodDownAt: instant('stood_down_at'),
  stoodDownBy: text('stood_down_by'),
  stoodDownNote: text('stood_down_note').notNull().default(''),
});

export const dutyCallTable = pgTable('duty_call', {
  id: text('id').primaryKey(),
  roundId: text('round_id').notNull(),
  personId: text('person_id').notNull(),
  at: instant('at').notNull(),
  actor: text('actor').notNull(),
  outcome: text('outcome').$type<CallOutcome>().notNull(),
  note: text('note').notNull(),
});

export const checkupDemandTable = pgTable('checkup_demand', {
  id: text('id').primaryKey(),
  buildingId: text('building_id').notNull(),
  cause: text('cause').notNull(),
  severity: smallint('severity'),
  alarmIds: text('alarm_ids').array().notNull().default([]),
  reason: text('reason').notNull(),
  demandedAt: instant('demanded_at').notNull(),
  demandedBy: text('demanded_by').notNull(),
  checkupId: text('checkup_id'),
  metAt: instant('met_at'),
});
