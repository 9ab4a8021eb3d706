import { z } from 'zod';
import {
  ANSWERS,
  codeFault,
  CODE_CHARS_MAX,
  CODE_SCHEMES,
  foldCode,
  GRADES,
  OWNERSHIPS,
  PROTECTIONS,
  RENOVATION_KINDS,
  STRUCTURES,
  TIMELINE_KINDS,
  USES,
  YEAR_MAX,
  YEAR_MIN,
  yearFault,
  type YearBuilt,
} from '@anmai/lifecycle';
import type { Reply } from './reply-of';
import { geometrySchema } from './registry.schema';
import { idSchema, nameSchema, NAME_CHARS_MAX } from './text.schema';
import type { BuildingShape, BuildingSummaryShape, TimelineEntryShape } from '../building-shapes';
import { pageQuery } from './paging.schema';
import { isoSchema } from './text.schema';

/** Works, documents, codes of one building at most. */
export const BUILDING_ITEMS_MAX = 100;
export const STOREYS_MAX = 200;

/** One line that may be left empty. */
const lineSchema = z
  .string()
  .trim()
  .max(NAME_CHARS_MAX)
  .refine(text => !/[\u0000-\u001f\u007f\p{Surrogate}]/u.test(text), 'must not hold control characters')
  .default('');
const answer = z.enum(ANSWERS).default('unknown');
const countOrNull = (max: number) => z.int().min(0).max(max).nullable().default(null);
const amountOrNull = (max: number) => z.number().positive().max(max).nullable().default(null);
const year = z.int().min(YEAR_MIN).max(YEAR_MAX);

export const yearBuiltSchema = z
  .discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('exact'), year }),
    z.strictObject({
      kind: z.literal('range'),
      from: year.nullable().default(null),
      to: year.nullable().default(null),
    }),
    z.strictObject({ kind: z.literal('unknown') }),
  ])
  .superRefine((built: YearBuilt, ctx) => {
    const message = yearFault(built);
    if (message !== null) ctx.addIssue({ code: 'custom', message, input: built });
  });

const codeSchema = z
  .strictObject({
    scheme: z.enum(CODE_SCHEMES),
    code: z
      .string()
      .max(CODE_CHARS_MAX * 2)
      .transform(foldCode),
  })
  .superRefine((code, ctx) => {
    const message = codeFault(code);
    if (message !== null) ctx.addIssue({ code: 'custom', path: ['code'], message, input: code.code });
  });

export const phoneSchema = z
  .string()
  .trim()
  .regex(
    /^[+\d][\d ()-]{2,30}$/,
    'a phone number has digits, blanks, hyphens and brackets, such as 0378-1234567',
  );

const partySchema = z
  .strictObject({
    kind: z.enum(['person', 'organisation']).default('organisation'),
    name: nameSchema,
    phone: phoneSchema.nullable().default(null),
  })
  .nullable()
  .default(null);

const unique = <T>(list: readonly T[], key: (one: T) => string): boolean =>
  new Set(list.map(key)).size === list.length;

/** Parts of a file that a list of rows can also give. */
export const buildingFields = {
  name: nameSchema,
  codes: z
    .array(codeSchema)
    .max(BUILDING_ITEMS_MAX)
    .refine(list => unique(list, each => `${each.scheme} ${each.code}`), 'each code once')
    .default([]),
  address: z
    .strictObject({
      district: lineSchema,
      street: lineSchema,
      community: lineSchema,
      road: lineSchema,
      number: lineSchema,
      text: lineSchema,
    })
    .prefault({}),
  footprint: geometrySchema
    .refine(geometry => geometry.type !== 'LineString', 'a footprint is a Point or a Polygon')
    .nullable()
    .default(null),
  structure: z.enum(STRUCTURES).default('unknown'),
  storeys: countOrNull(STOREYS_MAX),
  basements: countOrNull(20),
  heightM: amountOrNull(1_000),
  areaM2: amountOrNull(10_000_000),
  yearBuilt: yearBuiltSchema.default({ kind: 'unknown' }),
  designLifeYears: z.int().min(1).max(500).nullable().default(null),
  precastSlabs: answer,
  use: z.enum(USES).default('unknown'),
  businessUse: answer,
  ownership: z.enum(OWNERSHIPS).default('unknown'),
  owner: partySchema,
  dutyHolder: partySchema,
  manager: partySchema,
  people: z
    .strictObject({ households: countOrNull(100_000), residents: countOrNull(1_000_000) })
    .prefault({}),
  protection: z.enum(PROTECTIONS).default('unknown'),
  seismic: z
    .strictObject({
      designed: answer,
      intensityDegree: z.int().min(5).max(10).nullable().default(null),
      isolated: answer,
    })
    .prefault({}),
  renovations: z
    .array(
      z.strictObject({
        year: year.nullable().default(null),
        kind: z.enum(RENOVATION_KINDS),
        note: lineSchema,
      }),
    )
    .max(BUILDING_ITEMS_MAX)
    .default([]),
  reinforcements: z
    .array(z.strictObject({ year: year.nullable().default(null), method: lineSchema, by: lineSchema }))
    .max(BUILDING_ITEMS_MAX)
    .default([]),
  documents: z
    .array(
      z.strictObject({
        sha256: z.string().regex(/^[0-9a-f]{64}$/, 'SHA-256 of the file, 64 hex digits'),
        title: nameSchema,
      }),
    )
    .max(BUILDING_ITEMS_MAX)
    .refine(list => unique(list, each => each.sha256), 'each document once')
    .default([]),
};

/** POST and PUT /buildings. `grade` is known here only so that sending it can be refused with its reason (BLD-001). */
export const buildingSchema = z.strictObject({
  id: idSchema.optional(),
  orgId: idSchema,
  ...buildingFields,
  grade: z
    .unknown()
    .optional()
    .meta({ description: 'Refused (BLD-001): an appraisal sets the grade.', readOnly: true }),
});

const filterFields = {
  q: z.string().trim().min(1).max(100).optional().meta({
    description: 'Part of name, address or code, or the id; letter case, width and blanks do not matter.',
  }),
  district: nameSchema.optional(),
  street: nameSchema.optional(),
  grade: z
    .enum([...GRADES, 'none'])
    .optional()
    .meta({ description: '`none`: never appraised.' }),
  protection: z.enum(PROTECTIONS).optional(),
  use: z.enum(USES).optional(),
  structure: z.enum(STRUCTURES).optional(),
  yearFrom: z.coerce
    .number()
    .pipe(year)
    .optional()
    .meta({ description: 'Built in this year or later, or possibly so.' }),
  yearTo: z.coerce
    .number()
    .pipe(year)
    .optional()
    .meta({ description: 'Built in this year or earlier, or possibly so.' }),
};
export const buildingFilter = z.strictObject(filterFields);
export const buildingQuery = pageQuery.extend(filterFields);

export const timelineQuery = pageQuery.extend({
  kind: z
    .string()
    .max(200)
    .optional()
    .transform(text => text?.split(','))
    .pipe(z.array(z.enum(TIMELINE_KINDS)).optional())
    .meta({ description: `Of ${TIMELINE_KINDS.join(', ')}, separated by commas; all when left out.` }),
});

const textOrNull = z.string().nullable();
const party = z
  .object({ kind: z.enum(['person', 'organisation']), name: z.string(), phone: textOrNull })
  .nullable();
const numberOrNull = z.number().nullable();
const answerReply = z.enum(ANSWERS);
const gradeReply = z.enum(GRADES).nullable();
const yearReply = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('exact'), year: z.int() }),
  z.object({ kind: z.literal('range'), from: numberOrNull, to: numberOrNull }),
  z.object({ kind: z.literal('unknown') }),
]);
const version = z.int().min(1);

export const buildingReply: Reply<BuildingShape> = z.object({
  id: z.string(),
  orgId: z.string(),
  name: z.string(),
  codes: z.array(z.object({ scheme: z.enum(CODE_SCHEMES), code: z.string() })),
  address: z.object({
    district: z.string(),
    street: z.string(),
    community: z.string(),
    road: z.string(),
    number: z.string(),
    text: z.string(),
  }),
  footprint: geometrySchema.nullable(),
  structure: z.enum(STRUCTURES),
  storeys: numberOrNull,
  basements: numberOrNull,
  heightM: numberOrNull,
  areaM2: numberOrNull,
  yearBuilt: yearReply,
  designLifeYears: numberOrNull,
  precastSlabs: answerReply,
  use: z.enum(USES),
  businessUse: answerReply,
  ownership: z.enum(OWNERSHIPS),
  owner: party,
  dutyHolder: party,
  manager: party,
  people: z.object({ households: numberOrNull, residents: numberOrNull }),
  protection: z.enum(PROTECTIONS),
  seismic: z.object({ designed: answerReply, intensityDegree: numberOrNull, isolated: answerReply }),
  renovations: z.array(z.object({ year: numberOrNull, kind: z.enum(RENOVATION_KINDS), note: z.string() })),
  reinforcements: z.array(z.object({ year: numberOrNull, method: z.string(), by: z.string() })),
  documents: z.array(z.object({ sha256: z.string(), title: z.string() })),
  grade: gradeReply,
  mergedInto: textOrNull,
  masked: z.boolean(),
  version,
});

export const buildingSummaryReply: Reply<BuildingSummaryShape> = z.object({
  id: z.string(),
  orgId: z.string(),
  name: z.string(),
  address: z.string(),
  district: z.string(),
  street: z.string(),
  grade: gradeReply,
  protection: z.enum(PROTECTIONS),
  use: z.enum(USES),
  structure: z.enum(STRUCTURES),
  storeys: numberOrNull,
  yearBuilt: yearReply,
  version,
});

export const timelineEntryReply: Reply<TimelineEntryShape> = z.object({
  id: z.string(),
  buildingId: z.string(),
  at: isoSchema,
  kind: z.enum(TIMELINE_KINDS),
  change: z.string(),
  refId: textOrNull,
  actor: z.string(),
  severity: z.enum(['blue', 'yellow', 'orange', 'red']).nullable(),
  detail: z.record(z.string(), z.unknown()),
});
