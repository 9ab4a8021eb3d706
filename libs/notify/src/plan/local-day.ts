import { DAY_MS, MINUTE_MS, type Millis } from '@anmai/kernel';

/** Instant of the local midnight at or before `at`. */
export const dayStart = (at: Millis, utcOffsetMs: number): Millis =>
  Math.floor((at + utcOffsetMs) / DAY_MS) * DAY_MS - utcOffsetMs;

/** 1 Monday … 7 Sunday. The first day of 1970 was a Thursday. */
export const weekdayOf = (at: Millis, utcOffsetMs: number): number =>
  ((((Math.floor((at + utcOffsetMs) / DAY_MS) + 3) % 7) + 7) % 7) + 1;

export interface Span {
  readonly from: Millis;
  readonly to: Millis;
}

/** The spans, half-open, that the minutes of a day make on the day of `at` and on the day before: those that can hold it. */
export function spansAround(
  fromMinute: number,
  toMinute: number,
  at: Millis,
  utcOffsetMs: number,
): readonly (Span & { readonly weekday: number })[] {
  const today = dayStart(at, utcOffsetMs);
  return [today - DAY_MS, today].map(start => ({
    from: start + fromMinute * MINUTE_MS,
    to: start + toMinute * MINUTE_MS,
    weekday: weekdayOf(start, utcOffsetMs),
  }));
}

export const holds = (span: Span, at: Millis): boolean => span.from <= at && at < span.to;
