import { z } from 'zod';
import { HOLD_SAMPLES_MAX } from '@anmai/alarms';
import { findAssetKind, findQuantity, severityRank } from '@anmai/catalog';
import { idSchema, nameSchema, noteSchema } from './text.schema';
import { unitFault, unitSchema } from './registry.schema';

/** One level for each severity at most, on each side. */
export const LIMITS_MAX = 8;
export const HOLD_SECONDS_MAX = 31 * 86_400;

const isoDate = z.iso.date('must be a date such as 2027-06-30');

export const limitSourceSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('standard'), ref: nameSchema, clause: nameSchema }),
  z.strictObject({ kind: z.literal('engineer'), name: nameSchema, signedOn: isoDate }),
  z.strictObject({ kind: z.literal('assumption'), why: noteSchema, reviewBy: isoDate }),
]);

const severitySchema = z.enum(['blue', 'yellow', 'orange', 'red']);

const holdSchema = z.union([
  z
    .strictObject({
      samples: z.int().min(1).max(HOLD_SAMPLES_MAX),
      of: z.int().min(1).max(HOLD_SAMPLES_MAX).optional(),
    })
    .refine(h => h.of === undefined || h.of >= h.samples, {
      message: '`of` must be at least `samples`',
      path: ['of'],
    }),
  z.strictObject({ seconds: z.number().min(0).max(HOLD_SECONDS_MAX) }),
]);

const limitSchema = z
  .strictObject({
    severity: severitySchema,
    above: z.number().optional(),
    clearBelow: z.number().optional(),
    below: z.number().optional(),
    clearAbove: z.number().optional(),
    source: limitSourceSchema.optional(),
  })
  .superRefine((limit, ctx) => {
    const fault = (field: string, message: string): void =>
      void ctx.addIssue({ code: 'custom', path: [field], message, input: limit });
    const { above, below, clearBelow, clearAbove } = limit;
    if (above === undefined && below === undefined) fault('above', 'give `above` or `below`');
    if (clearBelow !== undefined && above === undefined)
      fault('clearBelow', '`clearBelow` goes with `above` only');
    if (clearAbove !== undefined && below === undefined)
      fault('clearAbove', '`clearAbove` goes with `below` only');
    if (above !== undefined && clearBelow !== undefined && clearBelow >= above) {
      fault('clearBelow', `must be below \`above\` (${above}), or the alarm would raise and clear by turns`);
    }
    if (below !== undefined && clearAbove !== undefined && clearAbove <= below) {
      fault('clearAbove', `must be above \`below\` (${below}), or the alarm would raise and clear by turns`);
    }
    if (above !== undefined && below !== undefined && below >= above) {
      fault('below', `must be under \`above\` (${above}), or no value would ever be normal`);
    }
  });
type Limit = z.infer<typeof limitSchema>;

/** A worse severity must take a farther limit, or it could never be told apart from the milder one. */
function orderFaults(
  limits: readonly Limit[],
  side: 'above' | 'below',
): { index: number; message: string }[] {
  const sign = side === 'above' ? 1 : -1;
  const word = side === 'above' ? 'greater' : 'smaller';
  const found = limits.flatMap((limit, index) => {
    const value = limit[side];
    return value === undefined ? [] : [{ index, value, severity: limit.severity }];
  });
  found.sort((a, b) => severityRank(a.severity) - severityRank(b.severity));
  return found.flatMap((worse, i) => {
    const milder = found[i - 1];
    if (milder === undefined) return [];
    if (milder.severity === worse.severity) {
      return [{ index: worse.index, message: `${worse.severity} is given twice on the side \`${side}\`` }];
    }
    if (sign * worse.value > sign * milder.value) return [];
    const message = `must be ${word} than ${milder.value}, the limit of ${milder.severity}`;
    return [{ index: worse.index, message: `${worse.severity} ${message}` }];
  });
}

const thresholdSchema = z.strictObject({
  type: z.literal('threshold'),
  limits: z
    .array(limitSchema)
    .min(1, 'a threshold needs at least one limit')
    .max(LIMITS_MAX)
    .superRefine((limits, ctx) => {
      for (const side of ['above', 'below'] as const) {
        for (const { index, message } of orderFaults(limits, side)) {
          ctx.addIssue({ code: 'custom', path: [index, side], message, input: limits });
        }
      }
    }),
  unit: unitSchema.optional(),
  raiseAfter: holdSchema.optional(),
  clearAfter: holdSchema.optional(),
});

const noDataSchema = z.strictObject({
  type: z.literal('noData'),
  after: z.union([
    z.strictObject({ missed: z.number().min(1).max(10_000) }),
    z.strictObject({ seconds: z.number().min(1).max(HOLD_SECONDS_MAX) }),
  ]),
  severity: severitySchema.optional(),
});

const scopeSchema = z.strictObject({
  sensorIds: z.array(idSchema).min(1, 'leave it out to mean every sensor').max(1_000).optional(),
  quantity: z
    .string()
    .refine(id => findQuantity(id) !== null, {
      error: issue => `quantity "${String(issue.input)}" is not known; see the list in /api/docs`,
    })
    .optional(),
  assetKind: z
    .string()
    .refine(id => findAssetKind(id) !== null, {
      error: issue => `kind "${String(issue.input)}" is not known; see the list in /api/docs`,
    })
    .optional(),
  orgId: idSchema.optional(),
  grade: z.enum(['A', 'B', 'C', 'D']).optional(),
});

export const conditionSchema = z.discriminatedUnion('type', [thresholdSchema, noDataSchema], {
  error: issue => (issue.code === 'invalid_union' ? '`type` must be one of threshold, noData' : undefined),
});

/** POST and PUT of a rule. Strict: a misspelt field is a fault, since a rule that means less than it says is a danger. */
export const ruleSchema = z
  .strictObject({
    id: idSchema.optional(),
    name: nameSchema,
    enabled: z.boolean().default(true),
    appliesTo: scopeSchema.default({}),
    condition: conditionSchema,
    source: limitSourceSchema,
  })
  .superRefine((rule, ctx) => {
    const { condition, appliesTo } = rule;
    if (condition.type !== 'threshold' || condition.unit === undefined) return;
    const fault = unitFault(appliesTo.quantity ?? '', condition.unit);
    if (fault === null) return;
    ctx.addIssue({ code: 'custom', path: ['condition', 'unit'], message: fault, input: rule });
  });
