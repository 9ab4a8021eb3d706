import { ok, type Millis, type Result } from '@anmai/kernel';
import { refuse, type Refusal } from '../refusal';
import { MONEY_ERRORS as E } from './errors';
import { FEN_MAX, isFen, yuan, type Fen } from './fen';

/**
 * Two kinds of money that never meet: `public` is the government's public account (公共账户) of a city, `individual` the
 * owners' own housing maintenance fund (个人账户, 住宅专项维修资金).
 */
export const POTS = ['public', 'individual'] as const;
export type Pot = (typeof POTS)[number];

/** `bank`: money at a bank. `holder`: whose money it is: the city (public) or a household (individual). */
export type AccountKind = 'bank' | 'holder';

export interface Account<P extends Pot = Pot> {
  readonly id: string;
  readonly pot: P;
  readonly kind: AccountKind;
}

/** Debit (借) positive, credit (贷) negative; never zero. `buildingId`: for which building it was spent. */
export interface BookingLine {
  readonly accountId: string;
  readonly amountFen: Fen;
  readonly buildingId: string | null;
}

export type BookingKind = 'income' | 'spending' | 'reversal';

/** One booking: within one pot, its lines add up to zero. Never edited; what was wrong is reversed. */
export interface Booking<P extends Pot = Pot> {
  readonly id: string;
  readonly pot: P;
  readonly kind: BookingKind;
  /** Source of an income, use of a spending; of a reversal that of the booking it takes back. */
  readonly code: string;
  /** When the money moved. */
  readonly at: Millis;
  readonly actor: string;
  readonly text: string;
  readonly requestId: string | null;
  /** The booking that this one takes back. */
  readonly reverses: string | null;
  readonly lines: readonly BookingLine[];
}

/** An account with what is on it. Balances are debit minus credit: a bank's is what it has, a holder's is negative. */
export interface AccountState extends Account {
  readonly balanceFen: Fen;
  /** Approved and not yet paid; of holders alone. */
  readonly reservedFen: Fen;
}

/** What an account has, whichever side it stands on. */
export const heldFen = (account: AccountState): Fen =>
  account.kind === 'holder' ? 0 - account.balanceFen : account.balanceFen;
/** What of it is not promised. */
export const freeFen = (account: AccountState): Fen => heldFen(account) - account.reservedFen;

export const LINES_MAX = 5_000;

/** Are the lines within one pot, of accounts that exist, and in balance? */
export function checkBooking(
  booking: Pick<Booking, 'pot' | 'lines'>,
  accounts: ReadonlyMap<string, Account>,
): Result<true, Refusal> {
  let sum = 0n;
  for (const { accountId, amountFen } of booking.lines) {
    const account = accounts.get(accountId);
    if (account === undefined) return refuse(E.unknownAccount, { account: accountId });
    if (account.pot !== booking.pot) return refuse(E.mixed, { account: accountId, pot: account.pot });
    if (!isFen(amountFen) || amountFen === 0) return refuse(E.notWhole, { text: amountFen });
    sum += BigInt(amountFen);
  }
  if (booking.lines.length < 2 || sum !== 0n) {
    return refuse(E.unbalanced, { differenceYuan: yuan(Number(sum)) });
  }
  return ok(true);
}

/**
 * The accounts after a booking, those it touches alone. Refused when it is not in order (MON-002 to MON-004), when it
 * would leave an account with less than nothing or less than what is promised (MON-005), or with more than can be
 * counted (MON-001).
 */
export function book(
  booking: Pick<Booking, 'pot' | 'lines'>,
  accounts: ReadonlyMap<string, AccountState>,
): Result<ReadonlyMap<string, AccountState>, Refusal> {
  const checked = checkBooking(booking, accounts);
  if (!checked.ok) return checked;
  const after = new Map<string, AccountState>();
  for (const { accountId, amountFen } of booking.lines) {
    const account = after.get(accountId) ?? accounts.get(accountId)!;
    const balanceFen = account.balanceFen + amountFen;
    if (!isFen(balanceFen)) return refuse(E.notWhole, { text: `more than ${yuan(FEN_MAX)}` });
    after.set(accountId, { ...account, balanceFen });
  }
  for (const account of after.values()) {
    const before = accounts.get(account.id)!;
    const wanted = heldFen(before) - heldFen(account);
    if (wanted > 0 && freeFen(account) < 0) {
      return refuse(E.overdrawn, {
        account: account.id,
        freeYuan: yuan(freeFen(before)),
        wantedYuan: yuan(wanted),
      });
    }
  }
  return ok(after);
}

/** Money that came in: to a bank account, for holders. */
export const incomeLines = (
  bankId: string,
  holders: readonly { readonly accountId: string; readonly amountFen: Fen }[],
): BookingLine[] => [
  ...holders.map(({ accountId, amountFen }) => ({ accountId, amountFen: 0 - amountFen, buildingId: null })),
  {
    accountId: bankId,
    amountFen: holders.reduce((sum, holder) => sum + holder.amountFen, 0),
    buildingId: null,
  },
];

/** The lines that take a booking back: the same with debit and credit changed. */
export function reversalLines(
  booking: Pick<Booking, 'id' | 'kind' | 'lines'>,
  reversedBy: string | null,
): Result<readonly BookingLine[], Refusal> {
  if (booking.kind === 'reversal') return refuse(E.reversalOfReversal, { booking: booking.id });
  if (reversedBy !== null) return refuse(E.reversedBefore, { booking: booking.id, by: reversedBy });
  return ok(booking.lines.map(line => ({ ...line, amountFen: 0 - line.amountFen })));
}
