import { DEFAULT_RULES, partsOf, ruleOfDefault } from '@anmai/alarms';
import type { RuleShape } from '@anmai/wire';
import { ruleSchema } from '@anmai/wire';
import { absent, ok, problem, type Asked, type FakePart, type Reply } from './fake-reply';
import type { FakeRules } from './fake-rules';

/** One that somebody took out of force long ago: it does not come back by itself. */
const REMOVED = DEFAULT_RULES[3]!.id;

/** Making and removing rules, and those that come along. New ones are held against the real schema. */
export function fakeRuleWrites(rules: FakeRules): FakePart {
  const stateOf = (id: string): string =>
    rules.get(id) !== null ? 'inForce' : id === REMOVED ? 'removed' : 'missing';
  const create = (body: unknown): Reply => {
    const read = ruleSchema.safeParse(body);
    if (!read.success) {
      const faults = read.error.issues.map(({ path, message }) => ({ at: path.join('.'), message }));
      return problem(400, 'VAL-001', 'the request is not as it should be', 'Mend what `faults` lists.', {
        faults,
      });
    }
    return ok(rules.add({ ...read.data, id: read.data.id ?? 'rule-new' } as RuleShape), 201);
  };
  const take = (ids: readonly string[]): Reply => {
    const missing = DEFAULT_RULES.filter(each => ids.includes(each.id) && stateOf(each.id) === 'missing');
    const created = missing.map(each => rules.add({ ...ruleOfDefault(each), version: 1 }));
    return ok({ created, present: [], refused: [] });
  };
  const list = (): Reply =>
    ok({ items: DEFAULT_RULES.map(each => ({ ...each, state: stateOf(each.id), needs: partsOf(each) })) });
  return ({ method, parts: [thing, id], body }: Asked) => {
    if (thing !== 'rules') return null;
    if (id === 'defaults')
      return method === 'GET' ? list() : take((body as { ids?: readonly string[] }).ids ?? []);
    if (id === undefined && method === 'POST') return create(body);
    if (id !== undefined && method === 'DELETE') return rules.remove(id) ? ok(null, 204) : absent();
    return null;
  };
}
