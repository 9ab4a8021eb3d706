import { z } from 'zod';
import {
  CLEAR_READINGS_MAX,
  compileWindow,
  HOPS_MAX,
  settingsFaults,
  VERDICTS,
  WINDOW_MS_MAX,
  type InhibitionRule,
  type LifeSettings,
} from '@anmai/alarms';
import { SECOND_MS } from '@anmai/kernel';
import type { Reply } from './reply-of';
import { seenN } from './alarm.schema';
import { severitySchema } from './limit.schema';
import type { AlarmSettingsShape, InhibitionShape, ServiceWindowShape } from './life-shapes';
import { idSchema, instantSchema, isoSchema, noteSchema } from './text.schema';

/** Ids in one list of a matcher or a window. */
export const PLAN_IDS_MAX = 200;
const RRULE_CHARS_MAX = 500;

const note = noteSchema.nullable().optional();

export const shelveSchema = z.strictObject({
  until: instantSchema.meta({ description: 'It comes back by itself at this instant.' }),
  reason: noteSchema,
  seenN,
});
export const assessSchema = z.strictObject({ verdict: z.enum(VERDICTS), note, seenN });
/** Of `unshelve` and `reset`. */
export const plainActSchema = z
  .strictObject({ note })
  .nullish()
  .transform(body => body ?? {});
export const confirmSchema = z
  .strictObject({ note, seenN })
  .nullish()
  .transform(body => body ?? {});
export const closeSchema = z
  .strictObject({
    note,
    seenN,
    confirmed: z
      .boolean()
      .optional()
      .meta({ description: 'The caller has made sure, on the spot or by measuring, that it is over.' }),
  })
  .nullish()
  .transform(body => body ?? {});

const ids = z.array(idSchema).min(1, 'leave it out to mean any').max(PLAN_IDS_MAX).optional();
const matcher = {
  ruleIds: ids,
  sensorIds: ids,
  assetIds: ids,
  assetKinds: z.array(z.string().max(64)).min(1).max(PLAN_IDS_MAX).optional(),
  severityMin: severitySchema.optional(),
};
const hops = z.int().min(1).max(HOPS_MAX);
const inhibition = {
  cause: z.strictObject({ ...matcher, severityMax: severitySchema.optional() }),
  hides: z.strictObject({ ...matcher, severityMax: severitySchema }),
  within: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('asset') }),
    z.strictObject({ kind: z.literal('downstream'), hops }),
    z.strictObject({ kind: z.literal('neighbours'), hops }),
    z.strictObject({ kind: z.literal('org') }),
  ]),
  maxMs: z
    .int()
    .min(SECOND_MS)
    .max(WINDOW_MS_MAX)
    .optional()
    .meta({ description: 'A cause hides for so long at most, from its raise.' }),
  reason: noteSchema,
};
export const inhibitionSchema = z.strictObject({ id: idSchema.optional(), ...inhibition });
const version = z.int().min(1);
export const inhibitionReply: Reply<InhibitionShape> = z.object({ id: z.string(), ...inhibition, version });

const window = {
  assetIds: z.array(idSchema).max(PLAN_IDS_MAX).default([]),
  sensorIds: z.array(idSchema).max(PLAN_IDS_MAX).default([]),
  durationMs: z.int().min(SECOND_MS).max(WINDOW_MS_MAX).meta({ description: 'Of each turn.' }),
  rrule: z
    .string()
    .max(RRULE_CHARS_MAX)
    .nullable()
    .default(null)
    .meta({ description: 'RFC 5545: DAILY, WEEKLY or MONTHLY, in the time of the place; null: once.' }),
  reason: noteSchema,
};
/** Strict, and read as it will be used: a window that is understood otherwise would silence what nobody planned. */
export const serviceWindowSchema = z
  .strictObject({ id: idSchema.optional(), startAt: instantSchema, ...window })
  .superRefine((body, ctx) => {
    const read = compileWindow({ ...body, id: body.id ?? 'new', utcOffsetMs: 0 });
    if (!read.ok) ctx.addIssue({ code: 'custom', message: read.error, path: ['rrule'], input: body });
  });
export const serviceWindowReply: Reply<ServiceWindowShape> = z.object({
  id: z.string(),
  startAt: isoSchema,
  assetIds: z.array(z.string()),
  sensorIds: z.array(z.string()),
  durationMs: z.int(),
  rrule: z.string().nullable(),
  reason: z.string(),
  version,
});

const perSeverity = <T extends z.ZodType>(each: T) =>
  z.strictObject({ blue: each, yellow: each, orange: each, red: each });
const ms = z.int();
const settings = z.strictObject({
  shelveMsMax: perSeverity(ms).meta({ description: 'Longest shelving; 0: cannot be shelved.' }),
  reAlarmMs: perSeverity(ms.nullable()).meta({
    description: 'An acknowledged alarm that is still on calls again after this; null: never.',
  }),
  dutyMs: z.strictObject({ identify: ms, respond: ms, feedback: ms }),
  closeNeeds: perSeverity(z.enum(['acknowledgement', 'confirmation'])),
  clearReadingsMin: z.int().max(CLEAR_READINGS_MAX),
  chatter: z.strictObject({ activationsMin: z.int(), withinMs: ms, withinIntervals: z.int(), quietMs: ms }),
});
export const alarmSettingsSchema = settings.superRefine((body, ctx) => {
  for (const fault of settingsFaults(body)) {
    const path = fault.split(' ')[0]!.split('.');
    ctx.addIssue({ code: 'custom', message: fault, path, input: body });
  }
});
export const alarmSettingsReply: Reply<AlarmSettingsShape> = settings.extend({ version });

export type InhibitionBody = z.infer<typeof inhibitionSchema>;
export type ServiceWindowBody = z.infer<typeof serviceWindowSchema>;
/** The compiler holds both against what the fold takes. */
export const asInhibition = (body: InhibitionBody, id: string): InhibitionRule => ({ ...body, id });
export const asSettings = (body: z.infer<typeof alarmSettingsSchema>): LifeSettings => body;
