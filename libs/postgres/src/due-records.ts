import type { CalendarDate, CheckupState, DueState, FactSource, PlanItem, RegimeDue } from '@anmai/lifecycle';
import type { CheckupPlace, NewCheckup } from './checkup-shapes';
import type { Author, PageQuery, RecordPage, Versioned, Within } from './record-shapes';

/** Buildings reckoned again in one go at most. */
export const DUE_REFRESH_MAX = 5_000;
/** Check-ups of one round at most. */
export const ROUND_ITEMS_MAX = 120_000;

export interface DueFilter {
  readonly district?: string | undefined;
  readonly street?: string | undefined;
  readonly state?: DueState | undefined;
}
export type DueQuery = DueFilter & PageQuery;

export interface DueRow {
  readonly place: CheckupPlace;
  readonly state: DueState;
  readonly due: RegimeDue;
  readonly lastOn: CalendarDate | null;
  /** A check-up that is planned or under way. */
  readonly open: { readonly id: string; readonly state: CheckupState; readonly kind: string } | null;
}
export interface DueCount {
  readonly district: string;
  readonly street: string;
  readonly state: DueState;
  readonly count: number;
}

export interface RoundFilter {
  readonly year: number;
  readonly districts: readonly string[];
  readonly streets: readonly string[];
}
export interface NewRound {
  readonly id: string;
  readonly orgId: string;
  readonly year: number;
  readonly name: string;
  readonly body: Readonly<Record<string, unknown>>;
}
export type RoundRow = NewRound &
  Versioned & { readonly states: Readonly<Partial<Record<CheckupState, number>>> };

/** What is due when. Derived from files, rules and check-ups; written by nobody by hand. */
export interface CheckupDues {
  /** Reckons anew what changed, at most DUE_REFRESH_MAX; gives how many are still waiting. */
  refresh(today: CalendarDate, utcOffsetMs: number, limit?: number): Promise<number>;
  /** Without a state: what is overdue, due or due soon. First due first. */
  list(query: DueQuery, today: CalendarDate, within: Within): Promise<RecordPage<DueRow>>;
  counts(filter: Omit<DueFilter, 'state'>, today: CalendarDate, within: Within): Promise<readonly DueCount[]>;
  get(buildingId: string, today: CalendarDate, within: Within): Promise<DueRow | null>;
  /** The building file, or the properties of the asset where none was made; null: there is no such building. */
  file(buildingId: string): Promise<FactSource | null>;
  /** What falls due until the end of the year and has no check-up under way; at most ROUND_ITEMS_MAX and one. */
  toPlan(filter: RoundFilter, within: Within): Promise<readonly PlanCandidate[]>;
}
export type PlanCandidate = Omit<PlanItem, 'demand'> & {
  readonly ruleSet: { readonly id: string; readonly version: number };
  readonly file: FactSource;
};

export interface Rounds {
  /** The round and its check-ups in one go. */
  create(round: NewRound, checkups: readonly NewCheckup[], by: Author): Promise<RoundRow>;
  list(within: Within): Promise<readonly RoundRow[]>;
}

/** Who may read a calendar by its address. Only the hash of a token is kept. */
export interface CheckupCalendars {
  make(tokenHash: string, username: string, agencyId: string | null): Promise<void>;
  /** All of the user's; gives how many. */
  revoke(username: string): Promise<number>;
  find(tokenHash: string): Promise<{ readonly username: string; readonly agencyId: string | null } | null>;
}
