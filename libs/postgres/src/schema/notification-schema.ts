import type { Contact, EntryState, Held, Language, Notice, PlanGap, Quiet, Rota, Route } from '@anmai/notify';
import { bigint, integer, jsonb, pgTable, smallint, text } from 'drizzle-orm/pg-core';
import { instant } from './columns';

export const notificationTable = pgTable('notification', {
  key: text('key').primaryKey(),
  seq: bigint('seq', { mode: 'number' }).notNull(),
  subjectId: text('subject_id').notNull(),
  kind: text('kind').$type<Notice['kind']>().notNull(),
  /** Rank: 1 blue … 4 red. */
  severity: smallint('severity').notNull(),
  recipientId: text('recipient_id').notNull(),
  channel: text('channel').notNull(),
  address: text('address').notNull(),
  language: text('language').$type<Language>().notNull(),
  held: text('held').$type<Held>(),
  notBefore: instant('not_before').notNull(),
  notice: jsonb('notice').$type<Notice>().notNull(),
  state: text('state').$type<EntryState>().notNull(),
  attempts: integer('attempts').notNull(),
  parcelId: text('parcel_id'),
  addedAt: instant('added_at').notNull(),
  nextAttemptAt: instant('next_attempt_at').notNull(),
  sentAt: instant('sent_at'),
  reason: text('reason'),
  lease: text('lease'),
  leaseUntil: instant('lease_until'),
});

export const notifyContactTable = pgTable('notify_contact', {
  username: text('username').primaryKey(),
  language: text('language').$type<Language>().notNull(),
  contacts: jsonb('contacts').$type<readonly Contact[]>().notNull(),
  quiet: jsonb('quiet').$type<readonly Quiet[]>().notNull(),
  version: integer('version').notNull(),
});

export const notifyRouteTable = pgTable('notify_route', {
  id: text('id').primaryKey(),
  orgId: text('org_id').notNull(),
  place: integer('place').notNull(),
  route: jsonb('route').$type<Route>().notNull(),
});

export const notifyRotaTable = pgTable('notify_rota', {
  id: text('id').primaryKey(),
  orgId: text('org_id').notNull(),
  place: integer('place').notNull(),
  rota: jsonb('rota').$type<Rota>().notNull(),
});

export const notifyListTable = pgTable('notify_list', {
  name: text('name').primaryKey(),
  version: integer('version').notNull(),
  fallback: text('fallback'),
});

export const untoldChangeTable = pgTable('untold_change', {
  seq: bigint('seq', { mode: 'number' }).primaryKey(),
  changeId: text('change_id').notNull(),
});

export const untoldIncidentTable = pgTable('untold_incident', {
  seq: bigint('seq', { mode: 'number' }).primaryKey(),
  incidentId: text('incident_id').notNull(),
  source: text('source').$type<'change' | 'step' | 'overdue'>().notNull(),
  sourceId: text('source_id').notNull(),
  overdue: jsonb('overdue'),
});

export const notifyGapTable = pgTable('notify_gap', {
  seq: bigint('seq', { mode: 'number' }).primaryKey(),
  at: instant('at').notNull(),
  changeId: text('change_id').notNull(),
  alarmId: text('alarm_id'),
  incidentId: text('incident_id'),
  orgPath: text('org_path').array().notNull(),
  reason: text('reason').$type<PlanGap['reason']>().notNull(),
  recipientId: text('recipient_id').notNull(),
  orgId: text('org_id').notNull().default(''),
});
