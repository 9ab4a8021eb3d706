import type { Millis } from '@anmai/kernel';
import type { Journal } from '@anmai/journal';

/** Age of the oldest entry that a reader in another process has not passed, by its checkpoint. */
export function othersLagMs(journal: Journal<unknown>, reader: string, now: Millis): number {
  const [next] = journal.read(journal.checkpoint(reader).seq, 1);
  return next === undefined ? 0 : Math.max(0, now - next.receivedAt);
}
