import { z } from 'zod';
import { conversionFor, describeUnitError, findAssetKind, findQuantity, findUnit } from '@anmai/catalog';
import { idSchema, nameSchema, propertiesSchema } from './text.schema';

export const POSITIONS_MAX = 5_000;
export const LINKS_MAX = 200;
/** A sensor that reports less often than once in 31 days is a check-up, not a sensor. */
export const EXPECTED_EVERY_SECONDS_MAX = 31 * 86_400;

const position = z
  .tuple([z.number().min(-180).max(180), z.number().min(-90).max(90)])
  .rest(z.number())
  .refine(p => p.length <= 3, 'longitude, latitude and at most a height');
const ring = z
  .array(position)
  .min(4)
  .max(POSITIONS_MAX)
  .refine(r => {
    const last = r.at(-1);
    return last !== undefined && r[0]?.[0] === last[0] && r[0]?.[1] === last[1];
  }, 'a ring ends where it starts');

/** GeoJSON, longitude first, WGS 84. */
export const geometrySchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('Point'), coordinates: position }),
  z.strictObject({ type: z.literal('LineString'), coordinates: z.array(position).min(2).max(POSITIONS_MAX) }),
  z.strictObject({ type: z.literal('Polygon'), coordinates: z.array(ring).min(1).max(50) }),
]);

const nullableId = idSchema.nullable().default(null);

export const orgSchema = z.strictObject({ id: idSchema.optional(), name: nameSchema, parentId: nullableId });

export const assetSchema = z.strictObject({
  id: idSchema.optional(),
  kind: z
    .string()
    .max(64)
    .refine(kind => findAssetKind(kind) !== null, {
      error: issue => `kind "${String(issue.input)}" is not known; see the list in /api/docs`,
    }),
  name: nameSchema,
  geometry: geometrySchema.nullable().default(null),
  parentId: nullableId,
  orgId: idSchema,
  links: z.array(idSchema).max(LINKS_MAX).default([]),
  properties: propertiesSchema.default({}),
});

export const deviceSchema = z.strictObject({
  id: idSchema.optional(),
  name: nameSchema.optional().meta({ description: 'The id when left out.' }),
  assetId: nullableId,
  model: nameSchema.nullable().default(null),
});

/** MQTT names such as `ch4` or `urn:dev:mac:0024befffe804ff1_temp`. */
const channelSchema = z
  .string()
  .min(1)
  .max(128)
  .refine(text => !/[\u0000-\u001f\u007f]/.test(text), 'must not hold control characters');

const rangeSchema = z
  .strictObject({ min: z.number(), max: z.number() })
  .refine(r => r.min < r.max, { message: '`min` must be below `max`', path: ['min'] });

const quantitySchema = z.string().refine(id => findQuantity(id) !== null, {
  error: issue => `quantity "${String(issue.input)}" is not known; see the list in /api/docs`,
});
export const unitSchema = z.string().refine(unit => findUnit(unit) !== null, {
  error: issue => `unit "${String(issue.input)}" is not known; see the list in /api/docs`,
});

const sensorFields = {
  channel: channelSchema,
  quantity: quantitySchema,
  unit: unitSchema,
  expectedEverySeconds: z.number().positive().max(EXPECTED_EVERY_SECONDS_MAX),
  range: rangeSchema.nullable().default(null),
};

/** Why a unit cannot be that of a quantity, or null. Unknown ones are someone else's fault to report. */
export function unitFault(quantityId: string, unit: string): string | null {
  const quantity = findQuantity(quantityId);
  if (quantity === null || findUnit(unit) === null) return null;
  const conversion = conversionFor(quantity, unit, quantity.unit);
  if (conversion.ok || quantity.id === 'generic.value') return null;
  return `does not fit ${quantity.id} (such as ${quantity.unit}): ${describeUnitError(conversion.error)}`;
}

type Fitted = { quantity: string; unit: string };
const unitFits = (value: Fitted, ctx: z.core.$RefinementCtx<Fitted>): void => {
  const fault = unitFault(value.quantity, value.unit);
  if (fault !== null) ctx.addIssue({ code: 'custom', path: ['unit'], message: fault, input: value.unit });
};

export const sensorSchema = z
  .strictObject({
    id: idSchema.optional(),
    name: nameSchema.optional().meta({ description: 'The id when left out.' }),
    assetId: idSchema,
    deviceId: idSchema,
    ...sensorFields,
  })
  .superRefine(unitFits);

/** POST /devices/{id}/credentials: nothing, or the access token of a device that knows no password. */
export const ACCESS_TOKEN_CHARS_MIN = 20;
export const newCredentialSchema = z
  .strictObject({
    accessToken: z
      .string()
      .regex(/^[\w-]{20,64}$/, `${ACCESS_TOKEN_CHARS_MIN} to 64 of a-z, A-Z, 0-9, underscore and hyphen`)
      .optional()
      .meta({ description: 'Becomes the user name, with an empty password: what ThingsBoard devices send.' }),
  })
  .nullish()
  .transform(body => body ?? {});

export const COMMAND_CHARS_MAX = 16_384;
/** POST /devices/{id}/commands: what the device gets, as it is. */
export const commandSchema = z
  .record(z.string().max(200), z.json())
  .refine(
    command => JSON.stringify(command).length <= COMMAND_CHARS_MAX,
    `at most ${COMMAND_CHARS_MAX} characters of JSON`,
  );

/** POST /quarantine/{id}/adopt: the asset that the unknown device belongs to, and what its channels measure. */
export const adoptSchema = z.strictObject({
  assetId: idSchema,
  name: nameSchema.optional(),
  sensors: z
    .array(z.strictObject({ id: idSchema.optional(), ...sensorFields }).superRefine(unitFits))
    .max(100)
    .refine(list => new Set(list.map(s => s.channel)).size === list.length, 'each channel at most once')
    .default([]),
});
