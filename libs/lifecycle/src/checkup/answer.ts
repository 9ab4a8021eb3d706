import type { Millis } from '@anmai/kernel';
import type { CheckupResult } from './scale';

/**
 * Where an answer belongs: `item`, or `group/row/item`; `group/row` says that the row is there; `conclusion` holds the
 * result. Row ids are chosen by the phone (ID_PATTERN) and kept when the next check-up looks at the same crack again.
 */
export type FieldPath = string;
export const FIELD_PATH_PATTERN =
  /^[a-z0-9][A-Za-z0-9.-]{0,63}(\/[a-z0-9][a-z0-9._-]{0,63}(\/[a-z0-9][A-Za-z0-9.-]{0,63})?)?$/;
/** The result on the scale of the rule set, and what the inspectors say of it. */
export const CONCLUSION_PATH = 'conclusion';
export const CONCLUSION_NOTE_PATH = 'conclusion.note';

export const rowPath = (groupId: string, rowId: string): FieldPath => `${groupId}/${rowId}`;
export const cellPath = (groupId: string, rowId: string, itemId: string): FieldPath =>
  `${groupId}/${rowId}/${itemId}`;

export type AnswerValue =
  | { readonly kind: 'choice'; readonly codes: readonly string[] }
  /** In the unit that the form gives. */
  | { readonly kind: 'measure'; readonly value: number }
  | { readonly kind: 'text'; readonly text: string }
  /** On the sketch of the floor: 0 … 1 from its left and from its top. */
  | { readonly kind: 'position'; readonly floor: string; readonly x: number; readonly y: number }
  /** Ids of files; the phone chooses them before they are sent. */
  | { readonly kind: 'photos'; readonly ids: readonly string[] }
  /** "Cannot be judged" is an answer of its own: never read as harmless, never as left out. */
  | { readonly kind: 'cannot'; readonly reason: string }
  | { readonly kind: 'row'; readonly present: boolean }
  | { readonly kind: 'result'; readonly result: CheckupResult }
  /** An answer that was taken back. */
  | { readonly kind: 'empty' };
export type AnswerKind = AnswerValue['kind'];
export type Answers = Readonly<Record<FieldPath, AnswerValue>>;

/**
 * One device's newest write of one field.
 * `n`: counts the writes of that device, over all fields; it orders them, since clocks of phones jump.
 * `seen`: of each device whose value was known when this was written, its `n`: what this write replaces.
 * `at`: by the clock of the phone. `offsetMs`: what the server found the clock to be behind; null: not sent yet.
 */
export interface FieldWrite {
  readonly value: AnswerValue;
  readonly at: Millis;
  readonly offsetMs: number | null;
  readonly deviceId: string;
  readonly n: number;
  readonly by: string;
  readonly seen: Readonly<Record<string, number>>;
}
/** By device id: the newest write of each. */
export type Field = Readonly<Record<string, FieldWrite>>;
export type DraftFields = Readonly<Record<FieldPath, Field>>;

export const FIELDS_MAX = 3_000;
export const DEVICES_PER_FIELD_MAX = 16;
