import { customType } from 'drizzle-orm/pg-core';
import type { Millis } from '@anmai/kernel';
import { fromSqlInstant, toSqlInstant } from '../instants';

/** timestamptz in the table, Millis in the program. */
export const instant = customType<{ data: Millis; driverData: string }>({
  dataType: () => 'timestamptz',
  toDriver: toSqlInstant,
  fromDriver: fromSqlInstant,
});

/** bytea in the table, bytes in the program. */
export const bytes = customType<{ data: Uint8Array; driverData: Buffer }>({
  dataType: () => 'bytea',
  toDriver: value => Buffer.from(value),
  fromDriver: value => new Uint8Array(value),
});
