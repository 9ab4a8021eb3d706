import { err, ok, type Millis, type Result } from '@anmai/kernel';
import { isDangerous, type BuildingGrade } from '../grading/level';
import type { WatchMeasure, WatchItem, WatchLevels, WatchPlan } from './plan';

export type WatchRefusalCode =
  | 'plan.grade'
  | 'plan.twice'
  | 'plan.ended'
  | 'plan.limits'
  | 'plan.idTwice'
  | 'measure.protected'
  | 'measure.progress'
  | 'measure.dates'
  | 'end.noAppraisal'
  | 'end.stillDangerous';

/** A refusal is an answer: why not, and what to do instead. */
export interface WatchRefusal {
  readonly code: WatchRefusalCode;
  readonly why: string;
  readonly instead: string;
}
type Answer = Result<true, WatchRefusal>;
const refuse = (code: WatchRefusalCode, why: string, instead: string): Answer => err({ code, why, instead });
const FINE: Answer = ok(true);

/** Only what an appraisal called C or D is under watch, once at a time. */
export function mayStartWatch(grade: string | null, openPlanId: string | null): Answer {
  if (!isDangerous(grade))
    return refuse(
      'plan.grade',
      `The building is ${grade ?? 'not graded'}; a monitoring plan is for C and D.`,
      'File the appraisal report that says so.',
    );
  return openPlanId === null
    ? FINE
    : refuse('plan.twice', `Plan ${openPlanId} is in force.`, `Change ${openPlanId}.`);
}

const isAscending = ({ yellow, orange, red }: WatchLevels): boolean =>
  Number.isFinite(yellow) && yellow > 0 && yellow < orange && orange < red && Number.isFinite(red);

/** May the plan become this? Limits ascend, and each item, person and measure has an id of its own. */
export function mayEditWatch(
  before: WatchPlan,
  after: Pick<WatchPlan, 'items' | 'duty' | 'measures'>,
  protection: readonly string[] | null,
): Answer {
  if (before.endedAt !== null)
    return refuse('plan.ended', 'The plan has ended.', 'Start a new one when the building is C or D again.');
  const ids = [after.items, after.duty, after.measures].map(list => list.map(each => each.id));
  if (ids.some(list => new Set(list).size !== list.length))
    return refuse(
      'plan.idTwice',
      'Two items, people or measures have the same id.',
      'Give each an id of its own.',
    );
  const broken = after.items.find(item => !hasGoodLimits(item));
  if (broken !== undefined)
    return refuse(
      'plan.limits',
      `Limits of ${broken.id} do not ascend from yellow to red.`,
      'Set yellow below orange below red, all above 0.',
    );
  for (const measure of after.measures) {
    const answer = mayMeasure(measure, protection);
    if (!answer.ok) return answer;
  }
  return FINE;
}

const hasGoodLimits = ({ amount, rate }: WatchItem): boolean =>
  (amount === null || isAscending(amount)) && (rate === null || isAscending(rate));

function mayMeasure(measure: WatchMeasure, protection: readonly string[] | null): Answer {
  const { kind, plannedFrom, plannedTo, progressPercent, approvalFileIds } = measure;
  if (!Number.isInteger(progressPercent) || progressPercent < 0 || progressPercent > 100)
    return refuse('measure.progress', 'Progress is a whole number from 0 to 100.', 'Give it so.');
  if (plannedTo < plannedFrom)
    return refuse('measure.dates', 'It ends before it begins.', 'Set an end after the begin.');
  const isFree = protection !== null && protection.length === 0;
  if (kind !== 'demolition' || isFree || approvalFileIds.length >= 2) return FINE;
  const status =
    protection === null ? 'of unknown protection status' : `protected (${protection.join(', ')})`;
  return refuse(
    'measure.protected',
    `The building is ${status}; it is not torn down on a grade alone.`,
    'Choose reinforcement, or attach the plan for this building (一屋一策) and its approval.',
  );
}

/** What is known of the appraisal in force. */
export interface WatchEndVerdict {
  readonly id: string;
  readonly grade: BuildingGrade;
  readonly filedAt: Millis;
}

/**
 * 解危: may the plan end? Only by a report that was filed after the plan began and says A or B. That measures are done, or that
 * the sensors are quiet, ends nothing.
 */
export function mayEndWatch(plan: WatchPlan, verdict: WatchEndVerdict | null): Answer {
  if (plan.endedAt !== null) return refuse('plan.ended', 'The plan has ended.', 'Nothing is to be done.');
  const isNew = verdict !== null && verdict.id !== plan.appraisalId && verdict.filedAt >= plan.startedAt;
  if (!isNew)
    return refuse(
      'end.noAppraisal',
      'No report was filed since the plan began.',
      'Commission an appraisal (解危鉴定) and file its report.',
    );
  return isDangerous(verdict.grade)
    ? refuse(
        'end.stillDangerous',
        `Report ${verdict.id} says ${verdict.grade}.`,
        'Go on with the measures; a report that says A or B ends the watch.',
      )
    : FINE;
}
