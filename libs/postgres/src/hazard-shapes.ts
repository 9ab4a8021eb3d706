import type { Severity } from '@anmai/catalog';
import type { Millis, Result } from '@anmai/kernel';
import type {
  Appraisal,
  AppraisalRefusal,
  DutyCall,
  DutyRefusal,
  DutyRound,
  Hazard,
  HazardHead,
  HazardLevel,
  HazardRefusal,
  HazardRung,
  HazardStep,
  HazardTerms,
  HazardTimer,
  CountedHazard,
  WatchEndVerdict,
  WatchPlan,
  WatchRefusal,
} from '@anmai/lifecycle';
import type { Author, PageQuery, RecordPage, Versioned, Within } from './record-shapes';

/** What grading, hazards and the watch need to know of a building. null and unknown: nobody has written it down. */
export interface BuildingFacts {
  readonly id: string;
  readonly name: string;
  readonly orgId: string;
  readonly grade: string | null;
  /** Empty: none; null: unknown, which protects. */
  readonly protection: readonly string[] | null;
  readonly storeys: number | null;
  readonly heightM: number | null;
  readonly structure: string | null;
  readonly address: string | null;
  readonly sensors: readonly {
    readonly id: string;
    readonly name: string;
    readonly quantity: string;
    readonly unit: string;
  }[];
}

export type AppraisalRow = Appraisal & { readonly buildingName: string; readonly isInForce: boolean };
export interface AppraisalQuery extends PageQuery {
  readonly buildingId?: string | undefined;
}

/** What a filed appraisal changed. `planEnded`: the monitoring plan that it ended (解危). */
export interface Filed {
  readonly appraisal: AppraisalRow;
  readonly gradeBefore: string | null;
  readonly gradeAfter: string | null;
  readonly planEnded: WatchRow | null;
}
export interface FilingKnowledge {
  readonly building: BuildingFacts;
  readonly present: readonly Appraisal[];
}

export interface Appraisals {
  /** Newest filed first. */
  list(query: AppraisalQuery, within: Within): Promise<RecordPage<AppraisalRow>>;
  get(id: string, within: Within): Promise<AppraisalRow | null>;
  /**
   * Files one if `judge` says so, sets the grade of the asset (with its outbox row) and of the building file to that of the
   * report in force, and ends the monitoring plan when that is A or B. A refusal is an answer; nothing was written then.
   */
  file(
    appraisal: Appraisal,
    judge: (known: FilingKnowledge) => Result<true, AppraisalRefusal>,
    by: Author,
  ): Promise<Result<Filed, AppraisalRefusal>>;
  /** null: no such building of the asset kind `building` is visible. */
  building(id: string, within: Within): Promise<BuildingFacts | null>;
}

export interface HazardRow extends Hazard {
  readonly buildingName: string;
  readonly orgName: string | null;
  /** The earliest thing that is expected of it. */
  readonly nextDueAt: Millis | null;
}
export type HazardStateFilter = 'open' | 'overdue' | 'closed' | 'dismissed' | 'all';
export interface HazardQuery extends PageQuery {
  readonly state: HazardStateFilter;
  readonly buildingId?: string | undefined;
  readonly level?: HazardLevel | undefined;
  readonly source?: string | undefined;
  /** Part of the title or the place. */
  readonly q?: string | undefined;
  readonly now: Millis;
}
export interface HazardOverdue {
  readonly kind: string;
  readonly dueAt: Millis;
  readonly escalateTo: HazardRung;
  readonly noticedAt: Millis;
}
export interface HazardFile {
  readonly row: HazardRow;
  readonly steps: readonly HazardStep[];
  readonly overdue: readonly HazardOverdue[];
}
/** Asked under the lock of the hazard. */
export interface HazardKnowledge {
  readonly hazard: Hazard;
  readonly terms: HazardTerms;
  readonly appraisalIds: readonly string[];
  readonly alarmIsOn: boolean;
}
export type HazardJudge = (known: HazardKnowledge) => Result<true, HazardRefusal>;
/** Hazards of one statistics at most; beyond it is refused rather than cut. */
export const STATISTICS_HAZARDS_MAX = 100_000;

/** Visible to whom the building belongs, to whom the hazard was given, and to those above either. */
export interface Hazards {
  /** `overdue`: the longest due first; else newest found first. */
  list(query: HazardQuery, within: Within): Promise<RecordPage<HazardRow>>;
  get(id: string, within: Within): Promise<HazardRow | null>;
  file(id: string, within: Within): Promise<HazardFile | null>;
  report(head: HazardHead, by: Author): Promise<HazardRow>;
  /** To whom it was given repairs, controls and asks for time; every other step is of whom the building belongs to (HAZ-004). */
  take(step: HazardStep, judge: HazardJudge, within: Within): Promise<Result<HazardRow, HazardRefusal>>;
  terms(): Promise<HazardTerms & Versioned>;
  putTerms(terms: HazardTerms, expectedVersion: number | null, by: Author): Promise<HazardTerms & Versioned>;
  /** Notes what is overdue, each rung once; gives how many were new. */
  noteOverdue(hazard: HazardRow, timers: readonly HazardTimer[], at: Millis): Promise<number>;
  /** What a statistics of [from, to) rests on. More than STATISTICS_HAZARDS_MAX: PGR-016. */
  counted(from: Millis, to: Millis, terms: HazardTerms, within: Within): Promise<readonly CountedHazard[]>;
}

export interface WatchRow extends WatchPlan, Versioned {
  readonly buildingName: string;
  readonly orgId: string;
}
export interface WatchQuery extends PageQuery {
  readonly state: 'open' | 'ended' | 'all';
  readonly buildingId?: string | undefined;
}
export interface DutyRow extends DutyRound {
  readonly buildingId: string;
  readonly severity: Severity | null;
}
/** A special check-up that was demanded; `metAt` null: it waits. */
export interface CheckupDemand {
  readonly id: string;
  readonly buildingId: string;
  readonly cause: string;
  readonly severity: Severity | null;
  readonly alarmIds: readonly string[];
  readonly reason: string;
  readonly demandedAt: Millis;
  readonly demandedBy: string;
  readonly checkupId: string | null;
  readonly metAt: Millis | null;
}
/** A C or D building that nobody watches. */
export interface Unwatched {
  readonly buildingId: string;
  readonly buildingName: string;
  readonly grade: 'C' | 'D';
}
/** What an alarm of a watched building brought. */
export interface WatchTold {
  readonly rounds: number;
  readonly demands: number;
}
export interface WatchAlarm {
  readonly id: string;
  readonly sensorId: string;
  readonly severity: Severity;
  readonly raisedAt: Millis;
  readonly clearedAt: Millis | null;
  readonly ruleName: string;
}

export interface Watches {
  list(query: WatchQuery, within: Within): Promise<RecordPage<WatchRow>>;
  get(id: string, within: Within): Promise<WatchRow | null>;
  /** The plan in force. */
  ofBuilding(buildingId: string, within: Within): Promise<WatchRow | null>;
  start(
    plan: WatchPlan,
    judge: (building: BuildingFacts, openPlanId: string | null) => Result<true, WatchRefusal>,
    by: Author,
  ): Promise<Result<WatchRow, WatchRefusal>>;
  edit(
    id: string,
    expectedVersion: number | null,
    change: (plan: WatchRow, building: BuildingFacts) => Result<WatchPlan, WatchRefusal>,
    by: Author,
  ): Promise<Result<WatchRow, WatchRefusal>>;
  end(
    id: string,
    judge: (plan: WatchPlan, verdict: WatchEndVerdict | null) => Result<true, WatchRefusal>,
    by: Author,
  ): Promise<Result<WatchRow, WatchRefusal>>;
  /** C and D buildings without a plan in force, at most LIST_LIMIT_MAX. */
  unwatched(within: Within): Promise<readonly Unwatched[]>;
  /** Newest first. */
  rounds(planId: string, within: Within): Promise<readonly DutyRow[]>;
  openRounds(within: Within): Promise<readonly DutyRow[]>;
  round(id: string, within: Within): Promise<DutyRow | null>;
  call(
    roundId: string,
    call: DutyCall,
    judge: (round: DutyRound) => Result<true, DutyRefusal>,
    within: Within,
  ): Promise<Result<DutyRow, DutyRefusal>>;
  standDown(
    roundId: string,
    note: string,
    judge: (round: DutyRound) => Result<true, DutyRefusal>,
    by: Author,
  ): Promise<Result<DutyRow, DutyRefusal>>;
  /**
   * Looks at the open alarms of C and D buildings: each red one starts the duty list of its plan once, and each of the
   * severity that the plan names demands a special check-up. Follows from the records, so that a restart leaves nothing out.
   */
  tellAlarms(now: Millis): Promise<WatchTold>;
  /** Newest first; at most LIST_LIMIT_MAX. */
  demands(
    filter: { readonly buildingId?: string; readonly open: boolean },
    within: Within,
  ): Promise<readonly CheckupDemand[]>;
  /** A demand of another cause than an alarm; the open one of the building is given back when there is one. */
  demand(demand: Omit<CheckupDemand, 'checkupId' | 'metAt' | 'alarmIds'>, by: Author): Promise<CheckupDemand>;
  /** The check-up that meets it was submitted. Again: nothing happens. */
  meetDemand(id: string, checkupId: string, at: Millis, by: Author): Promise<CheckupDemand>;
  /** Alarms of the building that were on in [from, to), oldest first; at most LIST_LIMIT_MAX. */
  alarms(buildingId: string, from: Millis, to: Millis): Promise<readonly WatchAlarm[]>;
}
