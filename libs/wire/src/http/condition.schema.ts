import { z } from 'zod';
import { HOLD_SECONDS_MAX, limitedFields, severitySchema } from './limit.schema';

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

const CONDITIONS = [threshold, flatLine, quality, noData] as const;
const TYPES = CONDITIONS.map(condition => condition.shape.type.value).join(', ');

/** By `type`. Strict: a misspelt field is a fault, since a rule that means less than it says is a danger. */
export const conditionSchema = z.discriminatedUnion('type', CONDITIONS, {
  error: issue => (issue.code === 'invalid_union' ? `\`type\` must be one of ${TYPES}` : undefined),
});
