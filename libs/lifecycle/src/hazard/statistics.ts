import type { Millis } from '@anmai/kernel';
import { isHazardOpen, type Hazard, type HazardLevel } from './hazard';
import { hazardTimers, type HazardTerms } from './terms';

/** Half-open. */
export interface HazardPeriod {
  readonly from: Millis;
  readonly to: Millis;
}

/** The loop in numbers. Of a period: what happened in it. `open`, `uncontrolled`, `overdue`: as things stand at `now`. */
export interface HazardStatistics {
  readonly found: number;
  readonly controlled: number;
  readonly repaired: number;
  readonly closed: number;
  readonly dismissed: number;
  readonly reopened: number;
  readonly open: number;
  /** Open, of a level that asks for a control, and without one. */
  readonly uncontrolled: number;
  readonly overdue: number;
  /** Of those closed in the period: how many without anything overdue on the way. null: none was closed. */
  readonly closedInTime: number | null;
  /** Median days from found to closed of those closed in the period, in tenths; null: none was closed. */
  readonly medianDaysTenths: number | null;
  readonly byLevel: Readonly<Record<HazardLevel | 'unrated', number>>;
}

export interface CountedHazard {
  readonly hazard: Hazard;
  /** Instants at which it was opened anew. */
  readonly reopenedAt: readonly Millis[];
  readonly dismissedAt: Millis | null;
  /** Something was overdue on its way. */
  readonly wasLate: boolean;
}

const DAY_TENTH_MS = 8_640_000;

export function hazardStatistics(
  all: readonly CountedHazard[],
  { from, to }: HazardPeriod,
  terms: HazardTerms,
  now: Millis,
): HazardStatistics {
  const within = (at: Millis | null): boolean => at !== null && at >= from && at < to;
  const count = (test: (each: CountedHazard) => boolean): number => all.filter(test).length;
  const open = all.filter(({ hazard }) => isHazardOpen(hazard));
  const timers = (each: CountedHazard) => hazardTimers(each.hazard, terms, now);
  const closed = all.filter(({ hazard }) => within(hazard.closedAt));
  const days = closed
    .map(({ hazard }) => Math.round((hazard.closedAt! - hazard.foundAt) / DAY_TENTH_MS))
    .toSorted((a, b) => a - b);
  return {
    found: count(({ hazard }) => within(hazard.foundAt)),
    controlled: count(({ hazard }) => within(hazard.controlledAt)),
    repaired: count(({ hazard }) => within(hazard.repairedAt)),
    closed: closed.length,
    dismissed: count(each => within(each.dismissedAt)),
    reopened: count(each => each.reopenedAt.some(within)),
    open: open.length,
    uncontrolled: open.filter(each => timers(each).some(timer => timer.kind === 'control')).length,
    overdue: open.filter(each => timers(each).some(timer => timer.overdue)).length,
    closedInTime: closed.length === 0 ? null : closed.filter(each => !each.wasLate).length,
    medianDaysTenths: days.length === 0 ? null : medianOf(days),
    byLevel: {
      severe: open.filter(({ hazard }) => hazard.level === 'severe').length,
      moderate: open.filter(({ hazard }) => hazard.level === 'moderate').length,
      minor: open.filter(({ hazard }) => hazard.level === 'minor').length,
      unrated: open.filter(({ hazard }) => hazard.level === null).length,
    },
  };
}

/** Of ascending numbers, at least one. */
function medianOf(ascending: readonly number[]): number {
  const middle = Math.floor(ascending.length / 2);
  return ascending.length % 2 === 1
    ? ascending[middle]!
    : Math.round((ascending[middle - 1]! + ascending[middle]!) / 2);
}
