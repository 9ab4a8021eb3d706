import { DEFAULT_THRESHOLDS } from '@anmai/catalog';
import type { Rule } from '../rule';
import { BUILDING_RULES } from './building-rules';
import type { DefaultRule } from './default-rule';
import { DEVICE_RULES } from './device-rules';
import { DRAINAGE_RULES } from './drainage-rules';
import { GAS_RULES } from './gas-rules';
import { STRUCTURE_RULES } from './structure-rules';
import { WATER_RULES } from './water-rules';

export type { DefaultRule } from './default-rule';

/** All of them: the thresholds of the catalogue and what is more than a threshold. Ids are unique; parts exist. */
export const DEFAULT_RULES: readonly DefaultRule[] = [
  ...DEFAULT_THRESHOLDS,
  ...GAS_RULES,
  ...WATER_RULES,
  ...DRAINAGE_RULES,
  ...BUILDING_RULES,
  ...STRUCTURE_RULES,
  ...DEVICE_RULES,
];

const BY_ID: ReadonlyMap<string, DefaultRule> = new Map(DEFAULT_RULES.map(each => [each.id, each]));

export const findDefaultRule = (id: string): DefaultRule | null => BY_ID.get(id) ?? null;

/** Rules whose alarms a rule asks about; none unless it is a composite. */
export const partsOf = ({ condition }: Pick<Rule, 'condition'>): string[] =>
  condition.type === 'composite' ? condition.of.map(part => part.ruleId) : [];

/**
 * The rules of these ids (all without) with the parts that composites among them need, parts first: a composite whose
 * parts are not there would be silent. Unknown ids are left out.
 */
export function defaultRules(ids: readonly string[] = DEFAULT_RULES.map(each => each.id)): DefaultRule[] {
  const wanted = new Set(ids);
  for (const id of ids) for (const part of partsOf(BY_ID.get(id) ?? NO_RULE)) wanted.add(part);
  return DEFAULT_RULES.filter(each => wanted.has(each.id)).sort(
    (a, b) => Number(a.condition.type === 'composite') - Number(b.condition.type === 'composite'),
  );
}

const NO_RULE: Pick<Rule, 'condition'> = { condition: { type: 'noData', after: { missed: 1 } } };

/** What is written: the name is the Chinese one. */
export const ruleOfDefault = ({
  id,
  name,
  appliesTo,
  condition,
  source,
}: DefaultRule): Omit<Rule, 'version'> => ({
  id,
  name,
  enabled: true,
  appliesTo,
  condition,
  source,
});
