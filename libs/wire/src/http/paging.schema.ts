import { z } from 'zod';
import { idSchema, instantSchema } from './text.schema';

export const PAGE_LIMIT_DEFAULT = 100;
export const PAGE_LIMIT_MAX = 1_000;
export const READINGS_LIMIT_DEFAULT = 10_000;
export const READINGS_LIMIT_MAX = 50_000;
export const SERIES_POINTS_DEFAULT = 1_000;
export const SERIES_POINTS_MAX = 5_000;
/** Sensors that one live stream may ask for. */
export const LIVE_SENSORS_MAX = 200;

/** A whole number in a query string. */
export const countParam = (min: number, max: number, standard: number) =>
  z
    .union([z.int(), z.string().regex(/^\d{1,9}$/, 'must be a whole number')])
    .default(standard)
    .transform(Number)
    .pipe(z.int().min(min).max(max))
    .meta({ description: `Whole number, ${min} to ${max}; ${standard} when left out.` });

const paging = {
  limit: countParam(1, PAGE_LIMIT_MAX, PAGE_LIMIT_DEFAULT),
  cursor: z.string().min(1).max(512).optional().meta({ description: '`nextCursor` of the page before.' }),
};
const q = z.string().trim().min(1).max(100).optional().meta({ description: 'Part of the id or the name.' });
const id = idSchema.optional();

export const pageQuery = z.strictObject(paging);
export const orgQuery = pageQuery;
export const userQuery = z.strictObject({ ...paging, q });
export const assetQuery = z.strictObject({
  ...paging,
  q,
  kind: z.string().max(64).optional(),
  orgId: id,
  parentId: id,
  watched: z
    .stringbool()
    .optional()
    .meta({ description: 'true: without buildings that have no sensor; false: those alone.' }),
});
export const deviceQuery = z.strictObject({ ...paging, q, assetId: id });
export const sensorQuery = z.strictObject({
  ...paging,
  q,
  assetId: id,
  deviceId: id,
  quantity: z.string().max(64).optional(),
});
export const ruleQuery = z.strictObject({ ...paging, q });
export const quarantineQuery = z.strictObject({
  ...paging,
  deviceId: id,
  reason: z.string().max(64).optional(),
  adopted: z.stringbool().optional(),
});

const inOrder = { message: '`from` must be before `to`', path: ['from'] };
const isInOrder = (w: { from?: number | undefined; to?: number | undefined }): boolean =>
  w.from === undefined || w.to === undefined || w.from < w.to;

export const ALARM_STATES = [
  'open',
  'active',
  'blind',
  'cleared',
  'closed',
  'all',
  'shelved',
  'suppressed',
  'outOfService',
] as const;
export const alarmQuery = z
  .strictObject({
    ...paging,
    state: z.enum(ALARM_STATES).default('all'),
    severity: z.enum(['blue', 'yellow', 'orange', 'red']).optional(),
    asset: id,
    sensor: id,
    rule: id,
    incident: id,
    from: instantSchema.optional(),
    to: instantSchema.optional(),
  })
  .refine(isInOrder, inOrder);

export const readingsQuery = z
  .strictObject({
    from: instantSchema.optional(),
    to: instantSchema.optional(),
    limit: countParam(1, READINGS_LIMIT_MAX, READINGS_LIMIT_DEFAULT),
  })
  .refine(isInOrder, inOrder);

export const seriesQuery = z
  .strictObject({
    from: instantSchema.optional(),
    to: instantSchema.optional(),
    points: countParam(4, SERIES_POINTS_MAX, SERIES_POINTS_DEFAULT),
  })
  .refine(isInOrder, inOrder);

export const liveQuery = z.strictObject({
  sensors: z
    .string()
    .max(LIVE_SENSORS_MAX * 65)
    .default('')
    .transform(text => text.split(',').filter(part => part !== ''))
    .pipe(z.array(idSchema).max(LIVE_SENSORS_MAX))
    .meta({ description: 'Ids, separated by commas: whose readings are wanted.' }),
});
