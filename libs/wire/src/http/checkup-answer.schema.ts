import { z } from 'zod';
import {
  CONCLUSION_PATH,
  DEVICES_PER_FIELD_MAX,
  FIELD_PATH_PATTERN,
  FIELDS_MAX,
  PASS_VALUES,
  type AnswerValue,
  type CheckupResult,
  type DraftFields,
  type FieldWrite,
} from '@anmai/lifecycle';
import type { Reply } from './reply-of';
import { idSchema, nameSchema, noteSchema } from './text.schema';

export const PHOTOS_PER_ANSWER_MAX = 50;

export const checkupResultSchema: Reply<CheckupResult> = z.discriminatedUnion('scale', [
  z.strictObject({ scale: z.literal('checkup-pass'), value: z.enum(PASS_VALUES) }),
  z.strictObject({
    scale: z.literal('checkup-degradation'),
    degraded: z.boolean(),
    appraisalNeeded: z.boolean(),
  }),
]);

export const answerSchema: Reply<AnswerValue> = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('choice'), codes: z.array(z.string().min(1).max(64)).max(50) }),
  z.strictObject({ kind: z.literal('measure'), value: z.number() }),
  // A draft is kept at each keystroke, so an empty text is one too.
  z.strictObject({ kind: z.literal('text'), text: z.literal('').or(noteSchema) }),
  z.strictObject({
    kind: z.literal('position'),
    floor: nameSchema,
    x: z.number().min(0).max(1),
    y: z.number().min(0).max(1),
  }),
  z.strictObject({ kind: z.literal('photos'), ids: z.array(idSchema).max(PHOTOS_PER_ANSWER_MAX) }),
  z.strictObject({ kind: z.literal('cannot'), reason: z.literal('').or(noteSchema) }),
  z.strictObject({ kind: z.literal('row'), present: z.boolean() }),
  z.strictObject({ kind: z.literal('result'), result: checkupResultSchema }),
  z.strictObject({ kind: z.literal('empty') }),
]);

export const fieldPathSchema = z
  .string()
  .regex(FIELD_PATH_PATTERN, 'must be `item`, `group/row` or `group/row/item`')
  .meta({ example: 'cracks/c1/width', description: `Or \`${CONCLUSION_PATH}\`.` });

const counter = z.int().min(0).max(Number.MAX_SAFE_INTEGER);
/** Milliseconds since 1970, by the clock of a phone: wrong ones are taken too. */
const phoneClock = z.int().min(0).max(8_640_000_000_000_000);

export const fieldWriteSchema: Reply<FieldWrite> = z.strictObject({
  value: answerSchema,
  at: phoneClock.meta({ description: 'Milliseconds since 1970 by the clock of the device.' }),
  offsetMs: z
    .int()
    .nullable()
    .meta({ description: 'What the server found the clock to be behind; null: new.' }),
  deviceId: idSchema,
  n: counter.meta({ description: 'Counts the writes of this device.' }),
  by: idSchema,
  seen: z.record(idSchema, counter),
});

export const draftFieldsSchema: Reply<DraftFields> = z
  .record(
    fieldPathSchema,
    z
      .record(idSchema, fieldWriteSchema)
      .refine(field => Object.keys(field).length <= DEVICES_PER_FIELD_MAX, 'too many devices')
      .refine(
        field => Object.entries(field).every(([deviceId, write]) => write.deviceId === deviceId),
        'a write stands under the id of its device',
      ),
  )
  .refine(fields => Object.keys(fields).length <= FIELDS_MAX, `at most ${FIELDS_MAX} fields`);

/** Only what was answered, without who and when. */
export const answersSchema = z.record(fieldPathSchema, answerSchema);
