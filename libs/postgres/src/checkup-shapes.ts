import type { Geometry } from '@anmai/catalog';
import type { Millis } from '@anmai/kernel';
import type {
  CalendarDate,
  Checkup,
  CheckupForm,
  CheckupKind,
  CheckupRecord,
  CheckupState,
  DraftFields,
  FormRef,
  RegimeRuleSet,
} from '@anmai/lifecycle';
import type { PageQuery, Versioned, Within } from './record-shapes';

/** Check-ups that a phone takes along at most. */
export const CHECKUP_TASKS_MAX = 300;

/** Who looks: an inspector sees the own tasks; others what `within` lets see of buildings or of agencies. */
export interface CheckupViewer {
  readonly within: Within;
  readonly username: string;
  readonly onlyOwn: boolean;
}

/** Enough of a building to find it. Address and street are empty where no file was made yet. */
export interface CheckupPlace {
  readonly id: string;
  readonly name: string;
  readonly address: string;
  readonly district: string;
  readonly street: string;
}

export type CheckupRow = Checkup &
  Versioned & {
    readonly place: CheckupPlace;
    readonly buildingOrgId: string;
    readonly agencyOrgId: string | null;
    /** A building file was made: it has a timeline. */
    readonly hasFile: boolean;
  };

export interface CheckupQuery extends PageQuery {
  readonly state?: CheckupState | undefined;
  readonly kind?: CheckupKind | undefined;
  readonly buildingId?: string | undefined;
  readonly agencyId?: string | undefined;
  readonly inspector?: string | undefined;
  readonly roundId?: string | undefined;
}

export interface CheckupStepRow {
  readonly n: number;
  readonly step: string;
  readonly actor: string;
  readonly at: Millis;
  readonly note: string | null;
}

/** A check-up with all that belongs to it; records newest first. */
export interface CheckupFile {
  readonly row: CheckupRow;
  readonly ruleSet: RegimeRuleSet;
  readonly records: readonly CheckupRecord[];
  readonly steps: readonly CheckupStepRow[];
  readonly fields: DraftFields;
}

export interface CheckupTask {
  readonly row: CheckupRow;
  readonly ruleSet: RegimeRuleSet;
  readonly fields: DraftFields;
  readonly last: CheckupRecord | null;
  readonly geometry: Geometry | null;
  readonly properties: Readonly<Record<string, unknown>>;
}

/** `form` left out: that of the family; the repository takes what the caller found. */
export type NewCheckup = Pick<
  Checkup,
  | 'id'
  | 'buildingId'
  | 'kind'
  | 'ruleSet'
  | 'form'
  | 'agencyId'
  | 'inspectors'
  | 'dueFrom'
  | 'dueOn'
  | 'roundId'
  | 'demand'
>;

/** What a step changes. */
export interface CheckupChange {
  readonly step: string;
  readonly note: string | null;
  readonly patch: Partial<Pick<Checkup, 'state' | 'agencyId' | 'inspectors' | 'note' | 'supersededBy'>>;
  /** Said on the timeline of the building; null: too small for it. */
  readonly event: string | null;
}
/** Throws where the step is refused. */
export type CheckupDecision = (row: CheckupRow) => CheckupChange;

/** All that a submission is judged by, in the transaction that takes it. */
export interface SubmissionFacts {
  readonly row: CheckupRow;
  /** Any version that was ever published; null: there is none such. */
  readonly form: (ref: FormRef) => Promise<CheckupForm | null>;
  readonly ruleSet: RegimeRuleSet;
  readonly fields: DraftFields;
  readonly last: CheckupRecord | null;
}
/** Throws where it is refused. */
export type SubmissionJudge = (facts: SubmissionFacts) => Promise<CheckupRecord>;

export interface Submitted {
  readonly row: CheckupRow;
  readonly record: CheckupRecord;
  readonly again: boolean;
}

export interface StoredForm {
  readonly form: CheckupForm;
  readonly at: Millis;
  readonly actor: string;
}
export interface StoredRuleSet {
  readonly ruleSet: RegimeRuleSet;
  readonly at: Millis;
  readonly actor: string;
}

/** Which rules hold for an organisation and those below it, from a day on. */
export interface RegimeChoice {
  readonly orgId: string;
  readonly from: CalendarDate;
  readonly ruleSetId: string;
  readonly ruleSetVersion: number;
}

export interface Agency {
  readonly id: string;
  readonly orgId: string;
  readonly name: string;
  readonly qualifications: readonly string[];
  /** Empty: all streets. */
  readonly streets: readonly string[];
  /** Check-ups that it can do in a month, January first. */
  readonly capacityByMonth: readonly number[];
}
export type AgencyRow = Agency & Versioned;
