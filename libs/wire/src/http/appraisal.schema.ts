import { z } from 'zod';
import {
  APPRAISAL_BASES,
  BUILDING_GRADES,
  DEFECT_KINDS,
  FLOORS_MAX,
  HANDLINGS,
  MEMBER_KINDS,
  MEMBERS_MAX,
  VERTICAL_KINDS,
} from '@anmai/lifecycle';
import { pageQuery } from './paging.schema';
import { idSchema, instantSchema, isoSchema as iso, nameSchema, noteSchema } from './text.schema';

/** Positions, defects and floors of one appraisal at most. */
export const GRADED_POSITIONS_MAX = 2_000;
export const DEFECTS_MAX = 200;

const grade = z.enum(BUILDING_GRADES);
const handling = z.enum(HANDLINGS);
const count = z.int().min(0).max(MEMBERS_MAX);
const position = z.string().trim().min(1).max(64);
/** What a person wrote, or nothing. */
export const anyNote = noteSchema.or(z.literal('')).default('');
/** One line that may be left empty. */
export const anyLine = nameSchema.or(z.literal('')).default('');

export const fileProofSchema = z.strictObject({
  fileId: idSchema.meta({ description: 'Of the file store.' }),
  sha256: z.string().regex(/^[0-9a-f]{64}$/, 'SHA-256 has 64 hex digits'),
});

/** What an appraisal counted (JGJ 125-2016 6.3). Dangerous walls and columns come with their plan positions. */
export const gradingInputSchema = z.strictObject({
  soil: z.enum(['dangerous', 'notDangerous', 'unknown']),
  foundations: z
    .strictObject({
      total: count,
      dangerous: z
        .array(z.strictObject({ position, under: z.enum(VERTICAL_KINDS) }))
        .max(GRADED_POSITIONS_MAX),
    })
    .nullable(),
  storeys: z.int().min(1).max(FLOORS_MAX),
  basements: z.int().min(0).max(FLOORS_MAX).default(0),
  floors: z
    .array(
      z.strictObject({
        no: z.int().min(-FLOORS_MAX).max(FLOORS_MAX),
        members: z
          .array(
            z.strictObject({
              kind: z.enum(MEMBER_KINDS),
              total: count,
              dangerous: count.default(0),
              dangerousAt: z.array(position).max(GRADED_POSITIONS_MAX).default([]),
            }),
          )
          .max(MEMBER_KINDS.length),
        emptyAt: z.array(position).max(GRADED_POSITIONS_MAX).default([]),
      }),
    )
    .max(FLOORS_MAX * 2),
});

const defectSchema = z.strictObject({ kind: z.enum(DEFECT_KINDS), where: nameSchema, note: anyNote });

/** Body of POST /appraisals. */
export const appraisalSchema = z.strictObject({
  id: idSchema.optional(),
  buildingId: idSchema,
  basis: z.enum(APPRAISAL_BASES).default('report'),
  agency: nameSchema,
  reportNumber: nameSchema,
  reportedAt: instantSchema,
  report: fileProofSchema.nullable().default(null),
  grade,
  handling: handling.nullable().default(null),
  protectionPlan: z
    .strictObject({ plan: fileProofSchema, approval: fileProofSchema, approvedBy: nameSchema })
    .nullable()
    .default(null),
  input: gradingInputSchema.nullable().default(null),
  defects: z.array(defectSchema).max(DEFECTS_MAX).default([]),
  replacesId: idSchema.nullable().default(null),
  note: anyNote,
});
export type AppraisalBody = z.infer<typeof appraisalSchema>;

export const appraisalQuery = pageQuery.extend({ buildingId: idSchema.optional() });

const score = z.object({ dangerous: z.int(), all: z.int() });
const gradingStep = z.object({
  name: z.enum(['soil', 'foundation', 'floor', 'building', 'lowRise']),
  floor: z.int().nullable(),
  formula: z.string(),
  score: score.nullable().meta({ description: 'Sums in tenths of a weight.' }),
  percent: z.string().nullable(),
  result: z.string(),
  fromBelow: z.int(),
  clause: z.string(),
  standing: z.enum(['confirmed', 'provisional']),
});
export const gradingReply = z.object({
  outcome: z.enum(['graded', 'notGradable']),
  grade: grade.nullable(),
  atLeast: grade.nullable(),
  missing: z.array(z.string()),
  steps: z.array(gradingStep),
});
export type GradingShape = z.infer<typeof gradingReply>;

const appraisalFields = {
  id: z.string(),
  buildingId: z.string(),
  buildingName: z.string(),
  isInForce: z.boolean(),
  agency: z.string(),
  reportNumber: z.string(),
  reportedAt: iso,
  report: fileProofSchema.nullable(),
  grade,
  handling: handling.nullable(),
  protectionPlan: z
    .object({ plan: fileProofSchema, approval: fileProofSchema, approvedBy: z.string() })
    .nullable(),
  input: gradingInputSchema.nullable(),
  computed: gradingReply.nullable(),
  differences: z.array(
    z.object({
      what: z.enum(['grade', 'notGradable', 'noInput']),
      computed: grade.nullable(),
      agency: grade,
    }),
  ),
  defects: z.array(z.object({ kind: z.enum(DEFECT_KINDS), where: z.string(), note: z.string() })),
  replacesId: z.string().nullable(),
  note: z.string(),
  filedBy: z.string(),
  filedAt: iso,
};
export const appraisalReply = z.object(appraisalFields);
export type AppraisalShape = z.infer<typeof appraisalReply>;

export const filedReply = z.object({
  ...appraisalFields,
  gradeBefore: z.string().nullable(),
  gradeAfter: z.string().nullable(),
  endedPlanId: z.string().nullable().meta({ description: 'The monitoring plan that it ended (解危).' }),
});
export type FiledShape = z.infer<typeof filedReply>;

/** What a form has to know before an appraisal is filed. */
export const gradeFactsReply = z.object({
  buildingId: z.string(),
  buildingName: z.string(),
  grade: z.string().nullable(),
  protection: z.array(z.string()).nullable().meta({ description: 'null: nobody knows, which protects.' }),
  storeys: z.int().nullable(),
  proposals: z.record(grade, z.array(handling)),
});
export type GradeFactsShape = z.infer<typeof gradeFactsReply>;
