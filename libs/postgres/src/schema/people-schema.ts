import { boolean, integer, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import type { Role } from '@anmai/wire';
import { instant } from './columns';

export const userTable = pgTable('app_user', {
  username: text('username').primaryKey(),
  displayName: text('display_name').notNull(),
  role: text('role').$type<Role>().notNull(),
  orgId: text('org_id').notNull(),
  passwordHash: text('password_hash').notNull(),
  disabled: boolean('disabled').notNull().default(false),
  failedLogins: integer('failed_logins').notNull().default(0),
  lockedUntil: instant('locked_until'),
  createdAt: instant('created_at').notNull(),
  version: integer('version').notNull().default(1),
});

export const refreshTokenTable = pgTable('refresh_token', {
  hash: text('hash').primaryKey(),
  family: text('family').notNull(),
  username: text('username').notNull(),
  expiresAt: instant('expires_at').notNull(),
  usedAt: instant('used_at'),
  revokedAt: instant('revoked_at'),
});

export const idempotencyTable = pgTable(
  'idempotency',
  {
    actor: text('actor').notNull(),
    key: text('key').notNull(),
    route: text('route').notNull(),
    requestHash: text('request_hash').notNull(),
    status: integer('status'),
    body: text('body'),
    createdAt: instant('created_at').notNull(),
  },
  table => [primaryKey({ columns: [table.actor, table.key] })],
);
