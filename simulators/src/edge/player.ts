import { setTimeout as wait } from 'node:timers/promises';
import type { Clock, Millis } from '@anmai/kernel';
import type { FaultInjector } from '../faults';
import type { FeedItem } from '../feed/feed';
import type { Fleet } from './fleet';

/** Time at the edge: the only place where a clock is read. */
export const SYSTEM_CLOCK: Clock = { now: () => Date.now() };

export interface PlayOptions {
  readonly fleet: Pick<Fleet, 'send' | 'cut'>;
  readonly faults: FaultInjector | null;
  readonly clock: Clock;
  readonly signal: AbortSignal;
}

/** Timers cannot be longer than this (2^31 - 1 ms). */
const WAIT_MS_MAX = 2_000_000_000;

/** Waits until the clock shows `at`; returns at once when it has passed. False: aborted. */
export async function until(at: Millis, clock: Clock, signal: AbortSignal): Promise<boolean> {
  while (!signal.aborted) {
    const restMs = at - clock.now();
    if (restMs <= 0) return true;
    try {
      await wait(Math.min(restMs, WAIT_MS_MAX), undefined, { signal });
    } catch {
      // The wait ends early only by the signal, which the loop asks about.
    }
  }
  return false;
}

/**
 * Sends each item when it is due. An item that is late leaves at once: nothing is skipped when the broker was slow or
 * away. Resolves when the feed has ended or the signal came; what is under way may still wait for its PUBACK.
 */
export async function play(
  feed: Iterable<FeedItem> | AsyncIterable<FeedItem>,
  { fleet, faults, clock, signal }: PlayOptions,
): Promise<void> {
  const leave = async (item: FeedItem): Promise<boolean> => {
    if (!(await until(item.sendAt, clock, signal))) return false;
    if (item.kind === 'break') fleet.cut(item.deviceIds);
    else await fleet.send(item);
    return true;
  };
  for await (const item of feed) {
    for (const each of faults === null ? [item] : faults.push(item)) {
      if (!(await leave(each))) return;
    }
  }
  for (const each of faults?.flush() ?? []) {
    if (!(await leave(each))) return;
  }
}
