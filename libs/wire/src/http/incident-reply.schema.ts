import { z } from 'zod';
import type * as I from '../incident-shapes';
import { INCIDENT_VERDICT_NAMES } from './incident.schema';
import { limitSourceSchema } from './limit.schema';
import { alarmReply } from './reply.schema';
import { isoSchema as iso } from './text.schema';

type Reply<T> = z.ZodType<T>;

const isoOrNull = iso.nullable();
const textOrNull = z.string().nullable();
const msOrNull = z.number().nullable();
const severity = z.enum(['blue', 'yellow', 'orange', 'red']);
const verdict = z.enum(INCIDENT_VERDICT_NAMES).nullable();
const stepName = z.enum(['assess', 'warn', 'dispatch', 'feedback', 'proposeEnd', 'release', 'archive']);
const rung = z.enum(['shiftLead', 'ownerDuty', 'authorityDuty', 'cityDuty']);

const cause: Reply<I.CauseShape> = z.object({
  code: z.string(),
  alarmId: z.string(),
  assetId: z.string(),
  data: z.object({
    sensorId: z.string(),
    quantity: textOrNull,
    onsetAt: iso,
    leadMs: msOrNull,
    downstreamAssets: z.int(),
    assets: z.int(),
  }),
});
const timerFields = {
  kind: z.enum(['identify', 'respond', 'feedback', 'task']),
  taskId: textOrNull,
  dueAt: iso,
  escalateTo: rung.nullable(),
};
const task: Reply<I.TaskShape> = z.object({
  id: z.string(),
  orgId: z.string(),
  what: z.string(),
  sentAt: iso,
  dueAt: iso,
  answeredAt: isoOrNull,
});

const incidentFields = {
  id: z.string(),
  familyId: z.enum(['gas', 'water', 'storm', 'heating', 'building', 'structure', 'silence', 'device', 'other']),
  isCatchAll: z.boolean(),
  severity,
  peak: severity,
  condition: z.enum(['active', 'cleared', 'blind']),
  stage: z.enum([
    'detected', 'assessed', 'warned', 'dispatched', 'feedback', 'resolutionProposed', 'released', 'archived',
  ]),
  verdict,
  warnedAs: severity.nullable(),
  reopened: z.boolean(),
  alarmCount: z.int(),
  openCount: z.int(),
  blindCount: z.int(),
  assetCount: z.int(),
  population: z.number().nullable(),
  box: z.tuple([z.number(), z.number(), z.number(), z.number()]).nullable(),
  cause: cause.nullable(),
  placeName: textOrNull,
  onsetAt: iso,
  openedAt: iso,
  changedAt: iso,
  releasedAt: isoOrNull,
  archivedAt: isoOrNull,
  mergedInto: textOrNull,
  lastN: z.int(),
  nextSteps: z.array(stepName),
  timers: z.array(z.object(timerFields)),
  tasks: z.array(task),
  isProvisional: z.boolean().optional(),
}; // prettier-ignore
export const incidentReply: Reply<I.IncidentShape> = z.object(incidentFields);

export const reviewReply: Reply<I.ReviewShape> = z.object({
  incidentId: z.string(),
  cause: cause.nullable(),
  timeline: z.array(
    z.object({
      at: iso,
      actor: textOrNull,
      what: z.string(),
      alarmId: textOrNull,
      severity: severity.nullable(),
      note: textOrNull,
    }),
  ),
  evidence: z.array(z.object({ alarmId: z.string(), sensorId: z.string() })),
  durations: z.object({
    detectMs: z.number(),
    identifyMs: msOrNull,
    respondMs: msOrNull,
    feedbackMs: msOrNull,
    closeMs: msOrNull,
  }),
  inTime: z.object({
    identify: z.boolean().nullable(),
    respond: z.boolean().nullable(),
    feedback: z.boolean().nullable(),
  }),
  doneTooEarly: z.int(),
});

export const incidentDetailReply: Reply<I.IncidentDetailShape> = z.object({
  ...incidentFields,
  causes: z.array(cause),
  steps: z.array(
    z.object({
      id: z.string(),
      kind: stepName,
      actor: textOrNull,
      at: iso,
      note: textOrNull,
      verdict,
      severity: severity.nullable(),
    }),
  ),
  alarms: z.array(alarmReply),
  alarmsCut: z.boolean(),
  overdue: z.array(z.object({ ...timerFields, noticedAt: iso })),
  audience: z.array(z.enum(['owner', 'authority', 'government'])),
  review: reviewReply.nullable(),
});

export const kpiReply: Reply<I.KpiReply> = z.object({
  from: iso,
  to: iso,
  items: z.array(
    z.object({
      name: z.string(),
      of: textOrNull,
      status: z.enum(['met', 'missed', 'noData']),
      value: z.record(z.string(), z.union([z.number(), z.string(), z.null()])).nullable(),
      target: z.object({
        text: z.string(),
        grade: z.enum(['A', 'B', 'C', 'M', 'P']),
        source: limitSourceSchema,
      }),
    }),
  ),
  histogram: z.array(z.object({ from: z.int(), to: z.int().nullable(), windows: z.int() })),
  badActors: z.array(
    z.object({ ruleId: z.string(), sensorId: z.string(), activations: z.int(), share: z.number() }),
  ),
});
