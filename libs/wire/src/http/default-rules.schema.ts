import { z } from 'zod';
import { DEFAULT_RULES } from '@anmai/alarms';
import { conditionSchema } from './condition.schema';
import type { DefaultRuleShape, DefaultsTakenShape } from './default-rule-shapes';
import { limitSourceSchema } from './limit.schema';
import { ruleReply } from './reply.schema';
import { scopeSchema } from './rule.schema';

const defaultId = z.enum(
  DEFAULT_RULES.map(each => each.id),
  { error: issue => `there is no default rule "${String(issue.input)}"; see GET /rules/defaults` },
);

/** POST /rules/defaults. Without `ids` all of them; a composite brings the rules it asks about with it. */
export const takeDefaultsSchema = z
  .strictObject({
    ids: z.array(defaultId).min(1, 'leave it out to mean all').max(DEFAULT_RULES.length).optional(),
  })
  .nullish()
  .transform(body => body ?? {});
export type TakeDefaults = z.infer<typeof takeDefaultsSchema>;

const defaultRuleReply: z.ZodType<DefaultRuleShape> = z.object({
  id: z.string(),
  name: z.string(),
  nameEn: z.string(),
  appliesTo: scopeSchema,
  condition: conditionSchema,
  source: limitSourceSchema,
  state: z.enum(['inForce', 'missing', 'removed']),
  needs: z.array(z.string()),
});
export const defaultRulesReply: z.ZodType<{ readonly items: readonly DefaultRuleShape[] }> = z.object({
  items: z.array(defaultRuleReply),
});
export const defaultsTakenReply: z.ZodType<DefaultsTakenShape> = z.object({
  created: z.array(ruleReply),
  present: z.array(z.string()),
  refused: z.array(z.object({ id: z.string(), reason: z.string() })),
});
