import { DAY_MS, err, ok, type Millis, type Result } from '@anmai/kernel';

/** Weekday as in JavaScript: 0 Sunday … 6 Saturday. `nth`: the how-manieth of the month, from its end when negative. */
export interface ByDay {
  readonly weekday: number;
  readonly nth: number | null;
}

/** What is understood of an RFC 5545 recurrence rule. */
export interface Recurrence {
  readonly freq: 'DAILY' | 'WEEKLY' | 'MONTHLY';
  readonly interval: number;
  readonly byDay: readonly ByDay[];
  readonly byMonthDay: readonly number[];
  readonly count: number | null;
  /** Inclusive: a UTC instant, or the last local day (days since 1970) when it was given as a date. */
  readonly until: { readonly at: Millis } | { readonly day: number } | null;
}

export const COUNT_MAX = 1_000;
export const INTERVAL_MAX = 100;
const WEEKDAYS = ['SU', 'MO', 'TU', 'WE', 'TH', 'FR', 'SA'];
const KEYS = ['FREQ', 'INTERVAL', 'BYDAY', 'BYMONTHDAY', 'COUNT', 'UNTIL'];

/**
 * Reads FREQ=DAILY|WEEKLY|MONTHLY with INTERVAL, BYDAY, BYMONTHDAY (MONTHLY only), COUNT, UNTIL. Anything else is refused
 * with the reason: a part that is not understood would make windows that nobody planned.
 */
export function parseRecurrence(text: string): Result<Recurrence, string> {
  const parts = new Map<string, string>();
  for (const part of text
    .trim()
    .replace(/^RRULE:/i, '')
    .toUpperCase()
    .split(';')) {
    const [key = '', value = ''] = part.split('=');
    if (!KEYS.includes(key) || value === '') return err(`"${part}" is not supported`);
    if (parts.has(key)) return err(`${key} twice`);
    parts.set(key, value);
  }
  const freq = parts.get('FREQ');
  if (freq !== 'DAILY' && freq !== 'WEEKLY' && freq !== 'MONTHLY')
    return err('FREQ has to be DAILY, WEEKLY or MONTHLY');
  const interval = wholeOf(parts.get('INTERVAL') ?? '1', 1, INTERVAL_MAX);
  if (interval === null) return err(`INTERVAL has to be 1 to ${INTERVAL_MAX}`);
  const count = parts.has('COUNT') ? wholeOf(parts.get('COUNT')!, 1, COUNT_MAX) : null;
  if (parts.has('COUNT') && count === null) return err(`COUNT has to be 1 to ${COUNT_MAX}`);
  if (parts.has('COUNT') && parts.has('UNTIL')) return err('COUNT and UNTIL exclude each other');
  const until = parts.has('UNTIL') ? untilOf(parts.get('UNTIL')!) : null;
  if (parts.has('UNTIL') && until === null) return err('UNTIL has to be 20261231 or 20261231T235959Z');
  const byDay = byDayOf(parts.get('BYDAY'), freq);
  if (byDay === null)
    return err('BYDAY has to be a list of MO … SU, with an ordinal such as 2TU in MONTHLY only');
  const byMonthDay = byMonthDayOf(parts.get('BYMONTHDAY'), freq);
  if (byMonthDay === null) return err('BYMONTHDAY has to be a list of 1 … 31 or -31 … -1, in MONTHLY only');
  return ok({ freq, interval, byDay, byMonthDay, count, until });
}

function wholeOf(text: string, least: number, most: number): number | null {
  const value = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  return value >= least && value <= most ? value : null;
}

function untilOf(text: string): Recurrence['until'] {
  const match = /^(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d)(\d\d)Z)?$/.exec(text);
  if (match === null) return null;
  const [year, month, day, hour, minute, second] = match.slice(1).map(part => Number(part ?? 0));
  const midnight = Date.UTC(year!, month! - 1, day);
  if (new Date(midnight).getUTCMonth() !== month! - 1 || new Date(midnight).getUTCDate() !== day) return null;
  if (match[4] === undefined) return { day: midnight / DAY_MS };
  if (hour! > 23 || minute! > 59 || second! > 59) return null;
  return { at: midnight + ((hour! * 60 + minute!) * 60 + second!) * 1000 };
}

function byDayOf(text: string | undefined, freq: Recurrence['freq']): readonly ByDay[] | null {
  if (text === undefined) return [];
  const days = text.split(',').map((part): ByDay | null => {
    const match = /^([+-]?[1-5])?(SU|MO|TU|WE|TH|FR|SA)$/.exec(part);
    if (match === null || (match[1] !== undefined && freq !== 'MONTHLY')) return null;
    return { weekday: WEEKDAYS.indexOf(match[2]!), nth: match[1] === undefined ? null : Number(match[1]) };
  });
  return days.every(day => day !== null) ? days : null;
}

function byMonthDayOf(text: string | undefined, freq: Recurrence['freq']): readonly number[] | null {
  if (text === undefined) return [];
  if (freq !== 'MONTHLY') return null;
  const days = text.split(',').map(part => (/^[+-]?\d{1,2}$/.test(part) ? Number(part) : 0));
  return days.every(day => day !== 0 && Math.abs(day) <= 31) ? days : null;
}
