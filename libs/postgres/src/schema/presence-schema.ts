import { boolean, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import { instant } from './columns';

export const devicePresenceTable = pgTable(
  'device_presence',
  {
    deviceId: text('device_id').notNull(),
    at: instant('at').notNull(),
    orgId: text('org_id'),
    /** null: nothing is expected of it any more. */
    isOnline: boolean('is_online'),
  },
  table => [primaryKey({ columns: [table.deviceId, table.at] })],
);

export const watchSpanTable = pgTable('watch_span', {
  fromAt: instant('from_at').primaryKey(),
  toAt: instant('to_at').notNull(),
});
