import type { Answer } from './words';

/**
 * When it was finished (竣工/交付), as well as anyone knows. `range`: both ends included; null: open on that side, but not on
 * both ("before 1980").
 */
export type YearBuilt =
  | { readonly kind: 'exact'; readonly year: number }
  | { readonly kind: 'range'; readonly from: number | null; readonly to: number | null }
  | { readonly kind: 'unknown' };

export const YEAR_MIN = 1000;
export const YEAR_MAX = 2200;

/** A day of the local calendar; `month` 1 … 12. */
export interface CalendarDay {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

/** Full years that have passed, at least and at most; null: no bound is known on that side. */
export interface AgeRange {
  readonly youngest: number | null;
  readonly oldest: number | null;
}

export function yearFault(built: YearBuilt): string | null {
  if (built.kind === 'unknown') return null;
  const years = built.kind === 'exact' ? [built.year] : [built.from, built.to].filter(year => year !== null);
  if (years.length === 0) return 'a range needs at least one end; leave the year unknown instead';
  if (years.some(year => !Number.isInteger(year) || year < YEAR_MIN || year > YEAR_MAX))
    return `a year is a whole number from ${YEAR_MIN} to ${YEAR_MAX}`;
  return years.length === 2 && years[0]! > years[1]! ? 'the range ends before it begins' : null;
}

/** First and last year that are possible. */
export function yearsOf(built: YearBuilt): { readonly first: number | null; readonly last: number | null } {
  switch (built.kind) {
    case 'exact':
      return { first: built.year, last: built.year };
    case 'range':
      return { first: built.from, last: built.to };
    case 'unknown':
      return { first: null, last: null };
  }
}

/**
 * The age on a day. Of the year alone one knows that it was finished on some day between 1 January and 31 December, so even
 * an exact year leaves two ages possible on all days but the last of a year.
 */
export function ageOn(built: YearBuilt, on: CalendarDay): AgeRange {
  const { first, last } = yearsOf(built);
  const isLastDay = on.month === 12 && on.day === 31;
  const fullYears = (year: number, hasPassed: boolean): number =>
    Math.max(on.year - year - (hasPassed ? 0 : 1), 0);
  return {
    youngest: last === null ? null : fullYears(last, isLastDay),
    oldest: first === null ? null : fullYears(first, true),
  };
}

/** Are so many years full on that day? What cannot be told is `unknown`: a planner treats it as a reason to look. */
export function hasReachedAge(built: YearBuilt, years: number, on: CalendarDay): Answer {
  const { youngest, oldest } = ageOn(built, on);
  if (youngest !== null && youngest >= years) return 'yes';
  if (oldest !== null && oldest < years) return 'no';
  return 'unknown';
}

/** Has it stood longer than it was designed for? Without a design life nobody can say. */
export const hasPassedDesignLife = (
  built: YearBuilt,
  designLifeYears: number | null,
  on: CalendarDay,
): Answer => (designLifeYears === null ? 'unknown' : hasReachedAge(built, designLifeYears, on));
