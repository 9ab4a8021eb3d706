import { ZONE_AHEAD_MS } from '../text/format';
import type { Window } from '../session/data';

const DAY_MS = 86_400_000;

/** The ranges offered for closed alarms; `own` takes two days from the reader. */
export const CLOSED_SPANS = ['hour24', 'day7', 'day30', 'own'] as const;
export type ClosedSpan = (typeof CLOSED_SPANS)[number];

const SPAN_MS: Readonly<Record<Exclude<ClosedSpan, 'own'>, number>> = {
  hour24: DAY_MS,
  day7: 7 * DAY_MS,
  day30: 30 * DAY_MS,
};

/** The window that ends now. The end is rounded up to the minute, so that asking again finds the same question. */
export function recent(span: Exclude<ClosedSpan, 'own'>, now: number): Window {
  const to = Math.ceil(now / 60_000) * 60_000;
  return { from: to - SPAN_MS[span], to };
}

/** Both days whole, in the city's time, whichever was given first; null unless both are `2026-11-22`. */
export function wholeDays(first: string, last: string): Window | null {
  const [a = NaN, b = NaN] = [first, last].map(day => Date.parse(`${day}T00:00:00Z`)).sort((x, y) => x - y);
  if (!Number.isFinite(a) || !Number.isFinite(b)) return null;
  return { from: a - ZONE_AHEAD_MS, to: b - ZONE_AHEAD_MS + DAY_MS };
}
