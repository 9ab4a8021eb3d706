import type { AlarmChange, OperatorAction } from '../alarm';
import { activationsOf, episodesOf } from './activation';
import {
  acknowledgeKpi,
  priorityKpi,
  staleKpi,
  type AcknowledgeTimes,
  type PrioritySplit,
  type StaleAlarm,
} from './episode-kpis';
import { floodKpi, type FloodFigures } from './flood';
import type { Kpi, KpiPeriod } from './kpi';
import { performanceKpi, type PerformanceFigures } from './performance';
import {
  falseAlarmKpis,
  onlineKpis,
  type AssessedAlarm,
  type DevicePresence,
  type FalseAlarmRate,
  type OnlineRate,
} from './quality-kpis';
import { rateKpis, type RateKpis } from './rate';
import { badActorsKpi, chatteringKpi, type BadActors, type ChatteringTag } from './tags';

/** What one operator position saw. Alarms from before the period belong in, as far as they were open or within 10 min. */
export interface KpiInput {
  readonly changes: readonly AlarmChange[];
  readonly actions: readonly OperatorAction[];
  readonly assessments: readonly AssessedAlarm[];
  readonly presences: readonly DevicePresence[];
}

export interface KpiReport {
  readonly period: KpiPeriod;
  readonly rate: RateKpis;
  readonly flood: Kpi<FloodFigures>;
  readonly chattering: Kpi<readonly ChatteringTag[]>;
  readonly stale: Kpi<readonly StaleAlarm[]>;
  readonly badActors: Kpi<BadActors>;
  readonly priorities: Kpi<PrioritySplit>;
  readonly acknowledge: Kpi<AcknowledgeTimes>;
  readonly falseAlarms: ReadonlyMap<string, Kpi<FalseAlarmRate>>;
  readonly online: ReadonlyMap<string, Kpi<OnlineRate>>;
  readonly performance: Kpi<PerformanceFigures>;
}

export function kpiReport(input: KpiInput, period: KpiPeriod): KpiReport {
  const activations = activationsOf(input.changes);
  const episodes = episodesOf(input.changes, input.actions);
  return {
    period,
    rate: rateKpis(activations, period),
    flood: floodKpi(activations, period),
    chattering: chatteringKpi(activations, period),
    stale: staleKpi(episodes, period),
    badActors: badActorsKpi(activations, period),
    priorities: priorityKpi(activations, period),
    acknowledge: acknowledgeKpi(episodes, period),
    falseAlarms: falseAlarmKpis(episodes, input.assessments, period),
    online: onlineKpis(input.presences),
    performance: performanceKpi(activations, period),
  };
}
