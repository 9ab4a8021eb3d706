import { z } from 'zod';
import { countParam, PAGE_LIMIT_DEFAULT, PAGE_LIMIT_MAX } from './paging.schema';
import { idSchema, instantSchema, nameSchema, noteSchema } from './text.schema';

export const TASKS_MAX = 50;
export const AUDIENCE_MAX = 50;
export const FILES_MAX = 50;
/** Longest period of one KPI report. */
export const KPI_MS_MAX = 366 * 86_400_000;

const severity = z.enum(['blue', 'yellow', 'orange', 'red']);
const seenN = z
  .int()
  .min(1)
  .meta({ description: '`lastN` of the incident as it was shown: what came since was not seen.' });

export const INCIDENT_VERDICT_NAMES = [
  'true',
  'false',
  'test',
  'deviceFault',
  'plannedWork',
  'biogas',
] as const;

export const assessStep = z.strictObject({
  kind: z.literal('assess'),
  verdict: z.enum(INCIDENT_VERDICT_NAMES),
  note: noteSchema.or(z.literal('')).default(''),
  seenN,
});
export const warnStep = z.strictObject({
  kind: z.literal('warn'),
  severity,
  audience: z
    .array(z.strictObject({ role: z.enum(['owner', 'authority', 'government']), orgId: idSchema }))
    .min(1)
    .max(AUDIENCE_MAX),
  text: noteSchema,
  reason: noteSchema.nullable().default(null),
});
export const dispatchStep = z.strictObject({
  kind: z.literal('dispatch'),
  tasks: z
    .array(
      z.strictObject({ id: idSchema.optional(), orgId: idSchema, what: nameSchema, dueAt: instantSchema }),
    )
    .max(TASKS_MAX),
});
export const feedbackStep = z.strictObject({
  kind: z.literal('feedback'),
  taskId: idSchema,
  note: noteSchema.or(z.literal('')),
  fileIds: z.array(idSchema).max(FILES_MAX).default([]),
});
export const proposeEndStep = z.strictObject({ kind: z.literal('proposeEnd'), note: noteSchema });
export const releaseStep = z.strictObject({
  kind: z.literal('release'),
  note: noteSchema.or(z.literal('')).default(''),
  seenN,
});
export const archiveStep = z.strictObject({ kind: z.literal('archive') });

/** Body of POST /incidents/{id}/steps. */
export const stepSchema = z.discriminatedUnion('kind', [
  assessStep,
  warnStep,
  dispatchStep,
  feedbackStep,
  proposeEndStep,
  releaseStep,
  archiveStep,
]);
export type StepBody = z.infer<typeof stepSchema>;

export const INCIDENT_STATES = [
  'open', 'active', 'blind', 'cleared', 'released', 'archived', 'closed', 'merged', 'all',
] as const; // prettier-ignore

export const incidentQuery = z
  .strictObject({
    limit: countParam(1, PAGE_LIMIT_MAX, PAGE_LIMIT_DEFAULT),
    cursor: z.string().min(1).max(512).optional().meta({ description: '`nextCursor` of the page before.' }),
    state: z.enum(INCIDENT_STATES).default('all'),
    severity: severity.optional(),
    from: instantSchema.optional(),
    to: instantSchema.optional(),
  })
  .refine(w => w.from === undefined || w.to === undefined || w.from < w.to, {
    message: '`from` must be before `to`',
    path: ['from'],
  });

export const kpiQuery = z
  .strictObject({ from: instantSchema.optional(), to: instantSchema.optional() })
  .refine(w => w.from === undefined || w.to === undefined || w.from < w.to, {
    message: '`from` must be before `to`',
    path: ['from'],
  });
