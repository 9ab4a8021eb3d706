import { z } from 'zod';
import {
  CONTROL_MEASURES,
  HAZARD_LEVELS,
  HAZARD_RUNGS,
  HAZARD_SOURCES,
  HAZARD_STAGES,
  TERM_KINDS,
} from '@anmai/lifecycle';
import { anyLine, anyNote } from './appraisal.schema';
import { pageQuery } from './paging.schema';
import { idSchema, instantSchema, isoSchema as iso, nameSchema, noteSchema } from './text.schema';

export const HAZARD_FILES_MAX = 100;
/** Longest period of one statistics. */
export const HAZARD_PERIOD_MS_MAX = 3_660 * 86_400_000;

const fileIds = z.array(idSchema).max(HAZARD_FILES_MAX).default([]);
const level = z.enum(HAZARD_LEVELS);
const measure = z.enum(CONTROL_MEASURES);
const dueAt = instantSchema.nullable().default(null);
const note = anyNote;

/** Body of POST /hazards. */
export const hazardSchema = z.strictObject({
  id: idSchema.optional(),
  buildingId: idSchema,
  source: z.enum(HAZARD_SOURCES),
  sourceId: idSchema.nullable().default(null),
  title: nameSchema,
  where: anyLine,
  note,
  fileIds,
  reporter: anyLine.meta({ description: 'Who told of it; empty: who sends this.' }),
  foundAt: instantSchema.optional(),
});
export type HazardBody = z.infer<typeof hazardSchema>;

const one = <K extends string, S extends z.ZodRawShape>(kind: K, shape: S) =>
  z.strictObject({ kind: z.literal(kind), id: idSchema.optional(), note, ...shape });

/** Body of POST /hazards/{id}/transition. */
export const hazardStepSchema = z.discriminatedUnion('kind', [
  one('registered', { level }),
  one('dismissed', { fileIds }),
  one('dispatched', { orgId: idSchema, person: anyLine, dueAt }),
  one('appraisalCommissioned', { agency: nameSchema, dueAt }),
  one('appraised', { appraisalId: idSchema }),
  one('controlled', { measure, fileIds }),
  one('controlLifted', { measure, fileIds }),
  one('repairStarted', { plan: noteSchema, fileIds }),
  one('repaired', { fileIds }),
  one('sentBack', { fileIds }),
  one('accepted', { fileIds }),
  one('closed', {}),
  one('extensionAsked', { dueAt: instantSchema }),
  one('extensionGranted', {}),
  one('extensionRefused', {}),
  one('lookedBack', { finding: z.enum(['holds', 'recurred']), fileIds }),
  one('reopened', {}),
]);
export type HazardStepBody = z.infer<typeof hazardStepSchema>;
export const HAZARD_STEP_KINDS = hazardStepSchema.options.map(option => option.shape.kind.value);
const stepKind = z.enum(
  HAZARD_STEP_KINDS as [(typeof HAZARD_STEP_KINDS)[number], ...(typeof HAZARD_STEP_KINDS)[number][]],
);

export const hazardQuery = pageQuery.extend({
  state: z.enum(['open', 'overdue', 'closed', 'dismissed', 'all']).default('all'),
  buildingId: idSchema.optional(),
  level: level.optional(),
  source: z.enum(HAZARD_SOURCES).optional(),
  q: z.string().trim().min(1).max(100).optional().meta({ description: 'Part of the title or the place.' }),
});

const timer = z.object({
  kind: z.enum(TERM_KINDS),
  dueAt: iso,
  overdue: z.boolean(),
  escalateTo: z.enum(HAZARD_RUNGS).nullable(),
});
const isoOrNull = iso.nullable();
const hazardFields = {
  id: z.string(),
  buildingId: z.string(),
  buildingName: z.string(),
  source: z.enum(HAZARD_SOURCES),
  sourceId: z.string().nullable(),
  title: z.string(),
  where: z.string(),
  note: z.string(),
  reporter: z.string(),
  foundAt: iso,
  stage: z.enum(HAZARD_STAGES),
  stageSince: iso,
  level: level.nullable(),
  orgId: z.string().nullable(),
  orgName: z.string().nullable(),
  person: z.string().nullable(),
  appraisalId: z.string().nullable(),
  controls: z.array(z.object({ measure, since: iso, until: isoOrNull })),
  extension: z.object({ dueAt: iso, askedBy: z.string(), reason: z.string() }).nullable(),
  extensionsGranted: z.int(),
  controlledAt: isoOrNull,
  repairedAt: isoOrNull,
  acceptedAt: isoOrNull,
  closedAt: isoOrNull,
  lookedBackAt: isoOrNull,
  reopenedCount: z.int(),
  photosBefore: z.array(z.string()),
  photosAfter: z.array(z.string()),
  lastN: z.int(),
  nextSteps: z.array(stepKind),
  timers: z.array(timer),
};
export const hazardReply = z.object(hazardFields);
export type HazardShape = z.infer<typeof hazardReply>;

export const hazardDetailReply = z.object({
  ...hazardFields,
  steps: z.array(
    z.object({
      id: z.string(),
      kind: stepKind,
      actor: z.string(),
      at: iso,
      payload: z.record(z.string(), z.unknown()),
    }),
  ),
  overdue: z.array(
    z.object({ kind: z.string(), dueAt: iso, escalateTo: z.enum(HAZARD_RUNGS), noticedAt: iso }),
  ),
});
export type HazardDetailShape = z.infer<typeof hazardDetailReply>;

export const hazardPeriodQuery = z
  .strictObject({ from: instantSchema.optional(), to: instantSchema.optional() })
  .refine(w => w.from === undefined || w.to === undefined || w.from < w.to, {
    message: '`from` must be before `to`',
    path: ['from'],
  });
export const hazardStatisticsReply = z.object({
  from: iso,
  to: iso,
  found: z.int(),
  controlled: z.int(),
  repaired: z.int(),
  closed: z.int(),
  dismissed: z.int(),
  reopened: z.int(),
  open: z.int(),
  uncontrolled: z.int(),
  overdue: z.int(),
  closedInTime: z.int().nullable(),
  medianDaysTenths: z.int().nullable(),
  byLevel: z.record(z.enum([...HAZARD_LEVELS, 'unrated']), z.int()),
});
export type HazardStatisticsShape = z.infer<typeof hazardStatisticsReply>;

const hours = z
  .int()
  .min(1)
  .max(24 * 3_660);
const levelTerms = z.strictObject({
  control: hours.nullable(),
  dispatch: hours.nullable(),
  appraise: hours.nullable(),
  repair: hours.nullable(),
  accept: hours.nullable(),
  close: hours.nullable(),
  lookBack: hours.nullable(),
});
/** Terms in hours; null: not asked for at this level. */
export const hazardTermsSchema = z.strictObject({
  registerHours: hours,
  levels: z.strictObject({ severe: levelTerms, moderate: levelTerms, minor: levelTerms }),
  escalateAfterHours: z
    .tuple([hours, hours, hours])
    .refine(([a, b, c]) => a < b && b < c, 'must ascend: street, district, city'),
  extensionsMax: z.int().min(0).max(20),
  controlRequired: z.array(level).max(HAZARD_LEVELS.length),
  standing: z.enum(['provisional', 'confirmed']),
});
export const hazardTermsReply = hazardTermsSchema.extend({ version: z.int() });
export type HazardTermsShape = z.infer<typeof hazardTermsReply>;
