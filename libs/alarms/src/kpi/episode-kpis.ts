import { DAY_MS, MINUTE_MS, type Millis } from '@anmai/kernel';
import { SEVERITIES, type Severity } from '@anmai/catalog';
import type { Activation, AlarmEpisode } from './activation';
import { figure, isSilent, largest, noData, within, type Kpi, type KpiPeriod } from './kpi';
import { KPI_TARGETS } from './targets';

export const STALE_AFTER_MS = DAY_MS;
export const STALE_MAX = 5;
export const ACKNOWLEDGE_WITHIN_MS = 10 * MINUTE_MS;

export interface StaleAlarm {
  readonly alarmId: string;
  readonly sensorId: string;
  readonly openMs: number;
}

/** Alarms that at the end of the period were open for more than 24 h, oldest first. Blind ones are open. */
export function staleKpi(episodes: readonly AlarmEpisode[], period: KpiPeriod): Kpi<readonly StaleAlarm[]> {
  const { to } = period;
  const known = episodes.filter(each => each.raisedAt < to);
  if (isSilent(period, known.length)) return noData(KPI_TARGETS.stale);
  const stale = known
    .filter(each => each.clearedAt === null || each.clearedAt >= to)
    .map(({ alarmId, sensorId, raisedAt }) => ({ alarmId, sensorId, openMs: to - raisedAt }))
    .filter(each => each.openMs > STALE_AFTER_MS)
    .sort((a, b) => b.openMs - a.openMs || (a.alarmId < b.alarmId ? -1 : 1));
  return figure(stale, stale.length < STALE_MAX, KPI_TARGETS.stale);
}

export type PrioritySplit = Readonly<Record<Severity, number>>;

/** Shares of the severities, 0 … 1. Met: no more of the upper three than the target says. */
export function priorityKpi(activations: readonly Activation[], period: KpiPeriod): Kpi<PrioritySplit> {
  const inside = within(period, activations, each => each.at);
  // Of nothing there are no shares, watched or not.
  if (inside.length === 0) return noData(KPI_TARGETS.priorities);
  const share = (severity: Severity): number =>
    inside.filter(each => each.severity === severity).length / inside.length;
  const split = Object.fromEntries(SEVERITIES.map(severity => [severity, share(severity)])) as PrioritySplit;
  const isMet = split.red < 0.01 && split.red + split.orange <= 0.06 && split.blue >= 0.79;
  return figure(split, isMet, KPI_TARGETS.priorities);
}

export interface AcknowledgeTimes {
  readonly medianMs: number;
  readonly p90Ms: number;
  readonly p99Ms: number;
  readonly acknowledged: number;
  /** Still waiting at the end of the period: in the times above with how long they have waited, the least it can be. */
  readonly waiting: number;
  readonly longestWaitMs: number | null;
}

/** Of alarms raised in the period. One that nobody acknowledged makes the times longer, never shorter. */
export function acknowledgeKpi(episodes: readonly AlarmEpisode[], period: KpiPeriod): Kpi<AcknowledgeTimes> {
  const inside = within(period, episodes, each => each.raisedAt);
  if (inside.length === 0) return noData(KPI_TARGETS.acknowledge);
  const isWaiting = (each: AlarmEpisode): boolean =>
    each.acknowledgedAt === null || each.acknowledgedAt >= period.to;
  const timeOf = (each: AlarmEpisode): number => Math.max(0, until(each, period.to) - each.raisedAt);
  const times = inside.map(timeOf).sort((a, b) => a - b);
  const waits = inside.filter(isWaiting).map(timeOf);
  const p90Ms = nearestRank(times, 0.9);
  const value = {
    medianMs: nearestRank(times, 0.5),
    p90Ms,
    p99Ms: nearestRank(times, 0.99),
    acknowledged: inside.length - waits.length,
    waiting: waits.length,
    longestWaitMs: waits.length === 0 ? null : largest(waits),
  };
  return figure(value, p90Ms <= ACKNOWLEDGE_WITHIN_MS, KPI_TARGETS.acknowledge);
}

const until = ({ acknowledgedAt }: AlarmEpisode, to: Millis): Millis => Math.min(acknowledgedAt ?? to, to);

/** The smallest value with at least that share at or below it. `sorted` is not empty. */
export const nearestRank = (sorted: readonly number[], share: number): number =>
  sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)]!;
