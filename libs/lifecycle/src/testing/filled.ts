import {
  CONCLUSION_PATH,
  type AnswerValue,
  type Answers,
  type DraftFields,
  type FieldPath,
} from '../checkup/answer';
import type { CheckupForm, FormItem } from '../checkup/form';
import { askedItems } from '../checkup/form-logic';
import type { Attachment } from '../checkup/record';
import type { CheckupResult } from '../checkup/scale';

/** The harmless answer to every required question. */
export function harmless(item: FormItem): AnswerValue {
  switch (item.kind) {
    case 'choice':
      return { kind: 'choice', codes: [item.options[0]!.code] };
    case 'measure':
      return { kind: 'measure', value: item.min };
    case 'text':
      return { kind: 'text', text: '正常' };
    case 'photos':
      return {
        kind: 'photos',
        ids: Array.from({ length: item.countMin }, (_, i) => `${item.id.toLowerCase()}-${i}`),
      };
    case 'position':
      return { kind: 'position', floor: '1F', x: 0.5, y: 0.5 };
  }
}

export const PASSED: CheckupResult = { scale: 'checkup-pass', value: 'pass' };

/** Answers that can be submitted: all harmless, save for what is given. Rows of groups among it are filled up too. */
export function filled(
  form: CheckupForm,
  given: Readonly<Record<FieldPath, AnswerValue>> = {},
  result: CheckupResult = PASSED,
): Answers {
  let answers: Record<FieldPath, AnswerValue> = { ...given, [CONCLUSION_PATH]: { kind: 'result', result } };
  // Twice: an answer may bring up another question.
  for (let pass = 0; pass < 2; pass++) {
    const more = askedItems(form, answers).filter(
      ({ path, item }) => item.required && answers[path] === undefined,
    );
    answers = { ...answers, ...Object.fromEntries(more.map(({ path, item }) => [path, harmless(item)])) };
  }
  return answers;
}

/** As one phone would have written them, one after the other. */
export function asDraft(
  answers: Answers,
  write: { readonly deviceId: string; readonly by: string; readonly at: number; readonly n?: number },
): DraftFields {
  const { deviceId, by, at, n = 1 } = write;
  return Object.fromEntries(
    Object.entries(answers).map(([path, value], i) => [
      path,
      { [deviceId]: { value, at: at + i, offsetMs: null, deviceId, n: n + i, by, seen: {} } },
    ]),
  );
}

/** Every photo that the answers name and every signature, as a phone lists them; all with the same made-up hash. */
export const attachmentsOf = (
  answers: Answers,
  signatureIds: readonly string[],
  sha256 = 'a'.repeat(64),
): readonly Attachment[] => [
  ...Object.entries(answers).flatMap(([path, answer]) =>
    answer.kind === 'photos'
      ? answer.ids.map(fileId => ({ fileId, sha256, kind: 'photo', path }) as const)
      : [],
  ),
  ...[...new Set(signatureIds)].map(fileId => ({ fileId, sha256, kind: 'signature', path: null }) as const),
];
