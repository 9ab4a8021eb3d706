import { DAY_MS, ok, type Millis, type Result } from '@anmai/kernel';
import { refuse, type Refusal } from '../refusal';
import { MONEY_ERRORS as E } from './errors';
import { fenOf, sumFen, yuan, type Fen } from './fen';

/** A row of what the bank says. `amountFen`: positive came in, negative went out. */
export interface StatementLine {
  readonly n: number;
  readonly at: Millis;
  readonly amountFen: Fen;
  readonly text: string;
  /** Number that payer or payee gave: the id of our booking where it was handed to the bank. */
  readonly reference: string;
}

export interface Statement {
  readonly openingFen: Fen;
  readonly closingFen: Fen;
  readonly lines: readonly StatementLine[];
}

/** What a booking did to the bank account. */
export interface BankMove {
  readonly bookingId: string;
  readonly at: Millis;
  readonly amountFen: Fen;
}

export type MatchedBy = 'reference' | 'amount';
export interface Reconciliation {
  readonly matched: readonly { readonly n: number; readonly bookingId: string; readonly by: MatchedBy }[];
  /** At the bank and not in our books. */
  readonly onlyBank: readonly number[];
  /** In our books and not at the bank. */
  readonly onlyBooks: readonly string[];
  /** Rows with several bookings that fit as well: a person has to say which. */
  readonly unclear: readonly { readonly n: number; readonly bookingIds: readonly string[] }[];
}

export const MATCH_DAYS_DEFAULT = 5;

/** Does opening balance plus rows give the closing balance? */
export function checkStatement({ openingFen, closingFen, lines }: Statement): Result<true, Refusal> {
  const sum = sumFen([openingFen, ...lines.map(line => line.amountFen)]);
  if (!sum.ok) return sum;
  if (sum.value === closingFen) return ok(true);
  return refuse(E.statementGap, { sumYuan: yuan(sum.value), closingYuan: yuan(closingFen) });
}

/**
 * Sets rows of the bank against bookings: first by the booking's id in the reference and the same amount, then by the
 * same amount within `days`, where exactly one booking fits one row and no other row claims it. Nothing is guessed.
 */
export function reconcile(
  lines: readonly StatementLine[],
  moves: readonly BankMove[],
  days = MATCH_DAYS_DEFAULT,
): Reconciliation {
  const open = new Map(moves.map(move => [move.bookingId, move]));
  const matched: { n: number; bookingId: string; by: MatchedBy }[] = [];
  const rest: StatementLine[] = [];
  for (const line of lines) {
    const move = open.get(line.reference.trim());
    if (move !== undefined && move.amountFen === line.amountFen) {
      matched.push({ n: line.n, bookingId: move.bookingId, by: 'reference' });
      open.delete(move.bookingId);
    } else rest.push(line);
  }
  const wanted = rest.map(line => ({ line, fits: fitting(line, open.values(), days) }));
  const claims = new Map<string, number>();
  for (const id of wanted.flatMap(each => each.fits)) claims.set(id, (claims.get(id) ?? 0) + 1);
  const onlyBank: number[] = [];
  const unclear: { n: number; bookingIds: string[] }[] = [];
  for (const { line, fits } of wanted) {
    const only = fits.length === 1 ? fits[0]! : null;
    if (fits.length === 0) onlyBank.push(line.n);
    else if (only !== null && claims.get(only) === 1) {
      matched.push({ n: line.n, bookingId: only, by: 'amount' });
      open.delete(only);
    } else unclear.push({ n: line.n, bookingIds: fits });
  }
  return { matched, onlyBank, onlyBooks: [...open.keys()], unclear };
}

const fitting = (line: StatementLine, moves: Iterable<BankMove>, days: number): string[] =>
  [...moves]
    .filter(move => move.amountFen === line.amountFen && Math.abs(move.at - line.at) <= days * DAY_MS)
    .map(move => move.bookingId);

/** Names that columns of a statement have; letter case ignored. */
const COLUMNS = {
  date: ['date', '日期', '交易日期', '记账日期'],
  amount: ['amount', '金额', '交易金额', '发生额'],
  text: ['text', '摘要', '用途', '附言'],
  reference: ['reference', '凭证号', '参考号', '流水号'],
} as const;

/**
 * Rows of a statement (the first names the columns) as lines, at noon of their day on the wall clock. All or nothing:
 * the first row that cannot be read is named.
 */
export function statementLines(
  rows: readonly (readonly string[])[],
  utcOffsetMs: number,
): Result<readonly StatementLine[], Refusal> {
  const head = (rows[0] ?? []).map(name => name.trim().toLowerCase());
  const place = (names: readonly string[]): number => head.findIndex(name => names.includes(name));
  const at = { date: place(COLUMNS.date), amount: place(COLUMNS.amount) };
  if (at.date < 0 || at.amount < 0)
    return refuse(E.badStatement, { row: 1, why: 'no column of dates or amounts' });
  const lines: StatementLine[] = [];
  for (const [i, row] of rows.slice(1).entries()) {
    const day = dayOf(row[at.date] ?? '', utcOffsetMs);
    const amountFen = fenOf(row[at.amount] ?? '');
    if (day === null) return refuse(E.badStatement, { row: i + 2, why: 'no date such as 2026-11-28' });
    if (amountFen === null || amountFen === 0) {
      return refuse(E.badStatement, { row: i + 2, why: 'no amount such as -1234.50' });
    }
    const text = (names: readonly string[]): string => (row[place(names)] ?? '').trim();
    lines.push({
      n: i + 1,
      at: day,
      amountFen,
      text: text(COLUMNS.text),
      reference: text(COLUMNS.reference),
    });
  }
  return ok(lines);
}

function dayOf(text: string, utcOffsetMs: number): Millis | null {
  const match =
    /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?$/.exec(text.trim()) ??
    /^(\d{4})(\d{2})(\d{2})$/.exec(text.trim());
  if (match === null) return null;
  const [year, month, day] = match.slice(1).map(Number) as [number, number, number];
  const noon = Date.UTC(year, month - 1, day, 12);
  const date = new Date(noon);
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day ? noon - utcOffsetMs : null;
}
