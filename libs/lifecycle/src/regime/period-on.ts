import { addDays, addYears, yearOf, type CalendarDate } from './calendar-date';
import type { KnownFacts } from './facts';
import type { FirstRound, RegimeRow, RegimeRuleSet, RowCondition } from './rule-set';

/** Day from which the building is so many years old, or more than so many. Born on 29 February: 28 February counts. */
export const reachedFrom = (builtOn: CalendarDate, years: number): CalendarDate => addYears(builtOn, years);
export const passedFrom = (builtOn: CalendarDate, years: number): CalendarDate =>
  addDays(addYears(builtOn, years), 1);

const lifeOf = (ruleSet: RegimeRuleSet, facts: KnownFacts): number =>
  facts.designLifeYears ?? ruleSet.designLifeYears.value;

/** All that does not depend on the day. */
export function fitsAtAll(when: RowCondition, facts: Omit<KnownFacts, 'builtOn'>): boolean {
  const { use, ownership, isCrowded, hasPrefabSlabs, isBusinessUse } = when;
  if (use !== undefined && !use.includes(facts.use)) return false;
  if (ownership !== undefined && !ownership.includes(facts.ownership)) return false;
  if (isCrowded !== undefined && isCrowded !== facts.isCrowded) return false;
  if (hasPrefabSlabs !== undefined && hasPrefabSlabs !== facts.hasPrefabSlabs) return false;
  return isBusinessUse === undefined || isBusinessUse === facts.isBusinessUse;
}

function fits(when: RowCondition, ruleSet: RegimeRuleSet, facts: KnownFacts, on: CalendarDate): boolean {
  if (!fitsAtAll(when, facts)) return false;
  const { ageFrom, ageAbove, designLifePassed } = when;
  if (ageFrom !== undefined && on < reachedFrom(facts.builtOn, ageFrom)) return false;
  if (ageAbove !== undefined && on < passedFrom(facts.builtOn, ageAbove)) return false;
  if (designLifePassed === undefined) return true;
  return designLifePassed === on >= passedFrom(facts.builtOn, lifeOf(ruleSet, facts));
}

/** The row that decides on that day; null: the rules say nothing of such a building. */
export const rowOn = (ruleSet: RegimeRuleSet, facts: KnownFacts, on: CalendarDate): RegimeRow | null =>
  ruleSet.rows.find(row => fits(row.when, ruleSet, facts, on)) ?? null;

/** The first round that the building belongs to. */
export const firstRoundOf = (
  ruleSet: RegimeRuleSet,
  facts: KnownFacts,
  on: CalendarDate,
): FirstRound | null =>
  ruleSet.firstRounds.find(
    ({ when, builtFrom, builtTo }) =>
      fits(when, ruleSet, facts, on) &&
      (builtFrom === null || yearOf(facts.builtOn) >= builtFrom) &&
      (builtTo === null || yearOf(facts.builtOn) <= builtTo),
  ) ?? null;

/** Days on which another row may come to decide. */
export function turningDays(ruleSet: RegimeRuleSet, facts: KnownFacts): readonly CalendarDate[] {
  const days = ruleSet.rows.flatMap(({ when }) => [
    ...(when.ageFrom === undefined ? [] : [reachedFrom(facts.builtOn, when.ageFrom)]),
    ...(when.ageAbove === undefined ? [] : [passedFrom(facts.builtOn, when.ageAbove)]),
    ...(when.designLifePassed === undefined ? [] : [passedFrom(facts.builtOn, lifeOf(ruleSet, facts))]),
  ]);
  return [...new Set(days)];
}
