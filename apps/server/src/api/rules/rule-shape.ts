import type { Rule } from '@anmai/alarms';
import type { RuleShape } from '@anmai/wire';

/** A rule as clients see it, without what it covers now. */
export const ruleShape = (rule: Rule): RuleShape => ({
  id: rule.id,
  version: rule.version,
  name: rule.name,
  enabled: rule.enabled,
  appliesTo: rule.appliesTo,
  condition: rule.condition,
  source: rule.source,
});
