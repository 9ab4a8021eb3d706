import type { Millis } from '@anmai/kernel';
import type { ChatterSettings } from './settings';

/**
 * Raises of one watch (rule and sensor), counted to see whether it chatters. Plain data, bounded by `activationsMin`;
 * one for each watch that raised lately.
 */
export interface Chatter {
  /** Instants of the newest raises (device time), oldest first. */
  readonly raises: readonly Millis[];
  /** The run that goes on; null: it does not chatter. */
  readonly run: Chattering | null;
}

export interface Chattering {
  /** First raise of the run. */
  readonly since: Millis;
  /** Raises of the run. */
  readonly count: number;
}

export const QUIET: Chatter = { raises: [], run: null };

/** The window in which raises are counted: a sensor that reports each 5 min cannot raise three times in 60 s. */
export const chatterWithinMs = (settings: ChatterSettings, expectedEveryMs: number): number =>
  Math.max(settings.withinMs, settings.withinIntervals * expectedEveryMs);

/** Without a raise for so long it is over. */
export const chatterQuietMs = (settings: ChatterSettings, expectedEveryMs: number): number =>
  Math.max(settings.quietMs, 2 * chatterWithinMs(settings, expectedEveryMs));

/**
 * One more raise, by device time (`raisedAt`): what a back-fill brings in one breath was not one breath. One that came late
 * is put in its place; it does not make a run of the past begin earlier.
 */
export function noteRaise(
  chatter: Chatter,
  at: Millis,
  settings: ChatterSettings,
  expectedEveryMs: number,
): Chatter {
  const now = chatterAt(chatter, at, settings, expectedEveryMs);
  const raises = [...now.raises, at].sort((a, b) => a - b).slice(-settings.activationsMin);
  if (now.run !== null) {
    const { since, count } = now.run;
    return { raises, run: { since, count: at < since ? count : count + 1 } };
  }
  const first = raises[0]!;
  const isRun =
    raises.length === settings.activationsMin &&
    raises.at(-1)! - first <= chatterWithinMs(settings, expectedEveryMs);
  return { raises, run: isRun ? { since: first, count: raises.length } : null };
}

/** As of `at`: quiet for long enough, it chatters no more. The very same when nothing changed. */
export function chatterAt(
  chatter: Chatter,
  at: Millis,
  settings: ChatterSettings,
  expectedEveryMs: number,
): Chatter {
  const endsAt = chatterEndsAt(chatter, settings, expectedEveryMs);
  return endsAt === null || at < endsAt ? chatter : QUIET;
}

/** When the run ends if nothing is raised; null: there is none. For the clock that looks again. */
export function chatterEndsAt(
  { raises, run }: Chatter,
  settings: ChatterSettings,
  expectedEveryMs: number,
): Millis | null {
  const newest = raises.at(-1);
  return run === null || newest === undefined ? null : newest + chatterQuietMs(settings, expectedEveryMs);
}

/** From all raises of a watch, in any order. */
export function chatterOf(
  raises: readonly Millis[],
  at: Millis,
  settings: ChatterSettings,
  expectedEveryMs: number,
): Chatter {
  const sorted = [...raises].sort((a, b) => a - b);
  const noted = sorted.reduce(
    (chatter, raisedAt) => noteRaise(chatter, raisedAt, settings, expectedEveryMs),
    QUIET,
  );
  return chatterAt(noted, at, settings, expectedEveryMs);
}
