import type { CheckupForm, CheckupRecord, DraftFields, RegimeRuleSet } from '@anmai/lifecycle';
import type * as C from './checkup-shapes';
import type { Author, RecordPage, Within } from './record-shapes';

export type * from './checkup-shapes';
export { CHECKUP_TASKS_MAX } from './checkup-shapes';

/** Check-ups from planning to acceptance. What may be done is decided by whoever calls, inside the transaction. */
export interface Checkups {
  list(query: C.CheckupQuery, viewer: C.CheckupViewer): Promise<RecordPage<C.CheckupRow>>;
  get(id: string, viewer: C.CheckupViewer): Promise<C.CheckupRow | null>;
  file(id: string, viewer: C.CheckupViewer): Promise<C.CheckupFile | null>;
  /** Open ones that name the user, due first; at most CHECKUP_TASKS_MAX and one, which says that there are more. */
  tasks(username: string): Promise<readonly C.CheckupTask[]>;
  /** Open ones of an agency, or of a user, with a day; first due first. */
  upcoming(username: string, agencyId: string | null, limit: number): Promise<readonly C.CheckupRow[]>;
  plan(values: readonly C.NewCheckup[], by: Author): Promise<readonly C.CheckupRow[]>;
  change(id: string, decide: C.CheckupDecision, viewer: C.CheckupViewer): Promise<C.CheckupRow>;
  /**
   * Merges into the draft and gives what it holds now. `check` throws where the row takes no answers. New writes get
   * `offsetMs` and, where they name nobody who is an inspector here, the caller as author. Not audited: each field says
   * who wrote it and when.
   */
  sync(
    id: string,
    fields: DraftFields,
    offsetMs: number,
    check: (row: C.CheckupRow) => void,
    viewer: C.CheckupViewer,
  ): Promise<{ readonly row: C.CheckupRow; readonly fields: DraftFields }>;
  /** One record however often it is sent: by `contentHash`. */
  submit(
    id: string,
    sent: { readonly fields: DraftFields; readonly offsetMs: number; readonly contentHash: string },
    judge: C.SubmissionJudge,
    viewer: C.CheckupViewer,
  ): Promise<C.Submitted>;
  /** Makes the check-up that takes the place of an accepted one, and says so on both. */
  supersede(
    id: string,
    newId: string,
    decide: C.CheckupDecision,
    viewer: C.CheckupViewer,
  ): Promise<C.CheckupRow>;
  record(recordId: string, viewer: C.CheckupViewer): Promise<CheckupRecord | null>;
}

/** Rule sets, forms, which of them hold, and the agencies. */
export interface Regimes {
  forms(): Promise<readonly C.StoredForm[]>;
  form(id: string, version: number | null): Promise<CheckupForm | null>;
  /** A new version; the same id and version again: PGR-005. */
  addForm(form: CheckupForm, by: Author): Promise<C.StoredForm>;
  ruleSets(): Promise<readonly C.StoredRuleSet[]>;
  ruleSet(id: string, version: number | null): Promise<RegimeRuleSet | null>;
  addRuleSet(ruleSet: RegimeRuleSet, by: Author): Promise<C.StoredRuleSet>;
  choices(within: Within): Promise<readonly C.RegimeChoice[]>;
  setChoices(
    orgId: string,
    choices: readonly C.RegimeChoice[],
    by: Author,
  ): Promise<readonly C.RegimeChoice[]>;
  /** What holds for a building today; null: nothing was chosen. */
  ruleSetFor(buildingId: string, on: string): Promise<RegimeRuleSet | null>;
  agencies(within: Within): Promise<readonly C.AgencyRow[]>;
  agency(id: string, within: Within): Promise<C.AgencyRow | null>;
  putAgency(agency: C.Agency, expectedVersion: number | null, by: Author): Promise<C.AgencyRow>;
}
