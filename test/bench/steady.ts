import type { LoadRun } from './load-messages';
import { round, type Progress } from './report';

/** A rate was kept when the messages left as they were due, … */
const SENT_MIN = 0.99;
/** … were acknowledged, but for as many as come in this time, … */
const UNACKED_MS_MAX = 500;
/** … and what stands behind was not farther behind than this at the end. */
export const LAG_MS_MAX = 2_000;
const PROBES_MAX = 7;
/** The search ends when the next step would be smaller than this part of the rate. */
const STEP_MIN = 0.06;
/** A short probe flatters: what is written late shows only in a long one. */
const CONFIRMATIONS_MAX = 6;
const STEP_DOWN = 0.88;

/** One attempt at a rate. `lagMs`: how far behind the slowest part was at the end. */
export interface Attempt {
  readonly run: LoadRun;
  readonly lagMs: number;
}

export type Try = (perSecond: number, seconds: number) => Promise<Attempt>;

export function isKept(perSecond: number, { run, lagMs }: Attempt): boolean {
  const due = (perSecond * run.ms) / 1_000;
  const unackedMs = ((run.acked - run.ackedWithin) / perSecond) * 1_000;
  return run.acked >= SENT_MIN * due && unackedMs <= UNACKED_MS_MAX && lagMs <= LAG_MS_MAX;
}

export interface Highest {
  readonly perSecond: number;
  /** Messages acknowledged over all attempts: all of them have to be in the store. */
  readonly acked: number;
}

/**
 * Highest rate that is kept: bisection between `low` (taken for granted) and `high` with short probes, then a long run
 * at the best one, which is lowered until it is kept. 0 when none is.
 */
export async function highestSteady(
  attempt: Try,
  range: { readonly first: number; readonly high: number },
  seconds: number,
  say: Progress,
): Promise<Highest> {
  let acked = 0;
  const kept = async (perSecond: number, forSeconds: number): Promise<boolean> => {
    const outcome = await attempt(perSecond, forSeconds);
    acked += outcome.run.acked;
    const yes = isKept(perSecond, outcome);
    const sent = round((outcome.run.ackedWithin / outcome.run.ms) * 1_000);
    say(
      `  ${perSecond}/s for ${forSeconds} s: ${yes ? 'kept' : 'NOT kept'} (${sent}/s, ${round(outcome.lagMs)} ms behind)`,
    );
    return yes;
  };
  let low = 0;
  let high = range.high;
  let next = range.first;
  for (let probe = 0; probe < PROBES_MAX && (high - low) / next > STEP_MIN; probe++) {
    if (await kept(next, Math.max(3, seconds / 4))) low = next;
    else high = next;
    next = Math.round((low + high) / 2);
  }
  for (let i = 0; i < CONFIRMATIONS_MAX && low > 0; i++) {
    if (await kept(low, seconds)) return { perSecond: low, acked };
    low = Math.round(low * STEP_DOWN);
  }
  return { perSecond: 0, acked };
}
