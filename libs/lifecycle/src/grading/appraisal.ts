import type { Millis } from '@anmai/kernel';
import type { Grading } from './grade';
import type { GradingInput } from './grading-input';
import type { BuildingGrade } from './level';

/**
 * 城市危险房屋管理规定 第九条: 观察使用, 处理使用, 停止使用, 整体拆除. Not a function of the grade, and stored apart from it.
 */
export const HANDLINGS = ['observedUse', 'treatedUse', 'stopUse', 'demolish'] as const;
export type Handling = (typeof HANDLINGS)[number];

/** What a regrading rests on. Only a report does; the others are named so that their refusal can say what to do instead. */
export const APPRAISAL_BASES = ['report', 'alarm', 'sensor', 'checkup', 'survey'] as const;
export type AppraisalBasis = (typeof APPRAISAL_BASES)[number];

/** A file in the store of files; `sha256` hex of its bytes. */
export interface ReportFile {
  readonly fileId: string;
  readonly sha256: string;
}

/** 一屋一策: the plan for one protected building, and who approved it. */
export interface ProtectionPlan {
  readonly plan: ReportFile;
  readonly approval: ReportFile;
  readonly approvedBy: string;
}

/** What someone files: an appraisal report (鉴定报告) with its verdict. */
export interface AppraisalDraft {
  readonly id: string;
  readonly buildingId: string;
  readonly basis: AppraisalBasis;
  readonly agency: string;
  readonly reportNumber: string;
  /** Date of the report, as an instant at its start. */
  readonly reportedAt: Millis;
  readonly report: ReportFile | null;
  /** The agency's own verdict. What we compute stands beside it and never replaces it. */
  readonly grade: BuildingGrade;
  readonly handling: Handling | null;
  readonly protectionPlan: ProtectionPlan | null;
  readonly input: GradingInput | null;
  /** Members found dangerous, as words: what the monitoring plan starts from. */
  readonly defects: readonly Defect[];
  /** A report that this one corrects, which then no longer counts. */
  readonly replacesId: string | null;
  readonly note: string;
}

/** What is wrong, where. `kind`: what can be watched about it. */
export const DEFECT_KINDS = ['settlement', 'tilt', 'wallTilt', 'crack', 'displacement', 'other'] as const;
export type DefectKind = (typeof DEFECT_KINDS)[number];
export interface Defect {
  readonly kind: DefectKind;
  /** Member and place in words, such as `一层 B-3 承重墙`. */
  readonly where: string;
  readonly note: string;
}

/** An appraisal as it is kept. `computed` null: no counts were filed; what differs from the verdict is in `differences`. */
export interface Appraisal extends AppraisalDraft {
  readonly filedBy: string;
  readonly filedAt: Millis;
  readonly computed: Grading | null;
  readonly differences: readonly Difference[];
}

export interface Difference {
  readonly what: 'grade' | 'notGradable' | 'noInput';
  readonly computed: BuildingGrade | null;
  readonly agency: BuildingGrade;
}

/** Where the agency's verdict and the computed grade part. Shown, never resolved by a program. */
export function differencesOf(grade: BuildingGrade, computed: Grading | null): readonly Difference[] {
  if (computed === null) return [{ what: 'noInput', computed: null, agency: grade }];
  if (computed.outcome === 'notGradable')
    return [{ what: 'notGradable', computed: computed.atLeast, agency: grade }];
  return computed.grade === grade ? [] : [{ what: 'grade', computed: computed.grade, agency: grade }];
}

type Dated = Pick<Appraisal, 'id' | 'reportedAt' | 'filedAt' | 'replacesId'>;

/**
 * The appraisal in force: the newest report that was not corrected; of one day the one filed last. An old report that is filed
 * late does not undo a newer one.
 */
export function appraisalInForce<T extends Dated>(appraisals: readonly T[]): T | null {
  const corrected = new Set(appraisals.map(each => each.replacesId));
  const order = (a: T, b: T): number =>
    a.reportedAt - b.reportedAt || a.filedAt - b.filedAt || (a.id < b.id ? -1 : 1);
  return (
    appraisals
      .filter(each => !corrected.has(each.id))
      .toSorted(order)
      .at(-1) ?? null
  );
}
