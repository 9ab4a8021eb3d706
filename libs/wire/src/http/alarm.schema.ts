import { z } from 'zod';
import { noteSchema } from './text.schema';

/** `seenN`: `lastN` of the alarm as it was shown; what came since is then not acknowledged unseen. */
export const seenN = z.int().min(1).optional();

export const acknowledgeSchema = z
  .strictObject({ note: noteSchema.nullable().optional(), seenN })
  .nullish()
  .transform(body => body ?? {});
export const commentSchema = z.strictObject({ note: noteSchema });
