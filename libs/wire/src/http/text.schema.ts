import { z } from 'zod';
import { ID_PATTERN } from '@anmai/kernel';

export const NAME_CHARS_MAX = 200;
export const NOTE_CHARS_MAX = 2_000;
/** JSON text of the free fields of one thing. */
export const PROPERTIES_CHARS_MAX = 16_384;

// Control characters other than line breaks and tabs: a NUL cannot be stored, the rest only serves to mislead a reader.
const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/;
const CONTROL_OR_BREAK = /[\u0000-\u001f\u007f]/;

/** Half of a character: no text column can hold it. */
const LONE_SURROGATE = /\p{Surrogate}/u;
const UNSTORABLE_ESCAPE = /\\u(?:0000|d[89a-f][0-9a-f]{2})/i;

export const idSchema = z
  .string()
  .regex(
    ID_PATTERN,
    'an id has 1 to 64 of a-z, 0-9, dot, underscore and hyphen, and starts with a letter or digit',
  )
  .meta({ description: 'Chosen by the client where given, otherwise made.', example: 'well-0012' });

/** One line that a person reads. */
export const nameSchema = z
  .string()
  .trim()
  .min(1, 'must not be empty')
  .max(NAME_CHARS_MAX)
  .refine(text => !CONTROL_OR_BREAK.test(text), 'must not hold control characters')
  .refine(text => !LONE_SURROGATE.test(text), 'must be well-formed Unicode');

/** What a person wrote; may have lines. */
export const noteSchema = z
  .string()
  .trim()
  .min(1, 'must not be empty')
  .max(NOTE_CHARS_MAX)
  .refine(text => !CONTROL.test(text), 'must not hold control characters')
  .refine(text => !LONE_SURROGATE.test(text), 'must be well-formed Unicode');

/** Free fields. NUL characters are refused since no text column of the records can hold them. */
export const propertiesSchema = z
  .record(z.string().max(NAME_CHARS_MAX), z.json())
  .refine(value => JSON.stringify(value).length <= PROPERTIES_CHARS_MAX, {
    message: `at most ${PROPERTIES_CHARS_MAX} characters of JSON`,
  })
  .refine(value => !UNSTORABLE_ESCAPE.test(JSON.stringify(value)), 'must not hold NUL or half characters');

export const isoSchema = z.iso
  .datetime({ offset: true, message: 'must be ISO 8601 with an offset, such as 2026-07-20T08:00:00Z' })
  .meta({ example: '2026-07-20T08:00:00Z' });

/** ISO 8601 in, integer milliseconds out. */
export const instantSchema = isoSchema.transform(text => Date.parse(text));
