import type { Millis } from '@anmai/kernel';
import type { Draft, RecentCount } from '../outbox/entry';

export interface FloodLimits {
  readonly windowMs: number;
  /** Messages of one person on one channel per window; reds are counted on their own. */
  readonly messagesMax: number;
  /** How long reds beyond the limit wait for each other. */
  readonly redWaitMs: number;
}

/** Alarm management (ISA-18.2, EEMUA 191) speaks of a flood above 10 alarms in 10 minutes; an editable default. */
export const FLOOD: FloodLimits = { windowMs: 10 * 60_000, messagesMax: 10, redWaitMs: 60_000 };

/**
 * Lets messages beyond the limit wait, to go out as one digest: others until the end of a window, reds for a minute. None is
 * dropped. `recent`: what the outbox has taken since `at` minus the window.
 */
export function underFlood(
  drafts: readonly Draft[],
  recent: readonly RecentCount[],
  at: Millis,
  limits: FloodLimits = FLOOD,
): readonly Draft[] {
  const counts = new Map<string, number>();
  for (const { recipientId, channel, severity, count } of recent)
    add(counts, keyOf(recipientId, channel, severity === 'red'), count);
  return drafts.map(draft => {
    if (draft.held !== null) return draft;
    const isRed = draft.notice.severity === 'red';
    const key = keyOf(draft.recipientId, draft.channel, isRed);
    if ((counts.get(key) ?? 0) >= limits.messagesMax)
      return { ...draft, held: 'flood', notBefore: at + (isRed ? limits.redWaitMs : limits.windowMs) };
    add(counts, key, 1);
    return draft;
  });
}

const keyOf = (recipientId: string, channel: string, isRed: boolean): string =>
  [recipientId, channel, isRed ? 'red' : ''].join('\n');

const add = (counts: Map<string, number>, key: string, count: number): void =>
  void counts.set(key, (counts.get(key) ?? 0) + count);
