import { DAY_MS, HOUR_MS, SECOND_MS, type Millis } from '@anmai/kernel';
import { addToMedian, medianOfBucket, type Remedian } from './bucket-median';
import type { Explanation, Feature, FeatureContext } from './feature';
import {
  agreement,
  climb,
  emptyLadder,
  sureSlope,
  type Agreement,
  type Ladder,
  type LadderPlan,
} from './ladder';
import { fitRung } from './rung-fit';
import { twoSidedP } from './stats/normal';

/** A month as a rule means it: the mean over four years. */
export const MONTH_MS = 30.4375 * DAY_MS;

/** Summaries that one time scale holds at most, and those it needs before it says anything. */
export const TREND_SUMMARIES_MAX = 32;
export const TREND_SUMMARIES_MIN = 16;
/** Time scales at most, each twice as long as the one before. */
export const TREND_SCALES_MAX = 5;

/**
 * How sure the range of a slope is, as a normal quantile: 99.7 %. It is looked at with every summary and on each scale,
 * hundreds of times a year, so the usual 95 % would raise false alarms by the month.
 */
const SURE_Z = 3;
/** Summaries over which noise may have a memory: weather over a week. */
const MEMORY_SUMMARIES_MAX = 8;

export interface TrendConfig {
  /** The slope is told per this time. */
  readonly perMs: number;
  /** How far back the slope looks at most. Default: see `defaultScale`. */
  readonly windowMs?: number | undefined;
}

export interface TrendState {
  /** Which bucket of local time the readings at hand belong to; null before the first. */
  readonly bucket: number | null;
  readonly readings: Remedian;
  readonly ladder: Ladder;
  readonly found: Agreement | null;
}

/**
 * Slope over days to years, in the sensor's unit per `perMs`, with its sign: as much of it as is there for sure.
 * Readings become medians of days (of shorter buckets for short windows); each time scale has a Theil-Sen slope through at
 * most `TREND_SUMMARIES_MAX` of them and a range that the Mann-Kendall test, widened for noise with a memory, gives it; the
 * value is the end nearest to 0 of what the agreeing scales have in common, and 0 where that range holds 0: no trend.
 * So a limit is passed only when the readings leave hardly a doubt that the slope is beyond it, however noisy they are; the
 * best estimate stands in `explain`. Null until `TREND_SUMMARIES_MIN` buckets are closed. A bucket closes with the first
 * reading after it. State: at most `TREND_SCALES_MAX` scales of `TREND_SUMMARIES_MAX` summaries, and 10 readings for each
 * power of 11 that a bucket holds.
 */
export function trendFeature(config: TrendConfig, context: FeatureContext): Feature<TrendState> {
  const plan = trendPlan(config, context);
  const { utcOffsetMs } = context;
  return {
    start: { bucket: null, readings: [], ladder: emptyLadder(plan), found: null },
    step: (state, at, value) => {
      const bucket = Math.floor((at + utcOffsetMs) / plan.everyMs);
      if (bucket === state.bucket) return { ...state, readings: addToMedian(state.readings, value) };
      const closed = state.bucket === null ? state : close(plan, state, state.bucket, utcOffsetMs);
      return { ...closed, bucket, readings: addToMedian([], value) };
    },
    valueOf: ({ found }) => (found === null ? null : sureSlope(found) * config.perMs),
    explain: ({ found, ladder }) => explain(found, ladder, config.perMs),
  };
}

/** One reading a day or more: days, over 17 months. Slopes per day or hour: quarters of a day, over 4 months. */
const defaultScale = (perMs: number): { bucketMs: number; windowMs: number } =>
  perMs >= 7 * DAY_MS
    ? { bucketMs: DAY_MS, windowMs: 512 * DAY_MS }
    : { bucketMs: 6 * HOUR_MS, windowMs: 128 * DAY_MS };

function trendPlan(config: TrendConfig, context: FeatureContext): LadderPlan {
  const usual = defaultScale(config.perMs);
  const windowMs = config.windowMs ?? usual.windowMs;
  const everyMs = Math.max(context.expectedEveryMs, Math.min(usual.bucketMs, windowMs / TREND_SUMMARIES_MAX));
  const fitting = Math.floor(windowMs / everyMs);
  const pointsMax = Math.max(TREND_SUMMARIES_MIN, Math.min(TREND_SUMMARIES_MAX, fitting));
  const doublings = Math.floor(Math.log2(Math.max(1, fitting / pointsMax)));
  const fitPlan = { pointsMin: TREND_SUMMARIES_MIN, z: SURE_Z, lagsMax: MEMORY_SUMMARIES_MAX };
  return {
    rungs: Math.min(TREND_SCALES_MAX, doublings + 1),
    pointsMax,
    everyMs,
    fit: (ats, values) => fitRung(fitPlan, ats, values),
  };
}

function close(plan: LadderPlan, state: TrendState, bucket: number, utcOffsetMs: number): TrendState {
  const middleAt: Millis = (bucket + 0.5) * plan.everyMs - utcOffsetMs;
  const ladder = climb(plan, state.ladder, middleAt, medianOfBucket(state.readings));
  return { ...state, ladder, found: agreement(ladder) };
}

function explain(found: Agreement | null, ladder: Ladder, perMs: number): Explanation {
  if (found === null) {
    return { summaries: ladder[0]!.ats.length, summariesNeeded: TREND_SUMMARIES_MIN };
  }
  const { ats } = ladder[found.rung]!;
  return {
    slope: found.slope * perMs,
    slopeLow: found.low * perMs,
    slopeHigh: found.high * perMs,
    p: twoSidedP(found.z),
    summaries: ats.length,
    spanSeconds: (ats.at(-1)! - ats[0]!) / SECOND_MS,
  };
}
