import {
  answerFaults,
  askedItems,
  CONCLUSION_NOTE_PATH,
  CONCLUSION_PATH,
  type AnswerFault,
  type Answers,
  type CheckupForm,
  type FieldPath,
} from '@anmai/lifecycle';

/** How far a check-up has come: of the questions that have to be answered now. */
export function progressOf(
  form: CheckupForm,
  answers: Answers,
): { readonly asked: number; readonly answered: number } {
  const required = askedItems(form, answers).filter(each => each.item.required);
  const answered = required.filter(({ path }) => {
    const answer = answers[path];
    return answer !== undefined && !(answer.kind === 'photos' && answer.ids.length === 0);
  });
  return { asked: required.length, answered: answered.length };
}

/** Which step shows the path: the sections in order, then the conclusion. */
export function stepOfPath(form: CheckupForm, path: FieldPath): number {
  if (path === CONCLUSION_PATH || path === CONCLUSION_NOTE_PATH) return form.sections.length;
  const first = path.split('/')[0];
  const step = form.sections.findIndex(section => section.entries.some(entry => entry.id === first));
  return step === -1 ? form.sections.length : step;
}

/** Faults with the step that mends each. */
export const faultsByStep = (
  form: CheckupForm,
  answers: Answers,
): readonly (AnswerFault & { readonly step: number })[] =>
  answerFaults(form, answers).map(fault => ({ ...fault, step: stepOfPath(form, fault.path) }));

/** Sections, then the conclusion, then signing and sending. */
export const stepCount = (form: CheckupForm): number => form.sections.length + 2;
