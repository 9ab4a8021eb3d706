import { SECOND_MS } from '@anmai/kernel';
import type { Activation } from './activation';
import { figure, groupBy, isSilent, noData, within, type Kpi, type KpiPeriod } from './kpi';
import { KPI_TARGETS } from './targets';

export const CHATTER_ACTIVATIONS_MIN = 3;
/** Sensors that report every five minutes cannot chatter within a minute: hand in a longer window for them. */
export const CHATTER_WINDOW_MS = 60 * SECOND_MS;
export const BAD_ACTORS_MAX = 10;

/** One rule on one sensor: what an engineer would mend. */
export interface AlarmTag {
  readonly sensorId: string;
  readonly ruleId: string;
}

export interface ChatteringTag extends AlarmTag {
  readonly activations: number;
  /** Most within one window. */
  readonly most: number;
}

/** Tags that came at least CHATTER_ACTIVATIONS_MIN times within a window, worst first. */
export function chatteringKpi(
  activations: readonly Activation[],
  period: KpiPeriod,
  windowMs = CHATTER_WINDOW_MS,
): Kpi<readonly ChatteringTag[]> {
  const inside = within(period, activations, each => each.at);
  if (isSilent(period, inside.length)) return noData(KPI_TARGETS.chattering);
  const tags = [...byTag(inside).values()]
    .map(list => ({ ...tagOf(list[0]!), activations: list.length, most: mostWithin(windowMs, list) }))
    .filter(tag => tag.most >= CHATTER_ACTIVATIONS_MIN)
    .sort((a, b) => b.most - a.most || b.activations - a.activations || byName(a, b));
  return figure(tags, tags.length === 0, KPI_TARGETS.chattering);
}

export interface BadActor extends AlarmTag {
  readonly activations: number;
  /** Of all activations, 0 … 1. */
  readonly share: number;
}

export interface BadActors {
  readonly actors: readonly BadActor[];
  /** Of the ten together. */
  readonly share: number;
}

/** The ten tags that came most often. */
export function badActorsKpi(activations: readonly Activation[], period: KpiPeriod): Kpi<BadActors> {
  const inside = within(period, activations, each => each.at);
  if (isSilent(period, inside.length)) return noData(KPI_TARGETS.badActors);
  const actors = [...byTag(inside).values()]
    .map(list => ({ ...tagOf(list[0]!), activations: list.length, share: list.length / inside.length }))
    .sort((a, b) => b.activations - a.activations || byName(a, b))
    .slice(0, BAD_ACTORS_MAX);
  const share = actors.reduce((sum, actor) => sum + actor.share, 0);
  return figure({ actors, share }, share <= 0.05, KPI_TARGETS.badActors);
}

const byTag = (list: readonly Activation[]): Map<string, Activation[]> =>
  groupBy(list, ({ ruleId, sensorId }) => `${ruleId} ${sensorId}`);
const tagOf = ({ sensorId, ruleId }: AlarmTag): AlarmTag => ({ sensorId, ruleId });
const byName = (a: AlarmTag, b: AlarmTag): number =>
  `${a.ruleId} ${a.sensorId}` < `${b.ruleId} ${b.sensorId}` ? -1 : 1;

/** Most activations within any stretch shorter than the window. */
function mostWithin(windowMs: number, list: readonly Activation[]): number {
  const times = list.map(({ at }) => at).sort((a, b) => a - b);
  let from = 0;
  return times.reduce((most, at, i) => {
    while (at - times[from]! >= windowMs) from++;
    return Math.max(most, i - from + 1);
  }, 0);
}
