import { DAY_MS, type Millis } from '@anmai/kernel';

/** A day of the city's calendar, `2026-11-28`: compares as text. No time zone is in it. */
export type CalendarDate = string;

const pad = (value: number, width: number): string => String(value).padStart(width, '0');
const utcOf = (date: CalendarDate): Millis => Date.parse(`${date}T00:00:00Z`);

export const dateOf = (year: number, month: number, day: number): CalendarDate =>
  `${pad(year, 4)}-${pad(month, 2)}-${pad(day, 2)}`;
/** The day that an instant lies in, where the clock is ahead of UTC by so much. */
export const dateAt = (at: Millis, utcOffsetMs: number): CalendarDate =>
  new Date(at + utcOffsetMs).toISOString().slice(0, 10);
export const yearOf = (date: CalendarDate): number => Number(date.slice(0, 4));
export const monthNumber = (date: CalendarDate): number => Number(date.slice(5, 7));

export const isLeapYear = (year: number): boolean => (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
const DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
export const daysInMonth = (year: number, month: number): number =>
  month === 2 && isLeapYear(year) ? 29 : DAYS[month - 1]!;

export const addDays = (date: CalendarDate, days: number): CalendarDate =>
  new Date(utcOf(date) + days * DAY_MS).toISOString().slice(0, 10);

/** The same day so many months on; the last day of the month where there is none: a due date never moves into the next month. */
export function addMonths(date: CalendarDate, months: number): CalendarDate {
  const index = yearOf(date) * 12 + (monthNumber(date) - 1) + months;
  const [year, month] = [Math.floor(index / 12), (index % 12) + 1];
  return dateOf(year, month, Math.min(Number(date.slice(8)), daysInMonth(year, month)));
}

/** 29 February comes to 28 February in a year that has none. */
export const addYears = (date: CalendarDate, years: number): CalendarDate => addMonths(date, years * 12);

export const later = (a: CalendarDate, b: CalendarDate): CalendarDate => (a > b ? a : b);
export const earlier = (a: CalendarDate, b: CalendarDate): CalendarDate => (a < b ? a : b);
