import { bigint, jsonb, pgTable, text } from 'drizzle-orm/pg-core';
import { bytes, instant } from './columns';

export const auditTable = pgTable('audit', {
  seq: bigint('seq', { mode: 'number' }).primaryKey(),
  at: instant('at').notNull(),
  actor: text('actor').notNull(),
  action: text('action').notNull(),
  subject: text('subject').notNull(),
  detail: jsonb('detail').$type<unknown>().notNull(),
  prevHash: text('prev_hash').notNull(),
  hash: text('hash').notNull(),
});

export const quarantineTable = pgTable('quarantine', {
  id: text('id').primaryKey(),
  deviceId: text('device_id'),
  topic: text('topic').notNull(),
  reason: text('reason').notNull(),
  detail: text('detail').notNull(),
  payload: bytes('payload').notNull(),
  count: bigint('count', { mode: 'number' }).notNull(),
  firstAt: instant('first_at').notNull(),
  lastAt: instant('last_at').notNull(),
  adoptedAt: instant('adopted_at'),
});

export const counterTable = pgTable('counter', {
  name: text('name').primaryKey(),
  value: bigint('value', { mode: 'number' }).notNull(),
});
