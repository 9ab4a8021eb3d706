import { z } from 'zod';
import { HOLD_SECONDS_MAX, limitedFields, severitySchema } from './limit.schema';
import { idSchema } from './text.schema';

/** Readings that a quality condition may look back on. */
export const QUALITY_READINGS_MAX = 30;

const threshold = z.strictObject({ type: z.literal('threshold'), ...limitedFields });
const flatLine = z.strictObject({
  type: z.literal('flatLine'),
  tolerance: z.number().min(0).default(0),
  ...limitedFields,
});
const quality = z.strictObject({
  type: z.literal('quality'),
  of: z.int().min(1).max(QUALITY_READINGS_MAX).optional(),
  ...limitedFields,
});
const noData = z.strictObject({
  type: z.literal('noData'),
  after: z.union([
    z.strictObject({ missed: z.number().min(1).max(10_000) }),
    z.strictObject({ seconds: z.number().min(1).max(HOLD_SECONDS_MAX) }),
  ]),
  severity: severitySchema.optional(),
});

/** Rules that a composite asks about. */
export const COMPOSITE_PARTS_MAX = 16;
export const COMPOSITE_METERS_MAX = 50_000;
const composite = z
  .strictObject({
    type: z.literal('composite'),
    of: z
      .array(z.strictObject({ ruleId: idSchema, minSeverity: severitySchema.optional() }))
      .min(1)
      .max(COMPOSITE_PARTS_MAX),
    need: z.union([z.enum(['all', 'any']), z.strictObject({ atLeast: z.int().min(1).max(1_000) })]),
    related: z.union([
      z.enum(['sensor', 'asset', 'neighbours']),
      z.strictObject({ withinMeters: z.number().positive().max(COMPOSITE_METERS_MAX) }),
    ]),
    withinSeconds: z.number().min(0).max(HOLD_SECONDS_MAX),
    severity: severitySchema,
  })
  .meta({ description: 'Alarms of other rules that come together in place and time.' });

const CONDITIONS = [threshold, flatLine, quality, noData, composite] as const;
const TYPES = CONDITIONS.map(condition => condition.shape.type.value).join(', ');

/** By `type`. Strict: a misspelt field is a fault, since a rule that means less than it says is a danger. */
export const conditionSchema = z.discriminatedUnion('type', CONDITIONS, {
  error: issue => (issue.code === 'invalid_union' ? `\`type\` must be one of ${TYPES}` : undefined),
});
