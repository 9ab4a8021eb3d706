import type { InhibitionRule, LifeSettings, ServiceWindow } from '@anmai/alarms';
import { integer, jsonb, pgTable, text } from 'drizzle-orm/pg-core';
import { instant } from './columns';

const validity = <T>() => ({
  id: text('id').notNull(),
  version: integer('version').notNull(),
  /** Whose it is; null: of the program. */
  orgId: text('org_id'),
  body: jsonb('body').$type<T>().notNull(),
  validFrom: instant('valid_from').notNull(),
  /** Null: in force. */
  validTo: instant('valid_to'),
  actor: text('actor').notNull(),
});

export const inhibitionTable = pgTable('inhibition_rule', validity<InhibitionRule>());
export const serviceWindowTable = pgTable('service_window', validity<ServiceWindow>());

export const lifeSettingsTable = pgTable('life_settings', {
  version: integer('version').primaryKey(),
  body: jsonb('body').$type<LifeSettings>().notNull(),
  validFrom: instant('valid_from').notNull(),
  actor: text('actor').notNull(),
});
