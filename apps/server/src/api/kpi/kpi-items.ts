import type { Kpi, KpiReport } from '@anmai/alarms';
import type { KpiShape } from '@anmai/wire';

type Value = NonNullable<KpiShape['value']>;

/** One row a figure, flat: a figure and whether it is good enough, with the target and how far that can be trusted. */
export function kpiItems(report: KpiReport): KpiShape[] {
  const { rate } = report;
  const number = (value: number): Value => ({ value });
  return [
    item('rate', rate.mean, number),
    item('peak', rate.peak, number),
    item('crowded', rate.crowded, number),
    item('crowdedHours', rate.crowdedHours, number),
    item('flood', report.flood, ({ share, floods }) => ({ value: share, floods: floods.length })),
    item('performance', report.performance, ({ class: name, mean, peak, busyShare }) => ({
      ...{ value: name, mean, peak, busyShare },
    })),
    item('acknowledge', report.acknowledge, times => ({ value: times.p90Ms, ...times })),
    item('stale', report.stale, stale => ({ value: stale.length, longestMs: stale[0]?.openMs ?? null })),
    item('chattering', report.chattering, tags => ({ value: tags.length })),
    item('badActors', report.badActors, ({ share, actors }) => ({ value: share, actors: actors.length })),
    item('priorities', report.priorities, ({ blue, yellow, orange, red }) => ({ blue, yellow, orange, red })),
    ...of('falseAlarms', report.falseAlarms, rule => ({
      ...{ value: rule.share, assessed: rule.assessed, alarms: rule.alarms },
    })),
    ...of('online', report.online, ({ share, devices }) => ({ value: share, devices })),
  ];
}

function item<T>(
  name: string,
  kpi: Kpi<T>,
  valueOf: (value: T) => Value,
  owner: string | null = null,
): KpiShape {
  const { status, target } = kpi;
  const value = kpi.status === 'noData' ? null : valueOf(kpi.value);
  return { name, of: owner, status, value, target };
}

const of = <T>(name: string, kpis: ReadonlyMap<string, Kpi<T>>, valueOf: (value: T) => Value): KpiShape[] =>
  [...kpis].map(([owner, kpi]) => item(name, kpi, valueOf, owner));
