import { addYears, dateOf, yearOf, type CalendarDate } from './calendar-date';
import { dueDateOf, type KnownDue } from './due-date';
import {
  OWNERSHIP_CLASSES,
  REGIME_DATA,
  USE_CLASSES,
  type KnownFacts,
  type RegimeDatum,
  type RegimeFacts,
} from './facts';
import { fitsAtAll } from './period-on';
import type { RegimeTimeline, RowCondition } from './rule-set';

/** Where the year is not known at all, it may be any since this one. */
export const YEAR_UNKNOWN_FROM = 1900;

/** One way that things may be, and when a check-up is due then. */
export interface Way {
  /** Of each datum what was taken for it, in the order of REGIME_DATA. */
  readonly taken: readonly string[];
  readonly due: KnownDue;
}

/** Every way that what is not known may be. What no rule asks does not multiply them. */
export function possibleWays(timeline: RegimeTimeline, facts: RegimeFacts, today: CalendarDate): readonly Way[] {
  const of = <T>(known: T | null, key: keyof RowCondition, all: readonly T[]): readonly T[] =>
    known !== null ? [known] : asks(timeline, key) ? all : all.slice(0, 1);
  const both = [false, true] as const;
  const { businessSince, designLifeYears, lastRegularOn } = facts;
  const days = completionDays(timeline, facts, today);
  const dueOf = sharedDue(timeline);
  const ways: Way[] = [];
  for (const use of of(facts.use, 'use', USE_CLASSES))
    for (const ownership of of(facts.ownership, 'ownership', OWNERSHIP_CLASSES))
      for (const isCrowded of of(facts.isCrowded, 'isCrowded', both))
        for (const hasPrefabSlabs of of(facts.hasPrefabSlabs, 'hasPrefabSlabs', both))
          for (const isBusinessUse of of(facts.isBusinessUse, 'isBusinessUse', both)) {
            const classes = { use, ownership, isCrowded, hasPrefabSlabs, isBusinessUse };
            const rest = { ...classes, businessSince, designLifeYears, lastRegularOn };
            for (const [builtOn, due] of dueOf(rest, days))
              ways.push({ taken: REGIME_DATA.map(datum => (datum === 'built' ? builtOn : String(classes[datum]))), due });
          }
  return ways;
} // prettier-ignore

export const asks = (timeline: RegimeTimeline, key: keyof RowCondition): boolean =>
  timeline.some(({ ruleSet }) =>
    [...ruleSet.rows, ...ruleSet.firstRounds].some(({ when }) => when[key] !== undefined),
  );

/** Buildings that the same rows speak of fall due on the same days: each lot is reckoned once. */
function sharedDue(timeline: RegimeTimeline) {
  const conditions = timeline.flatMap(({ ruleSet }) => [...ruleSet.rows, ...ruleSet.firstRounds]);
  const lots = new Map<string, readonly (readonly [CalendarDate, KnownDue])[]>();
  return (facts: Omit<KnownFacts, 'builtOn'>, days: readonly CalendarDate[]) => {
    const lot = conditions.map(({ when }) => (fitsAtAll(when, facts) ? '1' : '0')).join('');
    const known =
      lots.get(lot) ?? days.map(builtOn => [builtOn, dueDateOf(timeline, { ...facts, builtOn })] as const);
    lots.set(lot, known);
    return known;
  };
}

/**
 * First days of the years that matter: both ends of what is possible, and the years around which a building comes under
 * another rule by a day that counts. Between those, nothing but the day itself moves, and it moves later.
 */
function completionDays(
  timeline: RegimeTimeline,
  facts: RegimeFacts,
  today: CalendarDate,
): readonly CalendarDate[] {
  const { built, builtOn, designLifeYears, lastRegularOn } = facts;
  if (builtOn !== null) return [builtOn];
  const from = built?.from ?? YEAR_UNKNOWN_FROM;
  const to = Math.max(built?.to ?? yearOf(today), from);
  const ruleSets = timeline.map(span => span.ruleSet);
  const rows = ruleSets.flatMap(ruleSet => ruleSet.rows);
  const ages = [
    ...rows.flatMap(({ when }) => [when.ageFrom, when.ageAbove].filter(age => age !== undefined)),
    ...ruleSets.map(ruleSet => designLifeYears ?? ruleSet.designLifeYears.value),
  ];
  const periods = [0, ...rows.flatMap(({ period }) => (period.kind === 'exempt' ? [] : [period.years]))];
  const again = lastRegularOn === null ? [] : periods.map(years => addYears(lastRegularOn, years));
  const counting = [today, ...timeline.map(span => span.from), ...again].map(yearOf);
  const bounds = ruleSets.flatMap(({ firstRounds }) =>
    firstRounds.flatMap(each => [each.builtFrom, each.builtTo]),
  );
  const years = new Set([from, to]);
  for (const year of [
    ...counting.flatMap(on => ages.map(age => on - age)),
    ...bounds.filter(year => year !== null),
  ])
    for (const each of [year - 1, year, year + 1]) if (each >= from && each <= to) years.add(each);
  return [...years].sort((a, b) => a - b).map(year => dateOf(year, 1, 1));
}

/** What is not known and would change the answer: two ways that differ in it alone come to different ends. */
export function decidingData(
  ways: readonly Way[],
  facts: RegimeFacts,
  outcome: (due: KnownDue) => string,
): readonly RegimeDatum[] {
  const outcomes = ways.map(({ due }) => outcome(due));
  return REGIME_DATA.filter((datum, i) => {
    if (datum === 'built' ? facts.builtOn !== null : facts[datum] !== null) return false;
    const seen = new Map<string, string>();
    return ways.some(({ taken }, k) => {
      const others = taken.with(i, '').join(' ');
      const other = seen.get(others);
      seen.set(others, outcomes[k]!);
      return other !== undefined && other !== outcomes[k];
    });
  });
}
