import { z } from 'zod';
import { HOLD_SAMPLES_MAX } from '@anmai/alarms';
import { COMPANIONS_MAX } from '@anmai/trend';
import { severityRank } from '@anmai/catalog';
import { unitSchema } from './registry.schema';
import { idSchema, nameSchema, noteSchema } from './text.schema';

/** One level for each severity at most, on each side. */
export const LIMITS_MAX = 8;
export const HOLD_SECONDS_MAX = 31 * 86_400;

const isoDate = z.iso.date('must be a date such as 2027-06-30');

export const limitSourceSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('standard'), ref: nameSchema, clause: nameSchema }),
  z.strictObject({ kind: z.literal('engineer'), name: nameSchema, signedOn: isoDate }),
  z.strictObject({ kind: z.literal('assumption'), why: noteSchema, reviewBy: isoDate }),
]);

export const severitySchema = z.enum(['blue', 'yellow', 'orange', 'red']);

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

/** What every condition with limits has. `limits`: a worse severity takes a farther limit. */
export const limitedFields = {
  limits: z
    .array(limitSchema)
    .min(1, 'give at least one limit')
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
  companions: z
    .array(
      z.union([
        z.strictObject({ sensorId: idSchema }),
        z.strictObject({ quantity: z.string().min(1).max(64) }),
      ]),
    )
    .min(1)
    .max(COMPANIONS_MAX)
    .optional(),
};
