import type { Millis } from '@anmai/kernel';
import type { Explanation, Feature, FeatureContext } from './feature';
import { slid } from './sliding';
import { medianOf3 } from './stats/order';

/**
 * Window where none is given, in reporting intervals. Long enough that the readings of its two ends are different ones
 * and that the noise of one reading is shared over several intervals; short enough that a jump is not thinned out.
 */
export const RATE_WINDOW_INTERVALS = 5;
/** A window shorter than this many reporting intervals is taken as this long: it would never hold two ends. */
const RATE_WINDOW_INTERVALS_MIN = 2;
/** Kept samples are at least this part of the window apart, the three newest excepted. */
const SLOTS_PER_WINDOW = 12;
/** The part of the window that has to be seen. */
const FILLED = 0.75;

/** Most samples that a state holds: those of the window, its three newest, and two before it. */
export const RATE_SAMPLES_MAX = SLOTS_PER_WINDOW + 6;

export interface RateConfig {
  /** The change is told per this time. */
  readonly perMs: number;
  /** Time over which the change is seen. Default: `RATE_WINDOW_INTERVALS` reporting intervals. */
  readonly windowMs?: number | undefined;
}

/** Ascending by instant, one value an instant. */
export interface RateState {
  readonly ats: readonly Millis[];
  readonly values: readonly number[];
}

/**
 * Change per time over a sliding window, in the sensor's unit per `perMs`, with its sign: the middle one of the three
 * newest readings less the middle one of three around the start of the window. One spike at either end has no say; a jump
 * shows with the second reading after it, in full, and a steady rise as what it is. Null until three quarters of the
 * window are seen. Across a gap the change is spread over the gap. State: at most `RATE_SAMPLES_MAX` samples; constant
 * time a step.
 */
export function rateFeature(config: RateConfig, context: FeatureContext): Feature<RateState> {
  const { expectedEveryMs } = context;
  const windowMs = Math.max(
    config.windowMs ?? RATE_WINDOW_INTERVALS * expectedEveryMs,
    RATE_WINDOW_INTERVALS_MIN * expectedEveryMs,
  );
  return {
    start: { ats: [], values: [] },
    step: (state, at, value) => add(state, at, value, windowMs),
    valueOf: state => {
      const found = endsOf(state, windowMs);
      return found === null ? null : ((found.to - found.from) / found.spanMs) * config.perMs;
    },
    explain: state => explain(endsOf(state, windowMs)),
  };
}

/** What was compared: two robust values and the time between them. */
interface Ends {
  readonly from: number;
  readonly to: number;
  readonly spanMs: number;
}

function endsOf({ ats, values }: RateState, windowMs: number): Ends | null {
  const now = ats.length - 2;
  if (now < 2) return null;
  const startAt = ats[now]! - windowMs;
  let i = now;
  while (i > 0 && ats[i]! > startAt) i--;
  const nextAt = ats[i + 1]!;
  const isNextNearer = nextAt - startAt < startAt - ats[i]! && ats[now]! - nextAt >= windowMs * FILLED;
  if (i === 0 || isNextNearer) i++;
  const spanMs = ats[now]! - ats[i]!;
  if (spanMs < windowMs * FILLED) return null;
  const middle = (k: number): number => medianOf3(values[k - 1]!, values[k]!, values[k + 1]!);
  return { from: middle(i), to: middle(now), spanMs };
}

function add({ ats, values }: RateState, at: Millis, value: number, windowMs: number): RateState {
  const n = ats.length;
  // Two before the start of the window are enough: the first sample of the old end lies before it.
  let from = 0;
  while (from + 3 < n && ats[from + 2]! <= ats[n - 1]! - windowMs) from++;
  // The third newest is about to be the fourth: it stays only when it is far enough from the one before it.
  const isCrowded = n - from > 3 && ats[n - 3]! - ats[n - 4]! < windowMs / SLOTS_PER_WINDOW;
  const nextAts = slid(ats, from, at);
  const nextValues = slid(values, from, value);
  if (isCrowded) {
    nextAts.splice(-4, 1);
    nextValues.splice(-4, 1);
  }
  return { ats: nextAts, values: nextValues };
}

const explain = (found: Ends | null): Explanation =>
  found === null
    ? { learning: 'the window is not filled yet' }
    : { fromValue: found.from, toValue: found.to, spanSeconds: found.spanMs / 1000 };
