import { HOUR_MS, SECOND_MS, type Millis } from '@anmai/kernel';
import type { Explanation, Feature, FeatureContext } from './feature';
import { agreement, climb, emptyLadder, type Agreement, type Ladder, type LadderPlan } from './ladder';
import { fitRung } from './rung-fit';
import { twoSidedP } from './stats/normal';
import { medianOf3 } from './stats/order';

/** Stands for "not in sight": nothing moves towards the limit. A thousand years, finite so that it comes through JSON. */
export const FAR_SECONDS = 1000 * 365.25 * 86_400;

/** Points of one time scale: the most it holds, and those it needs before it says anything. */
export const FORECAST_POINTS_MAX = 8;
export const FORECAST_POINTS_MIN = 7;
/** Time scales at most, each twice as long as the one before. */
export const FORECAST_SCALES_MAX = 6;
/** Window where none is given, in reporting intervals: readings of minutes look back hours, those of days most of a year. */
export const FORECAST_WINDOW_INTERVALS = FORECAST_POINTS_MAX * 2 ** (FORECAST_SCALES_MAX - 1);

/** How sure a movement is before it counts, as a normal quantile (99.5 %): 8 points in order, but for one pair. */
const SURE_Z = 2.8;

export interface ForecastConfig {
  /** In the sensor's unit. */
  readonly limit: number;
  /** The side of the limit that is not to be reached. */
  readonly side: 'above' | 'below';
  /** How far back the movement is looked for at most. Default: `FORECAST_WINDOW_INTERVALS` reporting intervals. */
  readonly windowMs?: number | undefined;
}

export interface ForecastState {
  readonly ladder: Ladder;
  readonly found: Agreement | null;
  /** The newest three readings at most, oldest first. */
  readonly newest: readonly number[];
}

/**
 * Seconds until the limit is reached if the recent movement goes on; 0 when it is passed (the middle one of the three
 * newest readings decides); `FAR_SECONDS` when nothing moves towards it for sure; null while learning. The movement is the
 * Theil-Sen slope over the longest time scale that agrees with the shorter ones, so a rise shows about 6 readings after
 * its begin, and a steady one is told exactly. Readings closer than half a point's time are thinned out. State: at most
 * `FORECAST_SCALES_MAX` scales of `FORECAST_POINTS_MAX` points; about two small fits a reading.
 */
export function forecastFeature(config: ForecastConfig, context: FeatureContext): Feature<ForecastState> {
  const plan = forecastPlan(config.windowMs, context.expectedEveryMs);
  return {
    start: { ladder: emptyLadder(plan), found: null, newest: [] },
    step: (state, at, value) => {
      const newest = [...state.newest.slice(-2), value];
      const lastAt = state.ladder[0]!.ats.at(-1);
      if (lastAt !== undefined && at - lastAt < plan.everyMs / 2) return { ...state, newest };
      const ladder = climb(plan, state.ladder, at, value);
      return { ladder, found: agreement(ladder), newest };
    },
    valueOf: state => secondsLeft(config, state)?.likely ?? null,
    explain: state => explain(config, state),
  };
}

function forecastPlan(windowMs: Millis | undefined, expectedEveryMs: Millis): LadderPlan {
  const intervals = (windowMs ?? Infinity) / (FORECAST_POINTS_MAX * expectedEveryMs);
  const rungs = Math.max(1, Math.min(FORECAST_SCALES_MAX, 1 + Math.floor(Math.log2(intervals))));
  const everyMs = Math.max(expectedEveryMs, (windowMs ?? 0) / (FORECAST_POINTS_MAX * 2 ** (rungs - 1)));
  const fitPlan = { pointsMin: FORECAST_POINTS_MIN, z: SURE_Z, lagsMax: 0 };
  return {
    rungs,
    pointsMax: FORECAST_POINTS_MAX,
    everyMs,
    fit: (ats, values) => fitRung(fitPlan, ats, values),
  };
}

interface SecondsLeft {
  readonly earliest: number;
  readonly likely: number;
  readonly latest: number;
}

function secondsLeft(config: ForecastConfig, { found, newest }: ForecastState): SecondsLeft | null {
  const towards = config.side === 'above' ? 1 : -1;
  const distance = towards * (config.limit - levelOf(newest));
  if (distance <= 0) return { earliest: 0, likely: 0, latest: 0 };
  if (found === null) return null;
  const seconds = (slope: number): number =>
    towards * slope > 0 ? Math.min(FAR_SECONDS, distance / (towards * slope) / SECOND_MS) : FAR_SECONDS;
  const [slow, fast] = towards > 0 ? [found.low, found.high] : [found.high, found.low];
  const latest = seconds(slow);
  const isSure = towards * slow > 0;
  return { earliest: seconds(fast), likely: isSure ? seconds(found.slope) : FAR_SECONDS, latest };
}

/** The middle one of three; before there are three, the newest decides nothing alone. */
const levelOf = (newest: readonly number[]): number =>
  newest.length < 3 ? NaN : medianOf3(newest[0]!, newest[1]!, newest[2]!);

function explain(config: ForecastConfig, state: ForecastState): Explanation {
  const left = secondsLeft(config, state);
  const level = levelOf(state.newest);
  if (left === null) {
    return { points: state.ladder[0]!.ats.length, pointsNeeded: FORECAST_POINTS_MIN };
  }
  const { found } = state;
  const band = { level, limitSecondsEarliest: left.earliest, limitSecondsLatest: left.latest };
  return found === null ? band : { ...band, slopePerHour: found.slope * HOUR_MS, p: twoSidedP(found.z) };
}
