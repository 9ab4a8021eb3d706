import type { Severity } from '@anmai/catalog';
import type { AlarmShape } from '@anmai/wire';
import { isSilence } from './alarm-text';
import { asideOf, type Aside } from './aside';
import { rankOf } from './severity';

export type SortBy = 'severity' | 'time';
/**
 * `closed` is asked for from the server; all others are parts of what is open. What is put aside is shown where it is
 * asked for by name.
 */
export type Show = 'open' | 'unacknowledged' | 'blind' | 'cleared' | 'closed' | Aside;

export interface AlarmFilter {
  readonly show: Show;
  readonly severity: Severity | null;
  readonly text: string;
}

export const NO_FILTER: AlarmFilter = { show: 'open', severity: null, text: '' };

function shown(alarm: AlarmShape, show: Show): boolean {
  if ((alarm.closedAt !== null) !== (show === 'closed')) return false;
  const aside = asideOf(alarm);
  if (show === 'shelved' || show === 'suppressed' || show === 'outOfService') return aside === show;
  if (aside !== null) return false;
  switch (show) {
    case 'open':
    case 'closed':
      return true;
    case 'unacknowledged':
      return !alarm.acknowledged;
    case 'blind':
      return alarm.condition === 'blind' || (isSilence(alarm) && alarm.condition === 'active');
    case 'cleared':
      return alarm.condition === 'cleared';
  }
}

/** Does it pass? Text is looked for in names and ids, all words of it. */
export function passes(alarm: AlarmShape, filter: AlarmFilter): boolean {
  if (!shown(alarm, filter.show)) return false;
  if (filter.severity !== null && alarm.severity !== filter.severity) return false;
  const hay =
    `${alarm.assetName} ${alarm.sensorName} ${alarm.ruleName} ${alarm.assetId} ${alarm.sensorId}`.toLowerCase();
  return filter.text
    .toLowerCase()
    .split(/\s+/)
    .every(word => hay.includes(word));
}

function compare(a: AlarmShape, b: AlarmShape, by: SortBy): number {
  const over = Number(a.condition === 'cleared') - Number(b.condition === 'cleared');
  if (by === 'severity') {
    const order =
      over || rankOf(b.severity) - rankOf(a.severity) || Number(a.acknowledged) - Number(b.acknowledged);
    if (order !== 0) return order;
  }
  // Both are written in the same form, so text compares as time does; parsing thousands would be felt.
  if (a.raisedAt !== b.raisedAt) return a.raisedAt < b.raisedAt ? 1 : -1;
  return a.id < b.id ? -1 : 1;
}

/** What a fresh list would show: by severity, what is over sinks to the end, unacknowledged first, then the newest. */
export const sorted = (alarms: Iterable<AlarmShape>, filter: AlarmFilter, by: SortBy): string[] =>
  [...alarms]
    .filter(alarm => passes(alarm, filter))
    .sort((a, b) => compare(a, b, by))
    .map(alarm => alarm.id);

/**
 * The order to draw. While a person reads (`hold`), nothing that stands in the list moves or goes: what is new enters
 * above everything, newest first, and the rest stays in place even when it was closed meanwhile.
 * `entered` are the ids that came in above since the order was last a fresh one.
 */
export function steady(
  shownIds: readonly string[],
  fresh: readonly string[],
  hold: boolean,
): { ids: readonly string[]; entered: readonly string[] } {
  if (!hold) return { ids: fresh, entered: [] };
  const known = new Set(shownIds);
  const entered = fresh.filter(id => !known.has(id));
  return entered.length === 0 ? { ids: shownIds, entered } : { ids: [...entered, ...shownIds], entered };
}

export const countBySeverity = (
  alarms: Iterable<AlarmShape>,
): Record<Severity, { open: number; fresh: number }> => {
  const counts = {
    red: { open: 0, fresh: 0 },
    orange: { open: 0, fresh: 0 },
    yellow: { open: 0, fresh: 0 },
    blue: { open: 0, fresh: 0 },
  };
  for (const alarm of alarms) {
    if (alarm.closedAt !== null || alarm.condition === 'cleared' || asideOf(alarm) !== null) continue;
    counts[alarm.severity].open += 1;
    if (!alarm.acknowledged) counts[alarm.severity].fresh += 1;
  }
  return counts;
};
