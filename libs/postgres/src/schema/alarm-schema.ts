import type { AlarmCondition, ChangeKind, Evidence, OperatorAction, StateWord, Verdict } from '@anmai/alarms';
import { sql } from 'drizzle-orm';
import { bigint, boolean, integer, jsonb, pgTable, smallint, text } from 'drizzle-orm/pg-core';
import type { StoredLife } from '../life/stored-life';
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
  evidence: jsonb('evidence').$type<Evidence>().notNull(),
  acknowledged: boolean('acknowledged').notNull().default(false),
  state: text('state').$type<StateWord>().notNull().default('UNACK'),
  nextChangeAt: instant('next_change_at'),
  revision: bigint('revision', { mode: 'number' })
    .notNull()
    .default(sql`nextval('alarm_revision_seq')`),
  life: jsonb('life').$type<StoredLife>(),
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
  until: instant('until'),
  verdict: text('verdict').$type<Verdict>(),
  clearReadings: integer('clear_readings'),
});

export const positionTable = pgTable('monitor_position', {
  monitor: text('monitor').primaryKey(),
  seq: bigint('seq', { mode: 'number' }).notNull(),
});
