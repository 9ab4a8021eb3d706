import type {
  AlarmCondition,
  Box,
  DeadlineKind,
  Disposal,
  DisposalStage,
  FamilyId,
  IncidentChangeKind,
  IncidentSummary,
  OverdueStep,
  ProbableCause,
  StepKind,
} from '@anmai/alarms';
import { bigint, boolean, integer, jsonb, pgTable, primaryKey, smallint, text } from 'drizzle-orm/pg-core';
import { instant } from './columns';

export const incidentTable = pgTable('incident', {
  id: text('id').primaryKey(),
  familyId: text('family_id').$type<FamilyId>().notNull(),
  isCatchAll: boolean('is_catch_all').notNull(),
  /** Rank: 1 blue … 4 red. */
  severity: smallint('severity').notNull(),
  peak: smallint('peak').notNull(),
  condition: text('condition').$type<AlarmCondition>().notNull(),
  stage: text('stage').$type<DisposalStage>().notNull(),
  alarmCount: integer('alarm_count').notNull(),
  openCount: integer('open_count').notNull(),
  blindCount: integer('blind_count').notNull(),
  assetCount: integer('asset_count').notNull(),
  population: bigint('population', { mode: 'number' }),
  box: jsonb('box').$type<Box>(),
  cause: jsonb('cause').$type<ProbableCause>(),
  onsetAt: instant('onset_at').notNull(),
  openedAt: instant('opened_at').notNull(),
  changedAt: instant('changed_at').notNull(),
  releasedAt: instant('released_at'),
  archivedAt: instant('archived_at'),
  mergedInto: text('merged_into'),
  lastN: integer('last_n').notNull(),
  orgIds: text('org_ids').array().notNull().default([]),
  disposal: jsonb('disposal').$type<Disposal>().notNull(),
});

export const incidentChangeTable = pgTable('incident_change', {
  id: text('id').primaryKey(),
  incidentId: text('incident_id').notNull(),
  n: integer('n').notNull(),
  kind: text('kind').$type<IncidentChangeKind>().notNull(),
  familyId: text('family_id').$type<FamilyId>().notNull(),
  isCatchAll: boolean('is_catch_all').notNull(),
  at: instant('at').notNull(),
  noticedAt: instant('noticed_at').notNull(),
  alarmId: text('alarm_id'),
  otherId: text('other_id'),
  cause: jsonb('cause').$type<ProbableCause>(),
  summary: jsonb('summary').$type<IncidentSummary>().notNull(),
});

export const incidentAlarmTable = pgTable('incident_alarm', {
  alarmId: text('alarm_id').primaryKey(),
  incidentId: text('incident_id').notNull(),
});

export const incidentStepTable = pgTable('incident_step', {
  id: text('id').primaryKey(),
  incidentId: text('incident_id').notNull(),
  kind: text('kind').$type<StepKind>().notNull(),
  actor: text('actor'),
  at: instant('at').notNull(),
  payload: jsonb('payload').notNull(),
});

export const incidentOverdueTable = pgTable(
  'incident_overdue',
  {
    incidentId: text('incident_id').notNull(),
    kind: text('kind').$type<DeadlineKind>().notNull(),
    taskId: text('task_id').notNull(),
    dueAt: instant('due_at').notNull(),
    escalateTo: text('escalate_to').$type<OverdueStep['escalateTo']>().notNull(),
    noticedAt: instant('noticed_at').notNull(),
  },
  table => [
    primaryKey({ columns: [table.incidentId, table.kind, table.taskId, table.dueAt, table.escalateTo] }),
  ],
);
