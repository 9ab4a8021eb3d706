import { z } from 'zod';
import { assetSchema, deviceSchema, orgSchema, sensorSchema } from './registry.schema';
import { idSchema } from './text.schema';

/** Rows of one import at most, all lists together. */
export const IMPORT_ROWS_HTTP_MAX = 50_000;

export const IMPORT_LISTS = ['orgs', 'assets', 'devices', 'sensors'] as const;
export type ImportListName = (typeof IMPORT_LISTS)[number];

// An import can be sent twice, so every row says which thing it means.
const withId = { id: idSchema };
export const importRowSchemas = {
  orgs: orgSchema.extend(withId),
  assets: assetSchema.extend(withId),
  devices: deviceSchema.extend(withId),
  sensors: sensorSchema.safeExtend(withId),
} as const;

const rows = z.array(z.unknown()).default([]);
/** Shape of the body alone; each row is then checked by its own schema, so that all faults are found. */
export const importSchema = z.strictObject({ orgs: rows, assets: rows, devices: rows, sensors: rows });
