import type { CheckupState } from './record';

/** What people do to a check-up. `start` is the first answer that a phone sends. */
export const CHECKUP_STEPS = [
  'assign',
  'start',
  'submit',
  'review',
  'accept',
  'return',
  'supersede',
  'cancel',
] as const;
export type CheckupStep = (typeof CHECKUP_STEPS)[number];

/** From each state, what may be done and where it leads. What is not here is refused. */
export const CHECKUP_GRAPH: Readonly<
  Record<CheckupState, Readonly<Partial<Record<CheckupStep, CheckupState>>>>
> = {
  planned: { assign: 'assigned', cancel: 'cancelled' },
  assigned: { assign: 'assigned', start: 'inField', submit: 'submitted', cancel: 'cancelled' },
  inField: { assign: 'inField', start: 'inField', submit: 'submitted', cancel: 'cancelled' },
  submitted: { review: 'reviewed', return: 'returned' },
  reviewed: { accept: 'accepted', return: 'returned' },
  returned: { assign: 'returned', start: 'returned', submit: 'submitted' },
  accepted: { supersede: 'superseded' },
  superseded: {},
  cancelled: {},
};

/** The state after the step; null: it may not be done now. */
export const afterStep = (state: CheckupState, step: CheckupStep): CheckupState | null =>
  CHECKUP_GRAPH[state][step] ?? null;

/** Can answers still be changed? */
export const isOpenForAnswers = (state: CheckupState): boolean => afterStep(state, 'submit') !== null;
/** Does a submitted record stand that may not be changed? */
export const isFixed = (state: CheckupState): boolean =>
  state === 'submitted' || state === 'reviewed' || state === 'accepted' || state === 'superseded';
