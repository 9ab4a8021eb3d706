import type { AlarmShape } from '@anmai/wire';

/** Why an open alarm does not call: a person, a cause, a planned window. */
export type Aside = 'shelved' | 'suppressed' | 'outOfService';
export const ASIDES: readonly Aside[] = ['shelved', 'suppressed', 'outOfService'];

/** Null: it is not put aside, or it is closed. */
export function asideOf({ closedAt, outOfService, suppressedBy, shelvedUntil }: AlarmShape): Aside | null {
  if (closedAt !== null) return null;
  if ((outOfService ?? null) !== null) return 'outOfService';
  if ((suppressedBy ?? null) !== null) return 'suppressed';
  return shelvedUntil === null ? null : 'shelved';
}

/** Unacknowledged, and not put aside. */
export const isCalling = (alarm: AlarmShape): boolean =>
  !alarm.acknowledged && alarm.closedAt === null && asideOf(alarm) === null;

export function asideCounts(alarms: Iterable<AlarmShape>): Readonly<Record<Aside, number>> {
  const counts = { shelved: 0, suppressed: 0, outOfService: 0 };
  for (const alarm of alarms) {
    const aside = asideOf(alarm);
    if (aside !== null) counts[aside] += 1;
  }
  return counts;
}

export const isLatched = ({ state }: AlarmShape): boolean =>
  state === 'LATCH_UNACK' || state === 'LATCH_ACKED';
