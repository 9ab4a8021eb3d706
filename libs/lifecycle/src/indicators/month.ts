import type { Millis } from '@anmai/kernel';

/** `2026-11`: the month of the wall clock in which the instant lies. */
export const reportMonthOf = (at: Millis, utcOffsetMs: number): string =>
  new Date(at + utcOffsetMs).toISOString().slice(0, 7);

/** [from, to) of a month of the wall clock. */
export function monthSpan(
  month: string,
  utcOffsetMs: number,
): { readonly from: Millis; readonly to: Millis } {
  const [year, number] = month.split('-').map(Number) as [number, number];
  return { from: Date.UTC(year, number - 1) - utcOffsetMs, to: Date.UTC(year, number) - utcOffsetMs };
}

/** The month `count` months later, or earlier where it is negative. */
export function monthsAfter(month: string, count: number): string {
  const [year, number] = month.split('-').map(Number) as [number, number];
  return new Date(Date.UTC(year, number - 1 + count)).toISOString().slice(0, 7);
}

/** Where the year of the month begins. */
export const yearStart = (month: string, utcOffsetMs: number): Millis =>
  Date.UTC(Number(month.slice(0, 4)), 0) - utcOffsetMs;
