import type { AlarmCondition, ChangeKind, Evidence, OperatorAction } from '@anmai/alarms';
import { bigint, integer, jsonb, pgTable, smallint, text } from 'drizzle-orm/pg-core';
import { instant } from './columns';

export const alarmTable = pgTable('alarm', {
  id: text('id').primaryKey(),
  ruleId: text('rule_id').notNull(),
  ruleVersion: integer('rule_version').notNull(),
  sensorId: text('sensor_id').notNull(),
  assetId: text('asset_id').notNull(),
  orgId: text('org_id'),
  /** Rank: 1 blue … 4 red. */
  severity: smallint('severity').notNull(),
  condition: text('condition').$type<AlarmCondition>().notNull(),
  onsetAt: instant('onset_at').notNull(),
  raisedAt: instant('raised_at').notNull(),
  clearedAt: instant('cleared_at'),
  closedAt: instant('closed_at'),
  lastN: integer('last_n').notNull(),
  raisedN: integer('raised_n').notNull(),
  ackedN: integer('acked_n').notNull().default(0),
  ackedAt: instant('acked_at'),
  evidence: jsonb('evidence').$type<Evidence>().notNull(),
});

export const alarmChangeTable = pgTable('alarm_change', {
  id: text('id').primaryKey(),
  alarmId: text('alarm_id').notNull(),
  n: integer('n').notNull(),
  kind: text('kind').$type<ChangeKind>().notNull(),
  at: instant('at').notNull(),
  noticedAt: instant('noticed_at').notNull(),
  ruleId: text('rule_id').notNull(),
  ruleVersion: integer('rule_version').notNull(),
  sensorId: text('sensor_id').notNull(),
  assetId: text('asset_id').notNull(),
  onsetAt: instant('onset_at').notNull(),
  severity: smallint('severity').notNull(),
  reason: text('reason').notNull(),
  evidence: jsonb('evidence').$type<Evidence>().notNull(),
});

export const alarmActionTable = pgTable('alarm_action', {
  id: text('id').primaryKey(),
  alarmId: text('alarm_id').notNull(),
  kind: text('kind').$type<OperatorAction['kind']>().notNull(),
  actor: text('actor').notNull(),
  at: instant('at').notNull(),
  note: text('note'),
  seenN: integer('seen_n').notNull(),
});

export const positionTable = pgTable('monitor_position', {
  monitor: text('monitor').primaryKey(),
  seq: bigint('seq', { mode: 'number' }).notNull(),
});
