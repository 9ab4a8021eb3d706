import { z } from 'zod';
import {
  CHECKUP_KINDS,
  CHECKUP_SCALES,
  CHECKUP_STATES,
  DEMAND_CAUSES,
  SECTION_IDS,
  STRUCTURE_FAMILIES,
} from '@anmai/lifecycle';
import { answersSchema, checkupResultSchema, draftFieldsSchema } from './checkup-answer.schema';
import { markSchema, wordsSchema } from './checkup-form.schema';

const iso = z.iso.datetime();
const text = z.string();
const textOrNull = text.nullable();
const dateOrNull = z.iso.date().nullable();
const formRef = z.object({ id: text, version: z.int() });

/** Enough of a building to find it and to know which one it is. */
export const checkupPlaceReply = z.object({
  id: text,
  name: text,
  address: text,
  district: text,
  street: text,
});

const demand = z.object({
  cause: z.enum(DEMAND_CAUSES),
  reason: text,
  refId: textOrNull,
  at: iso,
  by: text,
});

export const checkupReply = z.object({
  id: text,
  building: checkupPlaceReply,
  kind: z.enum(CHECKUP_KINDS),
  state: z.enum(CHECKUP_STATES),
  ruleSet: z.object({ id: text, version: z.int() }),
  form: formRef,
  agencyId: textOrNull,
  inspectors: z.array(text),
  dueFrom: dateOrNull,
  dueOn: dateOrNull,
  roundId: textOrNull,
  demand: demand.nullable(),
  supersedes: textOrNull,
  supersededBy: textOrNull,
  note: textOrNull,
  revision: z.int(),
  version: z.int(),
});
export type CheckupShape = z.infer<typeof checkupReply>;

const finding = z.object({
  path: text,
  section: z.enum(SECTION_IDS),
  itemId: text,
  rowId: textOrNull,
  level: z.union([z.literal(0), z.literal(1), z.literal(2)]),
  why: z.enum(['choice', 'limit', 'growth', 'cannot']),
  codes: z.array(text),
  value: z.number().nullable(),
  limit: z.number().nullable(),
  mark: markSchema.nullable(),
});

const signature = z.object({
  username: textOrNull,
  name: text,
  certificate: textOrNull,
  fileId: text,
  signedAt: iso,
});
const attachment = z.object({
  fileId: text,
  sha256: text,
  kind: z.enum(['photo', 'signature', 'sketch', 'document']),
  path: textOrNull,
  /** The file is here; false: it is still on its way from the phone. */
  arrived: z.boolean(),
});

/** What was submitted: never changed. */
export const checkupRecordReply = z.object({
  id: text,
  checkupId: text,
  revision: z.int(),
  form: formRef,
  answers: answersSchema,
  result: checkupResultSchema,
  findings: z.array(finding),
  signatures: z.array(signature),
  attachments: z.array(attachment),
  deviceId: text,
  startedAt: iso,
  finishedAt: iso,
  submittedAt: iso,
  submittedBy: text,
  /** What the clock of the phone was behind by; its times above are set right. */
  clockOffsetMs: z.int(),
  contentHash: text,
  /** A later record took its place. */
  superseded: z.boolean(),
});
export type CheckupRecordShape = z.infer<typeof checkupRecordReply>;

export const checkupDraftReply = z.object({
  checkupId: text,
  state: z.enum(CHECKUP_STATES),
  fields: draftFieldsSchema,
  /** Paths on which two devices say different things. */
  conflicts: z.array(text),
  serverAt: iso,
  /** Of this very call: server minus phone. */
  clockOffsetMs: z.int(),
});
export type CheckupDraftShape = z.infer<typeof checkupDraftReply>;

const step = z.object({ at: iso, actor: text, step: text, note: textOrNull });

/** GET /checkups/{id} */
export const checkupDetailReply = z.object({
  ...checkupReply.shape,
  scale: z.enum(CHECKUP_SCALES),
  inspectorsMin: z.int(),
  /** Newest first: the first is the one that holds. */
  records: z.array(checkupRecordReply),
  history: z.array(step),
  /** Answered so far; null: nothing yet, or it was submitted. */
  draft: z.object({ fields: draftFieldsSchema, conflicts: z.array(text) }).nullable(),
});
export type CheckupDetailShape = z.infer<typeof checkupDetailReply>;

const lastOf = z.object({
  recordId: text,
  checkupId: text,
  submittedAt: iso,
  form: formRef,
  answers: answersSchema,
  result: checkupResultSchema,
});

/** GET /checkups/tasks: all that a phone takes along for a day without signal; forms by their own address. */
export const checkupTaskReply = z.object({
  ...checkupReply.shape,
  scale: z.enum(CHECKUP_SCALES),
  inspectorsMin: z.int(),
  geometry: z.unknown().nullable(),
  properties: z.record(text, z.unknown()),
  fields: draftFieldsSchema,
  last: lastOf.nullable(),
});
export type CheckupTaskShape = z.infer<typeof checkupTaskReply>;
export const checkupTasksReply = z.object({
  serverAt: iso,
  items: z.array(checkupTaskReply),
  forms: z.array(formRef),
  /** More than fit on a phone: the ones due first are given. */
  cut: z.boolean(),
});
export type CheckupTasksShape = z.infer<typeof checkupTasksReply>;

export const checkupFormsReply = z.object({
  items: z.array(
    z.object({
      ...formRef.shape,
      family: z.enum(STRUCTURE_FAMILIES),
      name: wordsSchema,
      newest: z.boolean(),
    }),
  ),
});
export type CheckupFormsShape = z.infer<typeof checkupFormsReply>;

/** POST /checkups/{id}/submit. `again`: the very same was submitted before, and this is that record. */
export const checkupSubmitReply = z.object({
  checkup: checkupReply,
  record: checkupRecordReply,
  again: z.boolean(),
});
export type CheckupSubmitShape = z.infer<typeof checkupSubmitReply>;
