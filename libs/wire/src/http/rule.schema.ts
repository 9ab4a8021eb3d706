import { z } from 'zod';
import { findAssetKind, findQuantity } from '@anmai/catalog';
import { conditionSchema } from './condition.schema';
import { limitSourceSchema } from './limit.schema';
import { unitFault } from './registry.schema';
import { idSchema, nameSchema } from './text.schema';

export const scopeSchema = z.strictObject({
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

/** POST and PUT of a rule. Strict: a misspelt field is a fault, since a rule that means less than it says is a danger. */
export const ruleSchema = z
  .strictObject({
    id: idSchema.optional(),
    name: nameSchema,
    enabled: z.boolean().default(true),
    appliesTo: scopeSchema.default({}),
    condition: conditionSchema,
    source: limitSourceSchema,
    latched: z
      .boolean()
      .optional()
      .meta({ description: 'After the return its alarms stay until somebody resets them.' }),
  })
  .superRefine((rule, ctx) => {
    const { condition, appliesTo } = rule;
    if (condition.type === 'composite' && condition.of.some(part => part.ruleId === rule.id)) {
      const message = 'a composite cannot be part of itself';
      ctx.addIssue({ code: 'custom', path: ['condition', 'of'], message, input: rule });
    }
    if (!('unit' in condition) || condition.unit === undefined) return;
    const fault = unitFault(appliesTo.quantity ?? '', condition.unit);
    if (fault === null) return;
    ctx.addIssue({ code: 'custom', path: ['condition', 'unit'], message: fault, input: rule });
  });
