import { DAY_MS, type Millis } from '@anmai/kernel';

/** Half-open. */
export interface WatchPeriod {
  readonly from: Millis;
  readonly to: Millis;
}
export type PeriodQuery = { readonly month?: string | undefined; readonly week?: string | undefined };

/** The month, or the seven days from `week` on, by the wall clock; the month of `now` when neither is given. */
export function periodOf({ month, week }: PeriodQuery, utcOffsetMs: number, now: Millis): WatchPeriod {
  if (week === undefined) {
    const asked = month ?? new Date(now + utcOffsetMs).toISOString().slice(0, 7);
    const [year, number] = asked.split('-').map(Number);
    return {
      from: Date.UTC(year!, number! - 1, 1) - utcOffsetMs,
      to: Date.UTC(year!, number, 1) - utcOffsetMs,
    };
  }
  const from = Date.parse(`${week}T00:00:00Z`) - utcOffsetMs;
  return { from, to: from + 7 * DAY_MS };
}

/** The part of it in which the building was under watch and that has passed; null: there is none. */
export function watchedPart(
  period: WatchPeriod,
  plan: { readonly startedAt: Millis; readonly endedAt: Millis | null },
  now: Millis,
): WatchPeriod | null {
  const from = Math.max(period.from, plan.startedAt);
  const to = Math.min(period.to, plan.endedAt ?? now, now);
  return from < to ? { from, to } : null;
}
