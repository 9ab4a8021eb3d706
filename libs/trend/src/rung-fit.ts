import type { Millis } from '@anmai/kernel';
import type { RungLine } from './ladder';
import { autocorrelation } from './stats/autocorrelation';
import { hamedRaoFactor, SIGNIFICANCE } from './stats/mann-kendall';
import { theilSen } from './stats/theil-sen';

/** Memory beyond this cannot be told from a trend. */
const MEMORY_MAX = 0.9;

/** Share of a value that may be lost in sums; its pattern is no memory. */
const ROUNDING = 1e-12;

export interface FitPlan {
  readonly pointsMin: number;
  /** How sure the range of the slope is, as a normal quantile. */
  readonly z: number;
  /** Steps over which noise may have a memory; 0: none. */
  readonly lagsMax: number;
}

/** The robust line through the points of a rung, or null while they are too few for it. */
export function fitRung(plan: FitPlan, ats: readonly Millis[], values: readonly number[]): RungLine | null {
  if (ats.length < plan.pointsMin) return null;
  const widening = (slope: number): number =>
    plan.lagsMax === 0 ? 1 : memoryFactor(residualsOf(ats, values, slope), plan.lagsMax);
  const { slope, low, high, s, varS } = theilSen(ats, values, plan.z, widening);
  if (low === -Infinity || high === Infinity) return null;
  return { slope, low, high, z: s === 0 ? 0 : (s - Math.sign(s)) / Math.sqrt(varS) };
}

/** What the slope leaves of the values; 0 where no more is left than the rounding of the sum. */
function residualsOf(ats: readonly Millis[], values: readonly number[], slope: number): number[] {
  const newestAt = ats[ats.length - 1]!;
  const first = values[0]! + slope * (newestAt - ats[0]!);
  return values.map((value, i) => {
    const carried = slope * (newestAt - ats[i]!);
    const residual = value + carried - first;
    return Math.abs(residual) > ROUNDING * (Math.abs(value) + Math.abs(carried)) ? residual : 0;
  });
}

/**
 * How much wider memory in the noise makes the distribution of S: the larger of the correction of Hamed and Rao, which
 * sees waves, and that of a noise whose values follow from the one before, (1 + r) / (1 - r), which sees short memory
 * earlier. A short series shows its memory too small (Marriott and Pope 1954), so r is set right first.
 */
function memoryFactor(residuals: readonly number[], lagsMax: number): number {
  const n = residuals.length;
  const seen = autocorrelation(residuals, 1)[1]!;
  const r = Math.min((n * seen + 1) / (n - 4), MEMORY_MAX);
  return Math.max(hamedRaoFactor(residuals, SIGNIFICANCE, lagsMax), (1 + r) / (1 - r));
}
