import type {
  AccountKind,
  AccountPart,
  AccountState,
  Booking,
  BuildingCost,
  Fen,
  MoneyRules,
  Pot,
  RulesInForce,
  SpendingRequest,
  SpendingState,
  SpendingWish,
  Statement,
  StatementLine,
} from '@anmai/lifecycle';
import type { Millis } from '@anmai/kernel';
import type { Author, PageQuery, RecordPage, Within } from './record-shapes';

export interface MoneyAccount extends AccountState {
  readonly orgId: string;
  readonly name: string;
  /** Of a household's account: where it is. */
  readonly buildingId: string | null;
  readonly household: string | null;
  readonly openedAt: Millis;
}
export type NewAccount = Pick<
  MoneyAccount,
  'id' | 'pot' | 'kind' | 'orgId' | 'name' | 'buildingId' | 'household'
>;

/** `seq`: in the order of writing. `reversedBy`: the booking that takes it back. */
export interface BookingRecord extends Booking {
  readonly seq: number;
  readonly orgId: string;
  readonly writtenAt: Millis;
  readonly reversedBy: string | null;
  /** What the bank accounts got (positive) or gave (negative). */
  readonly movedFen: Fen;
}

export interface NewIncome {
  readonly id: string;
  readonly pot: Pot;
  readonly bankId: string;
  readonly source: string;
  readonly at: Millis;
  readonly text: string;
  readonly holders: readonly AccountPart[];
}

export interface RequestRecord extends SpendingRequest {
  readonly orgId: string;
  /** The booking that paid it. */
  readonly bookingId: string | null;
}

export interface Payment {
  readonly bookingId: string;
  readonly bankId: string;
  readonly at: Millis;
  readonly paidFen: Fen;
  readonly text: string;
}

export interface StatementRow extends StatementLine {
  readonly bookingId: string | null;
  readonly matchedBy: string | null;
}
export interface StatementRecord {
  readonly id: string;
  readonly accountId: string;
  readonly openingFen: Fen;
  readonly closingFen: Fen;
  readonly actor: string;
  readonly at: Millis;
  readonly lines: readonly StatementRow[];
  /** Rows that several bookings fit, and bookings of its days that no row fits. */
  readonly unclear: readonly { readonly n: number; readonly bookingIds: readonly string[] }[];
  readonly onlyBooks: readonly string[];
}

export interface AccountQuery extends PageQuery {
  readonly pot?: Pot | undefined;
  readonly kind?: AccountKind | undefined;
  readonly buildingId?: string | undefined;
}
export interface BookingQuery extends PageQuery {
  readonly pot?: Pot | undefined;
  readonly accountId?: string | undefined;
  readonly buildingId?: string | undefined;
  readonly from?: Millis | undefined;
  readonly to?: Millis | undefined;
}
export interface RequestQuery extends PageQuery {
  readonly pot?: Pot | undefined;
  readonly state?: SpendingState | undefined;
}

/** Of one pot: what is there, and what came in and went out of it in a period, by source and use. */
export interface PotTotals {
  readonly pot: Pot;
  readonly heldFen: Fen;
  readonly reservedFen: Fen;
  readonly accounts: number;
  readonly flows: readonly {
    readonly kind: 'income' | 'spending';
    readonly code: string;
    readonly amountFen: Fen;
  }[];
}

export const COSTS_MAX = 1_000;

/**
 * Money of buildings. Promises of all methods: see `Records`; besides, a refusal of the ledger's rules rejects with
 * MON-nnn. Each write is checked under one lock, so that bookings at the same moment cannot spend the same money.
 */
export interface Money {
  /** Version 1: the provisional defaults. */
  rules(): Promise<RulesInForce>;
  setRules(rules: MoneyRules, expectedVersion: number | null, by: Author): Promise<RulesInForce>;
  accounts(query: AccountQuery, within: Within): Promise<RecordPage<MoneyAccount>>;
  account(id: string, within: Within): Promise<MoneyAccount | null>;
  openAccount(account: NewAccount, by: Author): Promise<MoneyAccount>;
  /** Newest first. */
  bookings(query: BookingQuery, within: Within): Promise<RecordPage<BookingRecord>>;
  booking(id: string, within: Within): Promise<BookingRecord | null>;
  income(income: NewIncome, by: Author): Promise<BookingRecord>;
  /** Takes a booking back by another one. */
  reverse(
    id: string,
    reversal: { readonly id: string; readonly at: Millis; readonly text: string },
    by: Author,
  ): Promise<BookingRecord>;
  /** Newest first. */
  requests(query: RequestQuery, within: Within): Promise<RecordPage<RequestRecord>>;
  request(id: string, within: Within): Promise<RequestRecord | null>;
  ask(id: string, wish: SpendingWish, by: Author): Promise<RequestRecord>;
  /** The approval that is the last needed promises the money; MON-005 when it is not there. */
  decide(id: string, verdict: 'approve' | 'decline', note: string, by: Author): Promise<RequestRecord>;
  withdraw(id: string, by: Author): Promise<RequestRecord>;
  pay(id: string, payment: Payment, by: Author): Promise<RequestRecord>;
  /** What was spent on buildings, the most first; at most COSTS_MAX lines. */
  costs(
    query: {
      readonly buildingId?: string | undefined;
      readonly from?: Millis | undefined;
      readonly to?: Millis | undefined;
    },
    within: Within,
  ): Promise<readonly BuildingCost[]>;
  totals(from: Millis, to: Millis, within: Within): Promise<readonly PotTotals[]>;
  /** Keeps what the bank says and sets it against the bookings that no row of another statement has. */
  importStatement(id: string, accountId: string, statement: Statement, by: Author): Promise<StatementRecord>;
  statement(id: string, within: Within): Promise<StatementRecord | null>;
  /** A person says which booking a row is; null takes it back. */
  match(statementId: string, n: number, bookingId: string | null, by: Author): Promise<StatementRecord>;
}
