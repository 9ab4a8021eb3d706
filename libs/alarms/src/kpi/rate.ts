import { HOUR_MS } from '@anmai/kernel';
import type { Activation } from './activation';
import { figure, isSilent, largest, noData, TEN_MINUTES_MS, within, type Kpi, type KpiPeriod } from './kpi';
import { KPI_TARGETS } from './targets';

export const CROWDED_PER_10_MIN = 10;
export const CROWDED_PER_HOUR = 30;
/** Upper ends of the rows of the histogram; the last has none. */
const ROWS = [0, 1, 2, 5, 10, 20, 100] as const;

export interface HistogramRow {
  /** Windows with more than `from` - 1 and at most `to` alarms; null: no upper end. */
  readonly from: number;
  readonly to: number | null;
  readonly windows: number;
}

export interface RateKpis {
  /** Alarms per 10 min. */
  readonly mean: Kpi<number>;
  /** Most in one window. */
  readonly peak: Kpi<number>;
  /** Share of windows with more than CROWDED_PER_10_MIN. */
  readonly crowded: Kpi<number>;
  readonly crowdedHours: Kpi<number>;
  readonly histogram: readonly HistogramRow[];
}

/** Windows follow each other from `from` on; a last one that is cut short counts as one, its alarms too. */
export function rateKpis(activations: readonly Activation[], period: KpiPeriod): RateKpis {
  const inside = within(period, activations, each => each.at);
  const { rate, peak, crowded, crowdedHours } = KPI_TARGETS;
  if (isSilent(period, inside.length)) {
    return {
      mean: noData(rate),
      peak: noData(peak),
      crowded: noData(crowded),
      crowdedHours: noData(crowdedHours),
      histogram: [],
    };
  }
  const counts = countsPer(TEN_MINUTES_MS, inside, period);
  const hours = countsPer(HOUR_MS, inside, period);
  const mean = meanPer10Min(inside.length, period);
  const most = largest(counts);
  const crowdedShare = shareAbove(counts, CROWDED_PER_10_MIN);
  const crowdedHourShare = shareAbove(hours, CROWDED_PER_HOUR);
  return {
    mean: figure(mean, mean <= 1, rate),
    peak: figure(most, most <= CROWDED_PER_10_MIN, peak),
    crowded: figure(crowdedShare, crowdedShare < 0.01, crowded),
    crowdedHours: figure(crowdedHourShare, crowdedHourShare < 0.01, crowdedHours),
    histogram: histogramOf(counts),
  };
}

/** What nobody watched cannot have been quiet: it does not thin the mean. */
export function meanPer10Min(count: number, { from, to, watchedMs }: KpiPeriod): number {
  const ms = watchedMs === undefined || watchedMs <= 0 ? to - from : Math.min(watchedMs, to - from);
  return count / (ms / TEN_MINUTES_MS);
}

/** Alarms in each window of `lengthMs`, the empty ones too. The period is not empty. */
export function countsPer(
  lengthMs: number,
  inside: readonly Activation[],
  { from, to }: KpiPeriod,
): number[] {
  const counts = Array.from({ length: Math.ceil((to - from) / lengthMs) }, () => 0);
  for (const { at } of inside) counts[Math.floor((at - from) / lengthMs)]! += 1;
  return counts;
}

export const shareAbove = (counts: readonly number[], limit: number): number =>
  counts.filter(count => count > limit).length / counts.length;

function histogramOf(counts: readonly number[]): HistogramRow[] {
  return [...ROWS, null].map((to, i) => {
    const from = i === 0 ? 0 : ROWS[i - 1]! + 1;
    return { from, to, windows: counts.filter(count => count >= from && count <= (to ?? Infinity)).length };
  });
}
