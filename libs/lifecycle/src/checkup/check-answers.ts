import {
  CONCLUSION_NOTE_PATH,
  CONCLUSION_PATH,
  type Answers,
  type AnswerValue,
  type FieldPath,
} from './answer';
import type { CheckupForm, FormEntry } from './form';
import { askedItems, isShown, knowsPath, lookupIn, rowsOf } from './form-logic';

/** Why answers cannot be submitted as they are. */
export interface AnswerFault {
  readonly path: FieldPath;
  readonly why:
    | 'unknownItem' // the form of that version does not ask this
    | 'wrongKind'
    | 'unknownOption'
    | 'oneOption'
    | 'outOfRange'
    | 'tooLong'
    | 'tooManyRows'
    | 'missing'
    | 'photosMissing'
    | 'reasonMissing';
}

/** Faults of the answers themselves, then what is required and was not answered. Empty: they can be submitted. */
export const answerFaults = (form: CheckupForm, answers: Answers): readonly AnswerFault[] => [
  ...malformed(form, answers),
  ...missing(form, answers),
];

function malformed(form: CheckupForm, answers: Answers): AnswerFault[] {
  return Object.entries(answers).flatMap(([path, value]) => {
    if (path === CONCLUSION_PATH) return value.kind === 'result' ? [] : [{ path, why: 'wrongKind' as const }];
    if (path === CONCLUSION_NOTE_PATH)
      return value.kind === 'text' ? [] : [{ path, why: 'wrongKind' as const }];
    const entry = knowsPath(form, path);
    if (entry === null) return [{ path, why: 'unknownItem' as const }];
    const why = faultOf(entry, value);
    return why === null ? [] : [{ path, why }];
  });
}

function faultOf(entry: FormEntry, value: AnswerValue): AnswerFault['why'] | null {
  if (value.kind === 'cannot' && entry.kind !== 'group')
    return value.reason.trim() === '' ? 'reasonMissing' : null;
  switch (entry.kind) {
    case 'group':
      return value.kind === 'row' ? null : 'wrongKind';
    case 'choice': {
      if (value.kind !== 'choice') return 'wrongKind';
      if (!value.codes.every(code => entry.options.some(option => option.code === code)))
        return 'unknownOption';
      return !entry.multiple && value.codes.length !== 1 ? 'oneOption' : null;
    }
    case 'measure':
      if (value.kind !== 'measure') return 'wrongKind';
      return value.value < entry.min || value.value > entry.max ? 'outOfRange' : null;
    case 'text':
      if (value.kind !== 'text') return 'wrongKind';
      return value.text.length > entry.charsMax ? 'tooLong' : null;
    case 'photos':
      if (value.kind !== 'photos') return 'wrongKind';
      return value.ids.length > entry.countMax ? 'tooLong' : null;
    case 'position':
      return value.kind === 'position' ? null : 'wrongKind';
  }
}

function missing(form: CheckupForm, answers: Answers): AnswerFault[] {
  const faults: AnswerFault[] = [];
  for (const { path, item } of askedItems(form, answers)) {
    const answer = answers[path];
    if (!item.required || answer?.kind === 'cannot') continue;
    if (item.kind === 'photos') {
      const count = answer?.kind === 'photos' ? answer.ids.length : 0;
      if (count < item.countMin) faults.push({ path, why: 'photosMissing' });
    } else if (answer === undefined || (answer.kind === 'choice' && answer.codes.length === 0)) {
      faults.push({ path, why: 'missing' });
    }
  }
  for (const entry of form.sections.flatMap(section => section.entries)) {
    if (entry.kind !== 'group') continue;
    const rows = rowsOf(answers, entry.id).length;
    if (rows > entry.rowsMax) faults.push({ path: entry.id, why: 'tooManyRows' });
    if (entry.required && rows === 0 && isShown(entry.showIf, lookupIn(answers)))
      faults.push({ path: entry.id, why: 'missing' });
  }
  if (answers[CONCLUSION_PATH] === undefined) faults.push({ path: CONCLUSION_PATH, why: 'missing' });
  return faults;
}
