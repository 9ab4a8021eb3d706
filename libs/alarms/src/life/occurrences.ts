import { DAY_MS, type Millis } from '@anmai/kernel';
import type { Recurrence } from './recurrence';

/** Periods looked through for one question at most: 27 years of days. */
const PERIODS_MAX = 10_000;

/** Where a recurrence stands in time. The offset is that of the place, fixed: China knows no summer time. */
export interface Start {
  /** First occurrence (DTSTART); it sets the time of day, and what BYDAY or BYMONTHDAY leave open. */
  readonly startAt: Millis;
  readonly utcOffsetMs: number;
}

/**
 * Instants of the occurrences in [from, to), ascending. COUNT and UNTIL count from `startAt`; days that a month does not
 * have are left out (RFC 5545, 3.3.10). A start that does not fit its own rule is not an occurrence.
 */
export function occurrences(rule: Recurrence, start: Start, from: Millis, to: Millis): Millis[] {
  const local = start.startAt + start.utcOffsetMs;
  const startDay = Math.floor(local / DAY_MS);
  const timeMs = local - startDay * DAY_MS;
  const found: Millis[] = [];
  let counted = 0;
  const skipped = rule.count === null ? periodsBefore(rule, startDay, from + start.utcOffsetMs) : 0;
  for (let period = skipped; period < skipped + PERIODS_MAX; period++) {
    const { first, days } = daysOf(rule, startDay, period);
    if (first * DAY_MS - start.utcOffsetMs >= to) return found;
    for (const day of days) {
      const at = day * DAY_MS + timeMs - start.utcOffsetMs;
      if (day < startDay) continue;
      if (isPast(rule, day, at) || at >= to) return found;
      counted += 1;
      if (at >= from) found.push(at);
      if (counted === rule.count) return found;
    }
  }
  return found;
}

function isPast({ until }: Recurrence, day: number, at: Millis): boolean {
  if (until === null) return false;
  return 'at' in until ? at > until.at : day > until.day;
}

/** Whole periods that are over before `localFrom` for certain. */
function periodsBefore({ freq, interval }: Recurrence, startDay: number, localFrom: Millis): number {
  const fromDay = Math.floor(localFrom / DAY_MS);
  const units =
    freq === 'MONTHLY' ? monthOf(fromDay) - monthOf(startDay) : (fromDay - startDay) / DAYS_OF[freq];
  return Math.max(0, Math.floor(units / interval) - 1);
}

const DAYS_OF = { DAILY: 1, WEEKLY: 7 } as const;
const monthOf = (day: number): number => {
  const date = new Date(day * DAY_MS);
  return date.getUTCFullYear() * 12 + date.getUTCMonth();
};

/** First day of a period, and its days that the rule names, ascending. All in local days since 1970. */
function daysOf(rule: Recurrence, startDay: number, period: number): { first: number; days: number[] } {
  switch (rule.freq) {
    case 'DAILY': {
      const day = startDay + period * rule.interval;
      return { first: day, days: fitsWeekday(rule, day) ? [day] : [] };
    }
    case 'WEEKLY': {
      const monday = startDay - ((weekdayOf(startDay) + 6) % 7) + 7 * period * rule.interval;
      const week = [0, 1, 2, 3, 4, 5, 6].map(i => monday + i);
      const named =
        rule.byDay.length > 0 ? week.filter(day => fitsWeekday(rule, day)) : sameWeekday(week, startDay);
      return { first: monday, days: named };
    }
    case 'MONTHLY':
      return daysOfMonth(rule, startDay, period);
  }
}

const weekdayOf = (day: number): number => (((day + 4) % 7) + 7) % 7;
const sameWeekday = (days: readonly number[], day: number): number[] =>
  days.filter(each => weekdayOf(each) === weekdayOf(day));
const fitsWeekday = ({ byDay }: Recurrence, day: number): boolean =>
  byDay.length === 0 || byDay.some(({ weekday }) => weekday === weekdayOf(day));

function daysOfMonth(rule: Recurrence, startDay: number, period: number): { first: number; days: number[] } {
  const start = new Date(startDay * DAY_MS);
  const month = start.getUTCMonth() + period * rule.interval;
  const first = Date.UTC(start.getUTCFullYear(), month, 1) / DAY_MS;
  const length = Date.UTC(start.getUTCFullYear(), month + 1, 1) / DAY_MS - first;
  const all = Array.from({ length }, (_, i) => first + i);
  const isNamed = (day: number): boolean => {
    const ofMonth = day - first + 1;
    if (rule.byDay.length === 0 && rule.byMonthDay.length === 0) return ofMonth === start.getUTCDate();
    const fitsDay = rule.byMonthDay.length === 0 || fitsMonthDay(rule.byMonthDay, ofMonth, length);
    return fitsDay && (rule.byDay.length === 0 || fitsNth(rule, day, ofMonth, length));
  };
  return { first, days: all.filter(isNamed) };
}

const fitsMonthDay = (named: readonly number[], ofMonth: number, length: number): boolean =>
  named.some(each => (each > 0 ? each : length + 1 + each) === ofMonth);

function fitsNth({ byDay }: Recurrence, day: number, ofMonth: number, length: number): boolean {
  const fromStart = Math.floor((ofMonth - 1) / 7) + 1;
  const fromEnd = -(Math.floor((length - ofMonth) / 7) + 1);
  return byDay.some(
    ({ weekday, nth }) =>
      weekday === weekdayOf(day) && (nth === null || nth === fromStart || nth === fromEnd),
  );
}
