import { DAY_MS, SECOND_MS, type Millis } from '@anmai/kernel';
import { windowMs } from '../compile-feature';
import type { Condition, Hold, Limited, Per, Window } from '../rule';

/** Readings that are shown before what a rule looks back on, and after the raise. */
export const CONTEXT_READINGS = 60;
/** Intervals that a rate and a forecast look back on when the rule does not say: see their features. */
const RATE_INTERVALS = 5;
const FORECAST_INTERVALS = 256;
/** How far a trend looks back when the rule does not say: slopes per week and longer, and shorter ones. */
const TREND_MS = 512 * DAY_MS;
const TREND_SHORT_MS = 128 * DAY_MS;
const SHORT_PERS: ReadonlySet<Per> = new Set(['second', 'minute', 'hour', 'day']);
/** Line, noise and daily wave of a changepoint settle within this. */
const CHANGEPOINT_MS = 14 * DAY_MS;
const CHANGEPOINT_INTERVALS = 200;
/** Ten visits of the same hour of the week. */
const BASELINE_MS = 70 * DAY_MS;
/** 14 nights of weekends, and seven to learn. */
const NIGHT_FLOW_MS = 56 * DAY_MS;
/** Readings that a quality condition looks back on when it does not say. */
const QUALITY_READINGS = 10;

/**
 * How long before its raise a replay has to begin, so that the rule knows by then what it would know live, as far as it
 * remembers. Milliseconds, context to look at included.
 */
export function leadInMs(condition: Condition, expectedEveryMs: Millis): Millis {
  const contextMs = CONTEXT_READINGS * expectedEveryMs;
  if (condition.type === 'composite') return contextMs;
  if (condition.type === 'noData') return contextMs + 2 * silenceMs(condition.after, expectedEveryMs);
  return contextMs + holdMs(condition, expectedEveryMs) + memoryMs(condition, expectedEveryMs);
}

function memoryMs(condition: Exclude<Condition, { type: 'composite' | 'noData' }>, everyMs: Millis): Millis {
  switch (condition.type) {
    case 'threshold':
      return 0;
    case 'rate':
      return 2 * windowOr(condition.window, RATE_INTERVALS * everyMs);
    case 'forecast':
      return windowOr(condition.window, FORECAST_INTERVALS * everyMs);
    case 'trend':
      if (condition.window !== undefined) return windowMs(condition.window);
      return Math.max(SHORT_PERS.has(condition.per) ? TREND_SHORT_MS : TREND_MS, 32 * everyMs);
    case 'changepoint':
      return Math.max(CHANGEPOINT_MS, CHANGEPOINT_INTERVALS * everyMs);
    case 'baseline':
      return Math.max(BASELINE_MS, CONTEXT_READINGS * everyMs);
    case 'nightFlow':
      return NIGHT_FLOW_MS;
    case 'flatLine':
      return 2 * SECOND_MS * Math.max(0, ...condition.limits.map(limit => limit.above ?? 0));
    case 'quality':
      return 2 * (condition.of ?? QUALITY_READINGS) * everyMs;
  }
}

const windowOr = (window: Window | undefined, otherwiseMs: Millis): Millis =>
  window === undefined ? otherwiseMs : windowMs(window);

/** Both holds: what an alarm waits for before it comes, and what kept one before it from ending. */
function holdMs({ raiseAfter, clearAfter }: Limited, everyMs: Millis): Millis {
  const lengthMs = (hold: Hold | undefined): Millis => {
    if (hold === undefined) return 0;
    return 'seconds' in hold ? hold.seconds * SECOND_MS : (hold.of ?? hold.samples) * everyMs;
  };
  return lengthMs(raiseAfter) + lengthMs(clearAfter);
}

const silenceMs = (
  after: { readonly missed: number } | { readonly seconds: number },
  everyMs: Millis,
): Millis => ('missed' in after ? after.missed * everyMs : after.seconds * SECOND_MS);
