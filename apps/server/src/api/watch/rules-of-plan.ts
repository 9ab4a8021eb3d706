import type { Condition, Rule, ThresholdLimit } from '@anmai/alarms';
import type { LimitSource } from '@anmai/catalog';
import { derivedId } from '@anmai/kernel';
import type { WatchItem, WatchLevels } from '@anmai/lifecycle';
import type { WatchRow } from '@anmai/postgres';

type Draft = Omit<Rule, 'version'>;

/** An alarm clears this far below its limit, so that a value at the border does not chatter. */
const DEADBAND = 0.9;
const SEVERITIES = ['yellow', 'orange', 'red'] as const;

/** Ids of both rules of an item, whether it has limits or not. */
const idOf = (plan: WatchRow, item: WatchItem, what: 'amount' | 'rate'): string =>
  derivedId('watch', plan.id, item.id, what);

/**
 * The limits of a plan as rules of the alarm engine: what is written in a plan is what raises the alarm. Items without sensors
 * or limits make none. Of an ended plan: none.
 */
export function rulesOfPlan(plan: WatchRow): Draft[] {
  if (plan.endedAt !== null) return [];
  return plan.items
    .filter(item => item.sensorIds.length > 0)
    .flatMap(item => [
      ...(item.amount === null
        ? []
        : [draft(plan, item, 'amount', { type: 'threshold', ...limited(item, item.amount) })]),
      ...(item.rate === null ? [] : [draft(plan, item, 'rate', rateCondition(item, item.rate))]),
    ]);
}

/** Every rule that this version of the plan, or the one before it, may have made. */
export const ruleIdsOf = (plan: WatchRow): string[] =>
  plan.items.flatMap(item => [idOf(plan, item, 'amount'), idOf(plan, item, 'rate')]);

/** A month's change is a slope over weeks; a day's is over the day. */
const rateCondition = (item: WatchItem, levels: WatchLevels): Condition =>
  item.ratePer === 'month'
    ? { type: 'trend', per: 'month', ...limited(item, levels) }
    : { type: 'rate', per: 'day', window: { days: 1 }, ...limited(item, levels) };

function limited(item: WatchItem, levels: WatchLevels) {
  const limits: ThresholdLimit[] = SEVERITIES.flatMap(severity => {
    const at = levels[severity];
    const clear = at * DEADBAND;
    return [
      { severity, above: at, clearBelow: clear },
      { severity, below: -at, clearAbove: -clear },
    ];
  });
  return { limits, ...(item.unit === '' ? {} : { unit: item.unit }), clearAfter: { samples: 3 } };
}

function draft(plan: WatchRow, item: WatchItem, what: 'amount' | 'rate', condition: Condition): Draft {
  const zh = what === 'amount' ? '量' : '速率';
  return {
    id: idOf(plan, item, what),
    name: `${plan.buildingName} 监测方案：${item.where || item.id} ${zh}`.slice(0, 200),
    enabled: true,
    appliesTo: { sensorIds: [...item.sensorIds] },
    condition,
    source: sourceOf(plan, item),
  };
}

function sourceOf(plan: WatchRow, { standing, ground }: WatchItem): LimitSource {
  const day = new Date(plan.startedAt).toISOString().slice(0, 10);
  if (standing === 'confirmed') return { kind: 'engineer', name: plan.startedBy, signedOn: day };
  const reviewBy = `${Number(day.slice(0, 4)) + 1}${day.slice(4)}`;
  return { kind: 'assumption', why: ground === '' ? `监测方案 ${plan.id}` : ground, reviewBy };
}
