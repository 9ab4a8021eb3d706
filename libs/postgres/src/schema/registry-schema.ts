import type { Rule } from '@anmai/alarms';
import type { Geometry } from '@anmai/catalog';
import { bigint, doublePrecision, integer, jsonb, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import type { RegistryChange } from '../record-shapes';
import { instant } from './columns';

/* What the migrations made, as Drizzle sees it. A test compares both. */

export const orgTable = pgTable('org', {
  id: text('id').primaryKey(),
  name: text('name').notNull(),
  parentId: text('parent_id'),
  path: text('path').array().notNull(),
  version: integer('version').notNull().default(1),
});

export const assetTable = pgTable('asset', {
  id: text('id').primaryKey(),
  kind: text('kind').notNull(),
  name: text('name').notNull(),
  geometry: jsonb('geometry').$type<Geometry>(),
  parentId: text('parent_id'),
  orgId: text('org_id').notNull(),
  links: text('links').array().notNull(),
  properties: jsonb('properties').$type<Readonly<Record<string, unknown>>>().notNull(),
  version: integer('version').notNull().default(1),
});

export const deviceTable = pgTable('device', {
  id: text('id').primaryKey(),
  name: text('name').notNull(),
  assetId: text('asset_id'),
  model: text('model'),
  orgId: text('org_id'),
  version: integer('version').notNull().default(1),
});

export const credentialTable = pgTable('device_credential', {
  username: text('username').primaryKey(),
  secretHash: text('secret_hash').notNull(),
  deviceId: text('device_id').notNull(),
  createdAt: instant('created_at').notNull(),
  revokedAt: instant('revoked_at'),
});

export const sensorTable = pgTable('sensor', {
  id: text('id').primaryKey(),
  name: text('name').notNull(),
  assetId: text('asset_id').notNull(),
  deviceId: text('device_id').notNull(),
  channel: text('channel').notNull(),
  quantity: text('quantity').notNull(),
  unit: text('unit').notNull(),
  expectedEverySeconds: doublePrecision('expected_every_seconds').notNull(),
  range: jsonb('range').$type<{ readonly min: number; readonly max: number }>(),
  version: integer('version').notNull().default(1),
});

export const ruleTable = pgTable('rule', {
  id: text('id').primaryKey(),
  version: integer('version').notNull(),
  name: text('name').notNull(),
  body: jsonb('body').$type<Rule>().notNull(),
  removedAt: instant('removed_at'),
});

export const ruleVersionTable = pgTable(
  'rule_version',
  {
    ruleId: text('rule_id').notNull(),
    version: integer('version').notNull(),
    body: jsonb('body').$type<Rule>().notNull(),
    at: instant('at').notNull(),
    actor: text('actor').notNull(),
  },
  table => [primaryKey({ columns: [table.ruleId, table.version] })],
);

export const outboxTable = pgTable('registry_outbox', {
  version: bigint('version', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
  change: jsonb('change').$type<RegistryChange>().notNull(),
  journaledAt: instant('journaled_at'),
});
