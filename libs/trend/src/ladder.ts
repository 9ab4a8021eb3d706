import type { Millis } from '@anmai/kernel';
import { slid } from './sliding';

/** The slope over one rung's points. Slopes are in the unit of the values per millisecond. */
export interface RungLine {
  readonly slope: number;
  /** Range in which the slope lies almost surely. */
  readonly low: number;
  readonly high: number;
  /** The Mann-Kendall figure: how far from no trend, as a normal quantile. */
  readonly z: number;
}

/** The newest points of one time scale, ascending; `half`: a point that waits for its pair on the way up. */
export interface Rung {
  readonly ats: readonly Millis[];
  readonly values: readonly number[];
  readonly half: readonly [at: Millis, value: number] | null;
  /** Null while the points are too few. */
  readonly line: RungLine | null;
}

/** Shortest time scale first. */
export type Ladder = readonly Rung[];

export interface LadderPlan {
  readonly rungs: number;
  /** Points that a rung holds at most. */
  readonly pointsMax: number;
  /** Usual time between points on the lowest rung. */
  readonly everyMs: number;
  /** The line through the points of one rung; null: they are too few. */
  readonly fit: (ats: readonly Millis[], values: readonly number[]) => RungLine | null;
}

const EMPTY_RUNG: Rung = { ats: [], values: [], half: null, line: null };

export const emptyLadder = (plan: LadderPlan): Ladder => Array.from({ length: plan.rungs }, () => EMPTY_RUNG);

/**
 * The ladder after one more point. Each rung looks twice as far back as the one below, at points that are means of two
 * of its points: a rung that has nothing new is shared with the ladder before, so that a step costs about two fits. Points
 * that lie twice as far back as the rung reaches are given up: after a long gap they tell nothing of now.
 */
export function climb(plan: LadderPlan, ladder: Ladder, at: Millis, value: number): Ladder {
  const next = ladder.slice();
  let pointAt = at;
  let pointValue = value;
  let everyMs = plan.everyMs;
  for (let i = 0; i < ladder.length; i++, everyMs *= 2) {
    const rung = ladder[i]!;
    // After a gap the waiting point is no pair to this one.
    const half = rung.half !== null && pointAt - rung.half[0] <= 2 * everyMs ? rung.half : null;
    next[i] = withPoint(
      plan,
      rung,
      everyMs,
      pointAt,
      pointValue,
      half === null ? [pointAt, pointValue] : null,
    );
    if (half === null) return withoutStale(plan, next, i + 1, at);
    pointAt = (half[0] + pointAt) / 2;
    pointValue = (half[1] + pointValue) / 2;
  }
  return next;
}

function withPoint(
  plan: LadderPlan,
  rung: Rung,
  everyMs: number,
  at: Millis,
  value: number,
  half: Rung['half'],
): Rung {
  let from = Math.max(0, rung.ats.length + 1 - plan.pointsMax);
  while (from < rung.ats.length && rung.ats[from]! < at - reachMs(plan, everyMs)) from++;
  const ats = slid(rung.ats, from, at);
  const values = slid(rung.values, from, value);
  return { ats, values, half, line: plan.fit(ats, values) };
}

/** Rungs from `first` on that have heard nothing for long start anew. `rungs` is changed in place. */
function withoutStale(plan: LadderPlan, rungs: Rung[], first: number, at: Millis): Ladder {
  let everyMs = plan.everyMs * 2 ** first;
  for (let i = first; i < rungs.length; i++, everyMs *= 2) {
    const { ats } = rungs[i]!;
    if (ats.length === 0) break;
    if (ats[ats.length - 1]! < at - reachMs(plan, everyMs)) rungs[i] = EMPTY_RUNG;
  }
  return rungs;
}

const reachMs = (plan: LadderPlan, everyMs: number): number => 2 * plan.pointsMax * everyMs;

/** What the time scales say together. */
export interface Agreement {
  /** Slope of the longest time scale that agrees, kept within the range. */
  readonly slope: number;
  /** Its Mann-Kendall figure. */
  readonly z: number;
  /** The range that all agreeing scales leave. */
  readonly low: number;
  readonly high: number;
  /** Which rung the slope is from. */
  readonly rung: number;
}

/**
 * Looks back from the shortest time scale as far as the ranges still have a slope in common (the rule of intersecting
 * confidence intervals, Goldenshluger and Nemirovski 1997): a steady movement is told by the longest scale and most
 * exactly, one that has begun or ended by those that lie after the change. Null while no rung has a line.
 */
export function agreement(ladder: Ladder): Agreement | null {
  let low = -Infinity;
  let high = Infinity;
  let chosen = -1;
  for (let i = 0; i < ladder.length; i++) {
    const line = ladder[i]!.line;
    if (line === null) continue;
    if (line.low > high || line.high < low) break;
    low = Math.max(low, line.low);
    high = Math.min(high, line.high);
    chosen = i;
  }
  const line = ladder[chosen]?.line ?? null;
  if (line === null) return null;
  return { slope: Math.max(low, Math.min(line.slope, high)), z: line.z, low, high, rung: chosen };
}

/** The slope of the range that is nearest to none: what is there for sure. */
export const sureSlope = ({ low, high }: Pick<Agreement, 'low' | 'high'>): number =>
  low > 0 ? low : high < 0 ? high : 0;
