import type { Millis } from '@anmai/kernel';
import type { RungLine } from './ladder';
import { autocorrelation } from './stats/autocorrelation';
import { hamedRaoFactor, SIGNIFICANCE, untiedVariance } from './stats/mann-kendall';
import { theilSen } from './stats/theil-sen';

/**
 * Most that memory widens the variance: that of a noise of which 60 % follow from the day before. What seems to have more
 * is rather a movement that does not fit a line, such as a collapse, and must not be doubted away.
 */
const WIDENING_MAX = 4;

/** Keeps the factor below finite; far beyond what `WIDENING_MAX` lets through. */
const R_MAX = 0.9;

/** Share of a value that may be lost in sums; its pattern is no memory. */
const ROUNDING = 1e-12;
/**
 * What a series loses of its lag-1 correlation when its mean, slope and curve are taken off: n seen = (n - 7) r - 3.2. The
 * form is that of Marriott and Pope (1954), the figures are fitted to 4000 series each of 16 and 32 points, r from 0 to 0.7.
 */
const BIAS_SHIFT = 3.2;
const BIAS_LOSS = 7;

export interface FitPlan {
  readonly pointsMin: number;
  /** How sure the range of the slope is, as a normal quantile. */
  readonly z: number;
  /** Steps over which noise may have a memory; 0: none. */
  readonly lagsMax: number;
}

/** The robust line through the points of a rung, or null while they are too few for it. */
export function fitRung(plan: FitPlan, ats: readonly Millis[], values: readonly number[]): RungLine | null {
  const n = ats.length;
  if (n < plan.pointsMin) return null;
  const widening = (slope: number): number => {
    if (plan.lagsMax === 0) return 1;
    return Math.min(memoryFactor(residualsOf(ats, values, slope), plan.lagsMax), wideningMax(n, plan.z));
  };
  const { slope, low, high, s, varS } = theilSen(ats, values, plan.z, widening);
  if (low === -Infinity || high === Infinity) return null;
  return { slope, low, high, z: s === 0 ? 0 : (s - Math.sign(s)) / Math.sqrt(varS) };
}

/** Not so much that not even a series which only ever rises would count as rising. */
const wideningMax = (n: number, z: number): number =>
  Math.min(WIDENING_MAX, Math.max(1, (((n * (n - 1)) / 2 - 3) / z) ** 2 / untiedVariance(n)));

/**
 * What slope and curve leave of the values, for the memory of the noise: a movement that speeds up must not pass for noise
 * that lingers. The curve is the parabola of least squares over the places. 0 where no more is left than rounding.
 */
function residualsOf(ats: readonly Millis[], values: readonly number[], slope: number): number[] {
  const n = values.length;
  const newestAt = ats[n - 1]!;
  const left = values.map((value, i) => value + slope * (newestAt - ats[i]!));
  const size = values.reduce((most, value, i) => Math.max(most, Math.abs(value), Math.abs(left[i]!)), 0);
  const place = (i: number): number => i - (n - 1) / 2;
  const meanSquare = (n * n - 1) / 12;
  const shapes = [() => 1, place, (i: number) => place(i) ** 2 - meanSquare];
  for (const shape of shapes) {
    let share = 0;
    let norm = 0;
    for (let i = 0; i < n; i++) {
      share += left[i]! * shape(i);
      norm += shape(i) ** 2;
    }
    for (let i = 0; i < n; i++) left[i]! -= (share / norm) * shape(i);
  }
  return left.map(residual => (Math.abs(residual) > ROUNDING * size ? residual : 0));
}

/**
 * How much wider memory in the noise makes the distribution of S: the larger of the correction of Hamed and Rao, which
 * sees waves, and that of a noise whose values follow from the one before, (1 + r) / (1 - r), which sees short memory
 * earlier. A short series without its curve shows its memory too small, so r is set right first.
 */
function memoryFactor(residuals: readonly number[], lagsMax: number): number {
  const n = residuals.length;
  const seen = autocorrelation(residuals, 1)[1]!;
  const r = Math.min((n * seen + BIAS_SHIFT) / (n - BIAS_LOSS), R_MAX);
  return Math.max(hamedRaoFactor(residuals, SIGNIFICANCE, lagsMax), (1 + r) / (1 - r));
}
