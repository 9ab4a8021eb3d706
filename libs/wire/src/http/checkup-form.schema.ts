import { z } from 'zod';
import { SECTION_IDS, STRUCTURE_FAMILIES, type CheckupForm, type ShowIf } from '@anmai/lifecycle';
import type { Reply } from './reply-of';
import { idSchema, nameSchema } from './text.schema';

export const FORM_ENTRIES_MAX = 200;

export const wordsSchema = z.strictObject({ zh: nameSchema, en: nameSchema });
export const markSchema = z.strictObject({
  status: z.enum(['confirmed', 'provisional']),
  source: nameSchema,
});

const itemId = z.string().regex(/^[a-z0-9][A-Za-z0-9.-]{0,63}$/, 'letters, digits, dots and hyphens');
const code = z.string().min(1).max(64);

const showIfSchema: z.ZodType<ShowIf> = z.lazy(() =>
  z.union([
    z.strictObject({ item: itemId, is: z.array(code).min(1).max(50) }),
    z.strictObject({ item: itemId, above: z.number() }),
    z.strictObject({ all: z.array(showIfSchema).max(20) }),
    z.strictObject({ any: z.array(showIfSchema).max(20) }),
    z.strictObject({ not: showIfSchema }),
  ]),
);

const asked = {
  id: itemId,
  name: wordsSchema,
  hint: wordsSchema.exactOptional(),
  required: z.boolean(),
  showIf: showIfSchema.exactOptional(),
};
const limitSchema = z.strictObject({
  op: z.enum(['>', '>=']),
  value: z.number(),
  level: z.union([z.literal(1), z.literal(2)]),
  mark: markSchema,
  onlyIf: showIfSchema.exactOptional(),
});
const optionSchema = z.strictObject({
  code,
  name: wordsSchema,
  level: z.union([z.literal(0), z.literal(1), z.literal(2)]),
});

const itemSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    ...asked,
    kind: z.literal('choice'),
    multiple: z.boolean(),
    options: z.array(optionSchema).min(1).max(50),
    mark: markSchema.exactOptional(),
  }),
  z.strictObject({
    ...asked,
    kind: z.literal('measure'),
    unit: z.string().min(1).max(20),
    min: z.number(),
    max: z.number(),
    decimals: z.int().min(0).max(6),
    limits: z.array(limitSchema).max(20),
  }),
  z.strictObject({ ...asked, kind: z.literal('text'), charsMax: z.int().min(1).max(2_000) }),
  z.strictObject({
    ...asked,
    kind: z.literal('photos'),
    countMin: z.int().min(0).max(50),
    countMax: z.int().min(1).max(50),
  }),
  z.strictObject({ ...asked, kind: z.literal('position') }),
]);

const groupSchema = z.strictObject({
  ...asked,
  kind: z.literal('group'),
  rowName: wordsSchema,
  rowsMax: z.int().min(1).max(200),
  items: z.array(itemSchema).min(1).max(50),
  trend: z
    .strictObject({
      item: itemId,
      tolerance: z.number().min(0),
      growthLevel: z.union([z.literal(1), z.literal(2)]),
      mark: markSchema,
    })
    .exactOptional(),
});

/** A form of one version, as a whole: what a phone takes along. */
export const checkupFormSchema: Reply<CheckupForm> = z.strictObject({
  id: idSchema,
  version: z.int().min(1),
  family: z.enum(STRUCTURE_FAMILIES),
  name: wordsSchema,
  sections: z
    .array(
      z.strictObject({
        id: z.enum(SECTION_IDS),
        name: wordsSchema,
        entries: z.array(z.union([itemSchema, groupSchema])).max(FORM_ENTRIES_MAX),
      }),
    )
    .min(1)
    .max(SECTION_IDS.length),
  counting: z.strictObject({
    kindsMin: z.int().min(1).max(100),
    placesMin: z.int().min(1).max(100),
    mark: markSchema,
  }),
});
