import { err, ok, type Millis, type Result } from '@anmai/kernel';
import type { AppraisalBasis, AppraisalDraft } from './appraisal';

export type AppraisalRefusalCode =
  | 'basis.notReport'
  | 'report.fileMissing'
  | 'report.future'
  | 'report.twice'
  | 'replaces.unknown'
  | 'demolish.protected'
  | 'demolish.grade';

/** A refusal is an answer: why not, and what to do instead. */
export interface AppraisalRefusal {
  readonly code: AppraisalRefusalCode;
  readonly why: string;
  readonly instead: string;
}

export interface FilingFacts {
  readonly now: Millis;
  /** Protection status of the building (文物, 历史建筑, 历史街区 …); empty: none. null: nobody knows, which protects. */
  readonly protection: readonly string[] | null;
  /** Appraisals of the building so far. */
  readonly present: readonly {
    readonly id: string;
    readonly agency: string;
    readonly reportNumber: string;
  }[];
}

/** A report may carry tomorrow's date by the clock of its author, no more. */
export const REPORT_AHEAD_MS_MAX = 86_400_000;

const refuse = (code: AppraisalRefusalCode, why: string, instead: string): Result<true, AppraisalRefusal> =>
  err({ code, why, instead });

const NOT_A_REPORT: Readonly<Record<Exclude<AppraisalBasis, 'report'>, readonly [string, string]>> = {
  alarm: ['An alarm never regrades a building.', 'Demand a special check-up, and commission an appraisal if it says so.'],
  sensor: ['An instrument never regrades a building.', 'Demand a special check-up, and commission an appraisal if it says so.'],
  checkup: ['A check-up (体检) has a scale of its own; it can say that an appraisal is needed.', 'Commission an appraisal and file its report.'],
  survey: ['A survey (排查) judges hazards, not grades.', 'Commission an appraisal and file its report.'],
}; // prettier-ignore

/**
 * May this appraisal be filed? The only way by which a grade is set or lifted. A protected building is never torn down on a grade
 * alone: 整体拆除 needs its own plan (一屋一策) and the approval, both attached.
 */
export function mayFileAppraisal(draft: AppraisalDraft, facts: FilingFacts): Result<true, AppraisalRefusal> {
  if (draft.basis !== 'report') {
    const [why, instead] = NOT_A_REPORT[draft.basis];
    return refuse('basis.notReport', why, instead);
  }
  if (draft.report === null)
    return refuse('report.fileMissing', 'There is no report.', 'Attach the signed report as a file.');
  if (draft.reportedAt > facts.now + REPORT_AHEAD_MS_MAX)
    return refuse('report.future', 'The report is dated ahead of today.', 'Check its date.');
  const isSame = (each: FilingFacts['present'][number]): boolean =>
    each.agency === draft.agency && each.reportNumber === draft.reportNumber;
  const twice = facts.present.find(each => isSame(each) && each.id !== draft.replacesId);
  if (twice !== undefined)
    return refuse(
      'report.twice',
      `Report ${draft.reportNumber} of ${draft.agency} was filed as ${twice.id}.`,
      'To correct it, name it in `replacesId`.',
    );
  if (draft.replacesId !== null && !facts.present.some(each => each.id === draft.replacesId))
    return refuse(
      'replaces.unknown',
      `${draft.replacesId} is no appraisal of this building.`,
      'Name one of this building.',
    );
  return draft.handling === 'demolish' ? mayDemolish(draft, facts) : ok(true);
}

function mayDemolish(draft: AppraisalDraft, { protection }: FilingFacts): Result<true, AppraisalRefusal> {
  if (draft.grade !== 'D')
    return refuse(
      'demolish.grade',
      `整体拆除 is for a whole building in danger; this one is ${draft.grade}.`,
      'Choose 观察使用, 处理使用 or 停止使用, or file the report that says D.',
    );
  if (protection !== null && protection.length === 0) return ok(true);
  if (draft.protectionPlan !== null) return ok(true);
  const status =
    protection === null ? 'of unknown protection status' : `protected (${protection.join(', ')})`;
  return refuse(
    'demolish.protected',
    `The building is ${status}; a grade alone does not allow to tear it down.`,
    'Choose 处理使用 or 停止使用, or attach the plan for this building (一屋一策) and its approval.',
  );
}

/** Handlings that may be proposed for a grade. D on a protected building never proposes demolition. */
export function proposedHandlings(
  grade: AppraisalDraft['grade'],
  protection: readonly string[] | null,
): readonly NonNullable<AppraisalDraft['handling']>[] {
  const isFree = protection !== null && protection.length === 0;
  switch (grade) {
    case 'A':
    case 'B':
      return [];
    case 'C':
      return ['treatedUse', 'observedUse'];
    case 'D':
      return isFree ? ['stopUse', 'treatedUse', 'demolish'] : ['stopUse', 'treatedUse'];
  }
}
