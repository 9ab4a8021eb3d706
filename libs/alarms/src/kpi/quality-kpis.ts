import type { Millis } from '@anmai/kernel';
import type { AlarmEpisode } from './activation';
import { figure, groupBy, noData, within, type Kpi, type KpiPeriod } from './kpi';
import { KPI_TARGETS } from './targets';

export const FALSE_SHARE_MAX = 0.2;
export const ONLINE_SHARE_MIN = 0.95;

/** What a person found an alarm to be; the newest one counts. */
export interface AssessedAlarm {
  readonly alarmId: string;
  readonly isFalse: boolean;
  readonly at: Millis;
}

export interface FalseAlarmRate {
  readonly alarms: number;
  readonly assessed: number;
  readonly false: number;
  /** Of the assessed, 0 … 1. */
  readonly share: number;
}

/** By rule, of alarms raised in the period. A rule whose alarms nobody assessed has no rate: not a good one. */
export function falseAlarmKpis(
  episodes: readonly AlarmEpisode[],
  assessments: readonly AssessedAlarm[],
  period: KpiPeriod,
): ReadonlyMap<string, Kpi<FalseAlarmRate>> {
  const newest = new Map<string, AssessedAlarm>();
  for (const each of assessments)
    if ((newest.get(each.alarmId)?.at ?? -Infinity) <= each.at) newest.set(each.alarmId, each);
  const rules = groupBy(
    within(period, episodes, each => each.raisedAt),
    each => each.ruleId,
  );
  return new Map([...rules].map(([ruleId, list]) => [ruleId, falseAlarmKpi(list, newest)]));
}

function falseAlarmKpi(
  episodes: readonly AlarmEpisode[],
  verdicts: ReadonlyMap<string, AssessedAlarm>,
): Kpi<FalseAlarmRate> {
  const known = episodes.flatMap(each => verdicts.get(each.alarmId) ?? []);
  if (known.length === 0) return noData(KPI_TARGETS.falseAlarms);
  const wrong = known.filter(each => each.isFalse).length;
  const share = wrong / known.length;
  const value = { alarms: episodes.length, assessed: known.length, false: wrong, share };
  return figure(value, share <= FALSE_SHARE_MAX, KPI_TARGETS.falseAlarms);
}

/** How long a device should have been heard, and how long it was. */
export interface DevicePresence {
  readonly deviceId: string;
  /** Owner (权属单位). */
  readonly orgId: string;
  readonly onlineMs: number;
  /** Within the period, while the platform was watching. */
  readonly expectedMs: number;
}

export interface OnlineRate {
  readonly devices: number;
  /** Device time online over device time expected, 0 … 1. */
  readonly share: number;
}

/** By owner. Devices of which nothing could be expected say nothing. */
export function onlineKpis(presences: readonly DevicePresence[]): ReadonlyMap<string, Kpi<OnlineRate>> {
  const owners = groupBy(presences, each => each.orgId);
  return new Map([...owners].map(([orgId, list]) => [orgId, onlineKpi(list)]));
}

function onlineKpi(list: readonly DevicePresence[]): Kpi<OnlineRate> {
  const known = list.filter(each => each.expectedMs > 0);
  if (known.length === 0) return noData(KPI_TARGETS.online);
  const sum = (pick: (each: DevicePresence) => number): number =>
    known.reduce((total, each) => total + pick(each), 0);
  const online = sum(each => Math.min(Math.max(each.onlineMs, 0), each.expectedMs));
  const share = online / sum(each => each.expectedMs);
  return figure({ devices: known.length, share }, share >= ONLINE_SHARE_MIN, KPI_TARGETS.online);
}
