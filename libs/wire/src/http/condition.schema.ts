import { z } from 'zod';
import { HOLD_SECONDS_MAX, limitedFields, severitySchema } from './limit.schema';
import { idSchema } from './text.schema';

/** Longest window of a rate or a forecast, in days: beyond it a trend is meant. */
export const WINDOW_DAYS_MAX = 31;
export const TREND_DAYS_MAX = 3_660;
/** Readings that a quality condition may look back on. */
export const QUALITY_READINGS_MAX = 30;

const per = z.enum(['second', 'minute', 'hour', 'day', 'week', 'month', 'year']);
const direction = z.enum(['up', 'down', 'both']).optional();
/** How far a condition looks back, in one unit of time. */
const windowOf = (daysMax: number) => {
  const amount = (perDay: number) =>
    z
      .number()
      .positive()
      .max(daysMax * perDay);
  return z
    .union([
      z.strictObject({ seconds: amount(86_400) }),
      z.strictObject({ minutes: amount(1_440) }),
      z.strictObject({ hours: amount(24) }),
      z.strictObject({ days: amount(1) }),
    ])
    .optional();
};
const window = windowOf(WINDOW_DAYS_MAX);

const threshold = z.strictObject({ type: z.literal('threshold'), ...limitedFields });
const rate = z.strictObject({ type: z.literal('rate'), per, window, ...limitedFields });
const trend = z.strictObject({
  type: z.literal('trend'),
  per,
  window: windowOf(TREND_DAYS_MAX),
  ...limitedFields,
});
const forecast = z.strictObject({
  type: z.literal('forecast'),
  target: z.union([z.strictObject({ above: z.number() }), z.strictObject({ below: z.number() })]),
  per,
  window,
  ...limitedFields,
});
const changepoint = z.strictObject({ type: z.literal('changepoint'), direction, ...limitedFields });
const baseline = z.strictObject({ type: z.literal('baseline'), direction, ...limitedFields });
const nightFlow = z.strictObject({ type: z.literal('nightFlow'), ...limitedFields });
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
/** Buildings move slowly: the rate may be told a season before the amount. */
export const COMPOSITE_SECONDS_MAX = 400 * 86_400;
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
    withinSeconds: z.number().min(0).max(COMPOSITE_SECONDS_MAX),
    severity: severitySchema,
  })
  .meta({ description: 'Alarms of other rules that come together in place and time.' });

const CONDITIONS = [
  threshold,
  rate,
  trend,
  forecast,
  changepoint,
  baseline,
  nightFlow,
  flatLine,
  quality,
  noData,
  composite,
] as const;
const TYPES = CONDITIONS.map(condition => condition.shape.type.value).join(', ');

/** By `type`. Strict: a misspelt field is a fault, since a rule that means less than it says is a danger. */
export const conditionSchema = z.discriminatedUnion('type', CONDITIONS, {
  error: issue => (issue.code === 'invalid_union' ? `\`type\` must be one of ${TYPES}` : undefined),
});
