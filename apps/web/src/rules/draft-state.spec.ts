import { sourceOf, starterOf } from './condition-starters';
import { judgesTheSame, newRule, saysTheSame, splitFaults } from './draft-state';

const rule = newRule(sourceOf('assumption', 0), starterOf('noData'));

it.each([
  ['a name', { name: 'x' }, false, true],
  ['a latch', { latched: true }, false, true],
  ['a scope', { appliesTo: { quantity: 'gas.combustible' } }, false, false],
  ['a condition', { condition: starterOf('threshold') }, false, false],
  ['what the server keeps', { version: 3 }, true, true],
  ['a latch that is off', { latched: false }, true, true],
])('%s: says the same %#', (_name, change, says, judges) => {
  const changed = { ...rule, ...change };
  expect([saysTheSame(rule, changed), judgesTheSame(rule, changed)]).toEqual([says, judges]);
});

it('has nothing tested before there was a test', () => expect(judgesTheSame(undefined, rule)).toBe(false));

it('puts each fault to its field', () => {
  const { condition, rest } = splitFaults([
    { at: 'rule.condition.limits.0.above', message: 'a' },
    { at: 'condition', message: 'b' },
    { at: 'rule.appliesTo.quantity', message: 'c' },
    { at: 'source.why', message: 'd' },
  ]);
  expect([...condition]).toEqual([
    ['limits.0.above', 'a'],
    ['', 'condition: b'],
  ]);
  expect([...rest]).toEqual([
    ['appliesTo.quantity', 'c'],
    ['source.why', 'd'],
  ]);
});
