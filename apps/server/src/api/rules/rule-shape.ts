import type { Rule } from '@anmai/alarms';
import type { RuleShape } from '@anmai/wire';

/** A rule as the API shows it, without what it watches. */
export const ruleShape = (rule: Rule): RuleShape => ({
  id: rule.id,
  version: rule.version,
  name: rule.name,
  enabled: rule.enabled,
  appliesTo: rule.appliesTo,
  condition: rule.condition,
  source: rule.source,
  ...(rule.latched === undefined ? {} : { latched: rule.latched }),
});
