import type { RuleShape } from '@anmai/wire';
import { faultsByField } from './backtest-view';

type Faults = readonly { readonly at: string; readonly message: string }[];
const IS_CONDITION = /(?:^|\.)condition(?:\.|$)/;

/** What a rule says, without what the server keeps of it. */
const saysOf = ({ name, enabled, appliesTo, condition, source, latched }: RuleShape): string =>
  JSON.stringify([name, enabled, appliesTo, condition, source, latched ?? false]);

export const saysTheSame = (a: RuleShape, b: RuleShape): boolean => saysOf(a) === saysOf(b);

/** What a backtest is about: which sensors, and when it raises. A name or a source changes nothing of it. */
export const judgesTheSame = (a: RuleShape | undefined, b: RuleShape): boolean =>
  a !== undefined &&
  JSON.stringify([a.appliesTo, a.condition]) === JSON.stringify([b.appliesTo, b.condition]);

/** Faults of the condition by field of its form, those of the rest by path: `appliesTo.quantity`. */
export function splitFaults(faults: Faults): {
  readonly condition: ReadonlyMap<string, string>;
  readonly rest: ReadonlyMap<string, string>;
} {
  const rest = faults
    .filter(({ at }) => !IS_CONDITION.test(at))
    .map(({ at, message }) => [at.replace(/^rule\./, ''), message] as const);
  return { condition: faultsByField(faults.filter(({ at }) => IS_CONDITION.test(at))), rest: new Map(rest) };
}

/** A rule that is not there yet: version 0, no id, so that the server makes one. */
export const newRule = (source: RuleShape['source'], condition: RuleShape['condition']): RuleShape => ({
  id: '',
  version: 0,
  name: '',
  enabled: true,
  appliesTo: {},
  condition,
  source,
});
