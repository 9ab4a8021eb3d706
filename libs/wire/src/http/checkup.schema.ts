import { z } from 'zod';
import { CHECKUP_KINDS, CHECKUP_STATES, DEMAND_CAUSES } from '@anmai/lifecycle';
import { draftFieldsSchema, fieldPathSchema } from './checkup-answer.schema';
import { pageQuery } from './paging.schema';
import { idSchema, nameSchema, noteSchema } from './text.schema';

export const INSPECTORS_MAX = 10;
export const ATTACHMENTS_MAX = 500;
/** A phone that was away for a week is taken; a clock that is wrong by years is corrected all the same. */
const phoneClock = z
  .int()
  .min(0)
  .max(8_640_000_000_000_000)
  .meta({ description: 'Milliseconds since 1970 by the clock of the device.' });

export const calendarDateSchema = z.iso.date().meta({ example: '2026-11-28' });
const inspectors = z
  .array(idSchema)
  .max(INSPECTORS_MAX)
  .refine(list => new Set(list).size === list.length, 'a name is there twice');
export const formRefSchema = z.strictObject({ id: idSchema, version: z.int().min(1) });

/** GET /checkups */
export const checkupQuery = z.strictObject({
  ...pageQuery.shape,
  state: z.enum(CHECKUP_STATES).optional(),
  kind: z.enum(CHECKUP_KINDS).optional(),
  buildingId: idSchema.optional(),
  agencyId: idSchema.optional(),
  inspector: idSchema.optional(),
  roundId: idSchema.optional(),
});

const demandSchema = z.strictObject({
  cause: z.enum(DEMAND_CAUSES),
  reason: noteSchema,
  refId: idSchema.nullable().default(null),
});

/** POST /checkups: plans one. A special one says what demands it, and by when. */
export const newCheckupSchema = z
  .strictObject({
    id: idSchema.optional(),
    buildingId: idSchema,
    kind: z.enum(CHECKUP_KINDS).default('regular'),
    ruleSetId: idSchema.optional().meta({ description: 'Left out: the one that the platform uses.' }),
    form: formRefSchema.optional().meta({ description: 'Left out: that of the structure family.' }),
    agencyId: idSchema.nullable().default(null),
    inspectors: inspectors.default([]),
    dueFrom: calendarDateSchema.nullable().default(null),
    dueOn: calendarDateSchema.nullable().default(null),
    demand: demandSchema.nullable().default(null),
  })
  .refine(value => value.kind !== 'special' || (value.demand !== null && value.dueOn !== null), {
    message: 'a special check-up says what demands it (`demand`) and by when (`dueOn`)',
    path: ['demand'],
  });

/** POST /checkups/{id}/assign */
export const assignCheckupSchema = z.strictObject({ agencyId: idSchema, inspectors });

/** POST /checkups/{id}/draft: what the phone has, all of it or what is new. */
export const draftSyncSchema = z.strictObject({
  deviceId: idSchema,
  deviceAt: phoneClock,
  fields: draftFieldsSchema,
});

const signatureSchema = z.strictObject({
  username: idSchema.nullable().default(null),
  name: nameSchema,
  certificate: nameSchema.nullable().default(null),
  fileId: idSchema,
  signedAt: phoneClock,
});
const attachmentSchema = z.strictObject({
  fileId: idSchema,
  sha256: z.string().regex(/^[0-9a-f]{64}$/, '64 hex digits of SHA-256'),
  kind: z.enum(['photo', 'signature', 'sketch', 'document']),
  path: fieldPathSchema.nullable().default(null),
});

/** POST /checkups/{id}/submit: the draft as the phone has it is merged in first. Files may follow later. */
export const submitCheckupSchema = z
  .strictObject({
    deviceId: idSchema,
    deviceAt: phoneClock,
    form: formRefSchema,
    fields: draftFieldsSchema,
    signatures: z.array(signatureSchema).max(INSPECTORS_MAX),
    attachments: z.array(attachmentSchema).max(ATTACHMENTS_MAX),
    startedAt: phoneClock,
    finishedAt: phoneClock,
  })
  .refine(({ attachments }) => new Set(attachments.map(each => each.fileId)).size === attachments.length, {
    message: 'a file is there twice',
    path: ['attachments'],
  });

/** POST /checkups/{id}/review, /accept */
export const reviewCheckupSchema = z.strictObject({ note: noteSchema.nullable().default(null) });
/** POST /checkups/{id}/return, /cancel, /supersede */
export const checkupReasonSchema = z.strictObject({ reason: noteSchema });
export const supersedeCheckupSchema = z.strictObject({ id: idSchema.optional(), reason: noteSchema });
