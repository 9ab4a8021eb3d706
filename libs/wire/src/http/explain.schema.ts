import { z } from 'zod';
import { ruleReply } from './reply.schema';
import { severitySchema } from './limit.schema';

const iso = z.iso.datetime();
const border = z.number().nullable();

/** GET /alarms/{id}/explain: the rule version that raised it, run again over stored readings around the raise. */
export const explainReply = z.object({
  /** In the version that raised the alarm. */
  rule: ruleReply,
  /** null: the rule has no trace; `reason` says why. */
  trace: z
    .object({
      /** Of `derived` and of the limits. */
      unit: z.string(),
      /** Mildest first. */
      limits: z.array(
        z.object({
          severity: severitySchema,
          above: border,
          clearBelow: border,
          below: border,
          clearAbove: border,
        }),
      ),
      /** Ascending, at most 2,000. */
      rows: z.array(
        z.object({
          at: iso,
          /** false: time passed without a reading; the limits as they stood then. */
          isReading: z.boolean(),
          value: z.number().nullable(),
          quality: z.union([z.literal(1), z.literal(2), z.literal(3), z.literal(4), z.literal(9)]),
          /** What the limits are on; null: it could not be told. */
          derived: z.number().nullable(),
          /** The rule still learned what is usual. */
          isLearning: z.boolean(),
          /** The reading could not be used. */
          blind: z.boolean(),
          /** In the order of `limits`. */
          limits: z.array(z.object({ met: z.boolean(), pendingSince: iso.nullable(), on: z.boolean() })),
        }),
      ),
      /** Rows far from the raise were left out, those with the smallest and largest value of each stretch excepted. */
      decimated: z.boolean(),
      /** Readings that were judged again. */
      readings: z.int(),
      /** Where this replay raised, nearest to the alarm's raise; null: nowhere, since it began later than the rule. */
      raisedAt: iso.nullable(),
    })
    .nullable(),
  reason: z.string().nullable(),
  /** The replay begins so long before the raise, without what the rule had learned before. */
  leadInSeconds: z.number(),
  /** The lead-in is shorter than what the rule looks back on: the window holds too many readings. */
  truncated: z.boolean(),
});
export type ExplainReply = z.infer<typeof explainReply>;
