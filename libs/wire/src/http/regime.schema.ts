import { z } from 'zod';
import { CHECKUP_SCALES, OWNERSHIP_CLASSES, USE_CLASSES, type RegimeRuleSet } from '@anmai/lifecycle';
import { markSchema, wordsSchema } from './checkup-form.schema';
import type { Reply } from './reply-of';
import { idSchema, nameSchema } from './text.schema';

export const RULE_ROWS_MAX = 100;
export const REGIME_CHOICES_MAX = 50;
export const AGENCY_STREETS_MAX = 500;

const years = z.int().min(1).max(200);
const marked = <T extends z.ZodType>(value: T) => z.strictObject({ value, mark: markSchema });

const conditionSchema = z.strictObject({
  use: z.array(z.enum(USE_CLASSES)).exactOptional(),
  ownership: z.array(z.enum(OWNERSHIP_CLASSES)).exactOptional(),
  isCrowded: z.boolean().exactOptional(),
  hasPrefabSlabs: z.boolean().exactOptional(),
  isBusinessUse: z.boolean().exactOptional(),
  ageFrom: years.exactOptional(),
  ageAbove: years.exactOptional(),
  designLifePassed: z.boolean().exactOptional(),
});
const periodSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('exempt') }),
  z.strictObject({ kind: z.literal('years'), years }),
  z.strictObject({ kind: z.literal('beforeUse'), years }),
]);
const calendarYear = z.int().min(1000).max(9999);

/** The rules of a city, one version of them. */
export const ruleSetSchema: Reply<RegimeRuleSet> = z.strictObject({
  id: idSchema,
  version: z.int().min(1),
  name: wordsSchema,
  status: z.enum(['draft', 'trial', 'inForce', 'blank']),
  documents: z.array(nameSchema).max(20),
  rows: z
    .array(
      z.strictObject({
        id: idSchema,
        name: wordsSchema,
        when: conditionSchema,
        period: periodSchema,
        mark: markSchema,
      }),
    )
    .max(RULE_ROWS_MAX)
    .refine(rows => new Set(rows.map(row => row.id)).size === rows.length, 'an id is there twice'),
  firstRounds: z
    .array(
      z.strictObject({
        when: conditionSchema,
        builtFrom: calendarYear.nullable(),
        builtTo: calendarYear.nullable(),
        year: calendarYear,
        mark: markSchema,
      }),
    )
    .max(RULE_ROWS_MAX),
  firstWithinMonths: marked(z.int().min(0).max(240)),
  designLifeYears: marked(years),
  soonDays: z.int().min(0).max(3_650),
  openDays: z.int().min(0).max(3_650),
  scale: marked(z.enum(CHECKUP_SCALES)),
  inspectorsMin: marked(z.int().min(1).max(10)),
  agency: z.strictObject({
    anyOf: z.array(z.array(idSchema).min(1).max(20)).max(20),
    mark: markSchema,
  }),
  patrolEveryDays: marked(z.int().min(1).max(3_650).nullable()),
});

export const ruleSetsReply = z.object({
  items: z.array(z.object({ ruleSet: ruleSetSchema, at: z.iso.datetime(), actor: z.string() })),
});
export type RuleSetsShape = z.infer<typeof ruleSetsReply>;

const choice = { from: z.iso.date(), ruleSetId: idSchema, ruleSetVersion: z.int().min(1) };

/** PUT /checkups/regimes/{orgId} */
export const regimeChoicesSchema = z.strictObject({
  items: z
    .array(z.strictObject(choice))
    .max(REGIME_CHOICES_MAX)
    .refine(items => new Set(items.map(item => item.from)).size === items.length, 'a day is there twice'),
});
export const regimeChoicesReply = z.object({
  items: z.array(z.object({ orgId: z.string(), ...choice })),
});
export type RegimeChoicesShape = z.infer<typeof regimeChoicesReply>;

/** PUT /checkups/agencies/{id} */
export const agencySchema = z.strictObject({
  id: idSchema.optional(),
  orgId: idSchema,
  name: nameSchema,
  qualifications: z.array(idSchema).max(50),
  streets: z
    .array(nameSchema)
    .max(AGENCY_STREETS_MAX)
    .default([])
    .meta({ description: 'Empty: all streets.' }),
  capacityByMonth: z.array(z.int().min(0).max(100_000)).length(12).meta({
    description: 'Check-ups that it can do in a month, January first.',
  }), // prettier-ignore
});
export const agencyReply = z.object({
  id: z.string(),
  orgId: z.string(),
  name: z.string(),
  qualifications: z.array(z.string()),
  streets: z.array(z.string()),
  capacityByMonth: z.array(z.int()),
  version: z.int(),
});
export type AgencyShape = z.infer<typeof agencyReply>;
export const agenciesReply = z.object({ items: z.array(agencyReply) });
export type AgenciesShape = z.infer<typeof agenciesReply>;
