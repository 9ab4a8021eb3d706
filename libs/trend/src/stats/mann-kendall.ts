import { autocorrelation } from './autocorrelation';
import { normalQuantile, twoSidedP } from './normal';
import { ascending, ranks } from './order';
import { seasonsOf, senSlope, withoutGaps, type Gapped } from './sen-slope';

/** Level of significance, two-sided, where none is given. */
export const SIGNIFICANCE = 0.05;

/** What a Mann-Kendall test says of a series. */
export interface TrendTest {
  readonly direction: 'rising' | 'falling' | 'none';
  /** Chance of such a series, or one further from even, without a trend. */
  readonly p: number;
  readonly z: number;
  /** Kendall's tau: share of rising pairs minus share of falling ones. */
  readonly tau: number;
  /** Rising pairs minus falling ones. */
  readonly s: number;
  /** Variance of `s` without a trend. */
  readonly varS: number;
}

/** The original test (Mann 1945, Kendall 1975), with the correction for ties. Assumes that noise has no memory. */
export function mannKendall(values: Gapped, significance = SIGNIFICANCE): TrendTest {
  const x = withoutGaps(values);
  return verdict(risingMinusFalling(x), varianceOf(x), x.length, significance);
}

/**
 * Hamed and Rao (1998): the variance is corrected by the autocorrelation of the ranks of the detrended series, lags up
 * to `lagsMax` that are significant only. For noise with a memory.
 */
export function mannKendallHamedRao(
  values: Gapped,
  significance = SIGNIFICANCE,
  lagsMax = Infinity,
): TrendTest {
  const x = withoutGaps(values);
  const factor = hamedRaoFactor(detrended(values, x), significance, lagsMax);
  return verdict(risingMinusFalling(x), varianceOf(x) * factor, x.length, significance);
}

/**
 * How much wider memory in the noise makes the distribution of S; 1 or more: the size of the sum is taken, so that noise
 * that swings back never makes us surer than noise without a memory. `residuals`: evenly spaced, without their trend.
 */
export function hamedRaoFactor(residuals: ArrayLike<number>, significance: number, lagsMax: number): number {
  const n = residuals.length;
  const bound = normalQuantile(1 - significance / 2) / Math.sqrt(n);
  let sum = 0;
  autocorrelation(ranks(residuals), lagsMax).forEach((r, lag) => {
    if (lag > 0 && Math.abs(r) > bound) sum += (n - lag) * (n - lag - 1) * (n - lag - 2) * r;
  });
  return 1 + (2 * Math.abs(sum)) / (n * (n - 1) * (n - 2));
}

/** Yue and Wang (2004): the variance is corrected by the autocorrelation of the detrended series, all lags up to `lagsMax`. */
export function mannKendallYueWang(
  values: Gapped,
  significance = SIGNIFICANCE,
  lagsMax = Infinity,
): TrendTest {
  const x = withoutGaps(values);
  const n = x.length;
  let sum = 0;
  autocorrelation(detrended(values, x), lagsMax).forEach((r, lag) => {
    if (lag > 0) sum += (1 - lag / n) * r;
  });
  return verdict(risingMinusFalling(x), varianceOf(x) * (1 + 2 * sum), n, significance);
}

/** Pre-whitening (von Storch 1995): what the value before explains is taken out first. It takes some of a trend, too. */
export function mannKendallPreWhitened(values: Gapped, significance = SIGNIFICANCE): TrendTest {
  return mannKendall(whitened(withoutGaps(values)), significance);
}

/** Trend-free pre-whitening (Yue et al. 2002): the trend is set aside, the rest whitened, the trend put back. */
export function mannKendallTrendFreePreWhitened(values: Gapped, significance = SIGNIFICANCE): TrendTest {
  const { slope } = senSlope(values);
  const white = whitened(detrended(values, withoutGaps(values)));
  return mannKendall(
    white.map((value, i) => value + slope * (i + 1)),
    significance,
  );
}

/** Seasonal test (Hirsch, Slack and Smith 1982): each season of a cycle of `period` steps is compared with itself alone. */
export function mannKendallSeasonal(values: Gapped, period: number, significance = SIGNIFICANCE): TrendTest {
  const seasons = seasonsOf(values, period).map(withoutGaps);
  const sum = (of: (x: readonly number[]) => number): number => seasons.reduce((all, x) => all + of(x), 0);
  const pairs = sum(x => pairsOf(x.length));
  return judged(sum(risingMinusFalling), sum(varianceOf), pairs, significance);
}

const pairsOf = (n: number): number => (n * (n - 1)) / 2;

function detrended(values: Gapped, x: readonly number[]): number[] {
  const { slope } = senSlope(values);
  return x.map((value, i) => value - slope * (i + 1));
}

function whitened(x: readonly number[]): number[] {
  const memory = autocorrelation(x, 1)[1] ?? 0;
  return x.slice(1).map((value, i) => value - memory * x[i]!);
}

function risingMinusFalling(x: readonly number[]): number {
  let s = 0;
  for (let i = 0; i < x.length; i++) for (let j = i + 1; j < x.length; j++) s += Math.sign(x[j]! - x[i]!);
  return s;
}

/** Variance of S over `n` different values without a trend and without memory. */
export const untiedVariance = (n: number): number => (n * (n - 1) * (2 * n + 5)) / 18;

/** The same for any values: groups of equal ones take their part off. */
export function varianceOf(x: ArrayLike<number>): number {
  const sorted = ascending(x);
  let all = untiedVariance(sorted.length);
  for (let from = 0, to = 0; from < sorted.length; from = to) {
    while (to < sorted.length && sorted[to] === sorted[from]) to++;
    if (to - from > 1) all -= untiedVariance(to - from);
  }
  return all;
}

const verdict = (s: number, varS: number, n: number, significance: number): TrendTest =>
  judged(s, varS, pairsOf(n), significance);

/** S moves in steps of two, hence the correction by one. */
function judged(s: number, varS: number, pairs: number, significance: number): TrendTest {
  const z = s === 0 ? 0 : (s - Math.sign(s)) / Math.sqrt(varS);
  const isSignificant = Math.abs(z) > normalQuantile(1 - significance / 2);
  const direction = isSignificant ? (z > 0 ? 'rising' : 'falling') : 'none';
  return { direction, p: twoSidedP(z), z, tau: pairs > 0 ? s / pairs : 0, s, varS };
}
