import type { Activation } from './activation';
import { figure, isSilent, largest, noData, TEN_MINUTES_MS, within, type Kpi, type KpiPeriod } from './kpi';
import { countsPer, meanPer10Min, shareAbove } from './rate';
import { KPI_TARGETS } from './targets';

/** Best first. */
export const PERFORMANCE_CLASSES = ['predictive', 'robust', 'stable', 'reactive', 'overloaded'] as const;
export type PerformanceClass = (typeof PERFORMANCE_CLASSES)[number];

/**
 * A position is of a class while each figure is below its row; the first row that holds all three. The source gives
 * ranges with gaps and shared borders; read here as upper ends.
 */
const ROWS: readonly {
  readonly name: PerformanceClass;
  readonly meanBelow: number;
  readonly peakBelow: number;
  readonly busyBelow: number;
}[] = [
  { name: 'predictive', meanBelow: 1, peakBelow: 10, busyBelow: 0.01 },
  { name: 'robust', meanBelow: 10, peakBelow: 100, busyBelow: 0.05 },
  { name: 'stable', meanBelow: 10, peakBelow: 1_000, busyBelow: 0.25 },
  { name: 'reactive', meanBelow: 100, peakBelow: 1_000, busyBelow: 0.5 },
];
const BUSY_ABOVE = 5;

export interface PerformanceFigures {
  readonly class: PerformanceClass;
  /** Alarms per 10 min. */
  readonly mean: number;
  readonly peak: number;
  /** Share of 10 min windows with more than BUSY_ABOVE. */
  readonly busyShare: number;
}

/** Meant for a month or more (ISA-18.2: at least 30 days); a shorter period says how that stretch was. */
export function performanceKpi(
  activations: readonly Activation[],
  period: KpiPeriod,
): Kpi<PerformanceFigures> {
  const inside = within(period, activations, each => each.at);
  if (isSilent(period, inside.length)) return noData(KPI_TARGETS.performance);
  const counts = countsPer(TEN_MINUTES_MS, inside, period);
  const mean = meanPer10Min(inside.length, period);
  const peak = largest(counts);
  const busyShare = shareAbove(counts, BUSY_ABOVE);
  const row = ROWS.find(each => mean < each.meanBelow && peak < each.peakBelow && busyShare < each.busyBelow);
  const value = { class: row?.name ?? 'overloaded', mean, peak, busyShare };
  return figure(value, value.class === 'predictive' || value.class === 'robust', KPI_TARGETS.performance);
}
