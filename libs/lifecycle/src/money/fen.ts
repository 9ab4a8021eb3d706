import { ok, type Result } from '@anmai/kernel';
import { refuse, type Refusal } from '../refusal';
import { MONEY_ERRORS as E } from './errors';

/** Money in whole fen (1/100 yuan). A safe integer: sums beyond 2^53 are refused, never rounded. */
export type Fen = number;

/** Largest amount of one account or one sum: 90 trillion yuan. */
export const FEN_MAX: Fen = 9_000_000_000_000_000;

export const isFen = (value: number): boolean => Number.isSafeInteger(value) && Math.abs(value) <= FEN_MAX;

/** The sum, or MON-001 when it leaves what can be counted exactly. */
export function sumFen(amounts: readonly Fen[]): Result<Fen, Refusal> {
  let sum = 0n;
  for (const amount of amounts) {
    if (!isFen(amount)) return refuse(E.notWhole, { text: amount });
    sum += BigInt(amount);
  }
  const total = Number(sum);
  return isFen(total) ? ok(total) : refuse(E.notWhole, { text: sum.toString() });
}

/** `-1,234.56`, in yuan. */
export function yuan(fen: Fen): string {
  const digits = String(Math.abs(fen)).padStart(3, '0');
  const whole = digits.slice(0, -2).replace(/\B(?=(\d{3})+$)/g, ',');
  return `${fen < 0 ? '-' : ''}${whole}.${digits.slice(-2)}`;
}

/** Reads `1,234.56`, `-3`, `12.5` or `¥8.00` as fen; null for what is no exact amount. */
export function fenOf(text: string): Fen | null {
  const match = /^([-+]?)[¥￥]?(\d{1,3}(?:,\d{3})*|\d+)(?:\.(\d{1,2}))?$/.exec(text.trim());
  if (match === null) return null;
  const [, sign, whole, part = ''] = match;
  const fen = Number(whole!.replaceAll(',', '') + part.padEnd(2, '0'));
  if (!isFen(fen)) return null;
  return sign === '-' && fen !== 0 ? -fen : fen;
}

/**
 * Parts an amount by weights (areas of households, in any whole unit) so that nothing is lost: each gets the whole fen
 * of its share, what is left goes to the largest remainders, the first of equal ones first. Weights: whole, not
 * negative, not all zero.
 */
export function shareOut(amount: Fen, weights: readonly number[]): Fen[] {
  const all = weights.reduce((sum, weight) => sum + BigInt(weight), 0n);
  const exact = weights.map(weight => BigInt(amount) * BigInt(weight));
  const shares = exact.map(each => each / all);
  const left = Number(BigInt(amount) - shares.reduce((sum, share) => sum + share, 0n));
  const byRemainder = exact
    .map((each, i) => ({ i, rest: each % all }))
    .sort((a, b) => (a.rest === b.rest ? a.i - b.i : a.rest > b.rest ? -1 : 1));
  const extra = new Set(byRemainder.slice(0, left).map(each => each.i));
  return shares.map((share, i) => Number(share) + (extra.has(i) ? 1 : 0));
}
