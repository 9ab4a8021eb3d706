import { DEFAULT_RULES, ruleOfDefault } from '@anmai/alarms';
import { ruleSchema } from './rule.schema';

it.each(DEFAULT_RULES.map(each => [each.id, each] as const))(
  'default rule %s is taken, unchanged',
  (_id, each) => {
    const body = ruleOfDefault(each);
    expect(ruleSchema.parse(JSON.parse(JSON.stringify(body)))).toEqual(body);
  },
);
