import type { LimitSource } from '@anmai/catalog';
import { MINUTE_MS, type Millis } from '@anmai/kernel';

/** [from, to) in journal time, for one operator position. */
export interface KpiPeriod {
  readonly from: Millis;
  readonly to: Millis;
  /**
   * How long the platform was watching within the period. Without it an empty list says nothing: nobody may have looked.
   * With it an empty list is a quiet period.
   */
  readonly watchedMs?: number;
}

export const TEN_MINUTES_MS = 10 * MINUTE_MS;

/** What a figure should be. `text` for people; `source` says how far it can be trusted. */
export interface KpiTarget {
  readonly text: string;
  readonly source: LimitSource;
  /** Grade of the source: C vendor pages and secondary texts, B press and official notices, M memory, P proposal. */
  readonly grade: 'A' | 'B' | 'C' | 'M' | 'P';
}

/** A figure with its target. `noData` is not a good figure: it is none. */
export type Kpi<T> =
  | { readonly status: 'met' | 'missed'; readonly value: T; readonly target: KpiTarget }
  | { readonly status: 'noData'; readonly value: null; readonly target: KpiTarget };

export const figure = <T>(value: T, isMet: boolean, target: KpiTarget): Kpi<T> => ({
  status: isMet ? 'met' : 'missed',
  value,
  target,
});
export const noData = <T>(target: KpiTarget): Kpi<T> => ({ status: 'noData', value: null, target });

/** Does the period say anything, with so many events in it? */
export const isSilent = (period: KpiPeriod, events: number): boolean =>
  period.to <= period.from || (events === 0 && (period.watchedMs ?? 0) <= 0);

export const within = <T>(period: KpiPeriod, items: readonly T[], at: (item: T) => Millis): T[] =>
  items.filter(item => at(item) >= period.from && at(item) < period.to);

/** By reduction: a list of a year's alarms is too long to be spread into arguments. 0 of an empty list. */
export const largest = (values: readonly number[]): number =>
  values.reduce((most, value) => Math.max(most, value), 0);

export function groupBy<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [item]);
    else group.push(item);
  }
  return groups;
}
