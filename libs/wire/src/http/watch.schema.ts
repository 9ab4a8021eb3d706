import { z } from 'zod';
import { CALL_OUTCOMES, MEASURE_KINDS, WATCH_METHODS } from '@anmai/lifecycle';
import { anyLine, anyNote } from './appraisal.schema';
import { pageQuery } from './paging.schema';
import { idSchema, instantSchema, isoSchema as iso, nameSchema, noteSchema } from './text.schema';

/** Items, people and measures of one plan at most. */
export const WATCH_ITEMS_MAX = 200;
/** Longest period of one report of a watched building. */
export const WATCH_REPORT_MS_MAX = 93 * 86_400_000;

const severity = z.enum(['blue', 'yellow', 'orange', 'red']);
const levels = z.strictObject({ yellow: z.number(), orange: z.number(), red: z.number() }).nullable();
const itemFields = {
  id: idSchema,
  quantity: z.string().min(1).max(64),
  where: anyLine,
  method: z.enum(WATCH_METHODS),
  sensorIds: z.array(idSchema).max(WATCH_ITEMS_MAX),
  everySeconds: z
    .int()
    .min(1)
    .max(31 * 86_400),
  unit: z.string().max(32),
  amount: levels,
  rate: levels,
  ratePer: z.enum(['day', 'month']),
  standing: z.enum(['confirmed', 'provisional']),
  ground: noteSchema.or(z.literal('')),
};
const personFields = {
  id: idSchema,
  name: nameSchema,
  role: anyLine,
  phone: anyLine,
  people: z.int().min(0).max(100_000),
};
const measureFields = {
  id: idSchema,
  kind: z.enum(MEASURE_KINDS),
  title: nameSchema,
  progressPercent: z.number(),
  note: anyNote,
  approvalFileIds: z.array(idSchema).max(20).default([]),
};
const settings = {
  patrolEveryDays: z.int().min(1).max(366),
  confirmMinutes: z
    .int()
    .min(1)
    .max(7 * 1_440),
  checkupFrom: severity,
};

/** Body of POST /watch-plans: what is left out follows from the grade, the defects and the sensors. */
export const watchPlanSchema = z.strictObject({
  id: idSchema.optional(),
  buildingId: idSchema,
  duty: z.array(z.strictObject(personFields)).max(WATCH_ITEMS_MAX).default([]),
});
/** Body of PUT /watch-plans/{id}. */
export const watchEditSchema = z.strictObject({
  items: z.array(z.strictObject(itemFields)).max(WATCH_ITEMS_MAX),
  duty: z.array(z.strictObject(personFields)).max(WATCH_ITEMS_MAX),
  measures: z
    .array(z.strictObject({ ...measureFields, plannedFrom: instantSchema, plannedTo: instantSchema }))
    .max(WATCH_ITEMS_MAX),
  ...settings,
});
export type WatchEditBody = z.infer<typeof watchEditSchema>;

export const watchQuery = pageQuery.extend({
  state: z.enum(['open', 'ended', 'all']).default('open'),
  buildingId: idSchema.optional(),
});

export const watchPlanReply = z.object({
  id: z.string(),
  buildingId: z.string(),
  buildingName: z.string(),
  grade: z.enum(['C', 'D']),
  appraisalId: z.string().nullable(),
  startedAt: iso,
  startedBy: z.string(),
  items: z.array(z.object(itemFields)),
  duty: z.array(z.object(personFields)),
  measures: z.array(z.object({ ...measureFields, plannedFrom: iso, plannedTo: iso })),
  ...settings,
  endedAt: iso.nullable(),
  endedByAppraisalId: z.string().nullable(),
  version: z.int(),
});
export type WatchPlanShape = z.infer<typeof watchPlanReply>;

export const unwatchedReply = z.object({
  items: z.array(z.object({ buildingId: z.string(), buildingName: z.string(), grade: z.enum(['C', 'D']) })),
});
export type UnwatchedShape = z.infer<typeof unwatchedReply>;

export const dutyRoundReply = z.object({
  id: z.string(),
  planId: z.string(),
  buildingId: z.string(),
  alarmId: z.string(),
  severity: severity.nullable(),
  startedAt: iso,
  confirmBy: iso,
  lines: z.array(
    z.object({
      person: z.object(personFields),
      state: z.enum(['waiting', ...CALL_OUTCOMES]),
      calls: z.int(),
      at: iso.nullable(),
    }),
  ),
  confirmed: z.int(),
  all: z.int(),
  peopleOut: z.int(),
  peopleAll: z.int(),
  complete: z.boolean(),
  overdue: z.boolean(),
  stoodDownAt: iso.nullable(),
  stoodDownBy: z.string().nullable(),
  stoodDownNote: z.string(),
});
export type DutyRoundShape = z.infer<typeof dutyRoundReply>;
export const dutyRoundsReply = z.object({ items: z.array(dutyRoundReply) });

export const dutyCallSchema = z.strictObject({
  id: idSchema.optional(),
  personId: idSchema,
  outcome: z.enum(CALL_OUTCOMES),
  note: anyNote,
});
export const standDownSchema = z.strictObject({ note: anyNote });

export const CHECKUP_DEMAND_CAUSES = ['earthquake', 'storm', 'flood', 'works', 'complaint', 'other'] as const;
/** Body of POST /checkup-demands; alarms demand by themselves. */
export const checkupDemandSchema = z.strictObject({
  id: idSchema.optional(),
  buildingId: idSchema,
  cause: z.enum(CHECKUP_DEMAND_CAUSES),
  reason: noteSchema,
});
export const demandQuery = z.strictObject({
  buildingId: idSchema.optional(),
  open: z.stringbool().default(true),
});
export const checkupDemandReply = z.object({
  id: z.string(),
  buildingId: z.string(),
  cause: z.string(),
  severity: severity.nullable(),
  alarmIds: z.array(z.string()),
  reason: z.string(),
  demandedAt: iso,
  demandedBy: z.string(),
  checkupId: z.string().nullable(),
  metAt: iso.nullable(),
});
export type CheckupDemandShape = z.infer<typeof checkupDemandReply>;
export const checkupDemandsReply = z.object({ items: z.array(checkupDemandReply) });

const point = z.object({ at: iso, value: z.number() }).nullable();
export const watchReportReply = z.object({
  planId: z.string(),
  from: iso,
  to: iso,
  verdict: z.enum(['steady', 'unseen', 'attention', 'warning', 'danger']),
  worst: severity.nullable(),
  unwatched: z.array(z.string()),
  sensors: z.array(
    z.object({
      itemId: z.string(),
      sensorId: z.string(),
      readings: z.int(),
      expected: z.int(),
      coverage: z.number(),
      min: point,
      max: point,
      first: point,
      last: point,
      perMonth: z.number().nullable(),
      worst: severity.nullable(),
    }),
  ),
  alarms: z.array(
    z.object({
      id: z.string(),
      sensorId: z.string(),
      severity,
      raisedAt: iso,
      clearedAt: iso.nullable(),
      ruleName: z.string(),
    }),
  ),
});
export type WatchReportShape = z.infer<typeof watchReportReply>;

const month = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/, 'a month is written 2026-11');
const day = z.string().regex(/^\d{4}-\d\d-\d\d$/, 'a day is written 2026-11-23');
const span = { month: month.optional(), week: day.optional() };
type Span = { month?: string | undefined; week?: string | undefined };
const isOne = ({ month, week }: Span): boolean => month === undefined || week === undefined;
const isDay = ({ week }: Span): boolean =>
  week === undefined || !Number.isNaN(Date.parse(`${week}T00:00:00Z`));
const oneOf = { message: 'give `month` or `week`, not both' };
const noDay = { message: 'is no day', path: ['week'] };

/** One month, or the seven days from `week` on; this month when neither is given. */
export const watchReportQuery = z.strictObject(span).refine(isOne, oneOf).refine(isDay, noDay);
export const watchPdfQuery = z
  .strictObject({ ...span, language: z.enum(['zh', 'en']).default('zh') })
  .refine(isOne, oneOf)
  .refine(isDay, noDay);
