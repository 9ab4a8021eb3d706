import fc from 'fast-check';
import { derivedId, ID_PATTERN } from './ids';

it.each([
  ['the shortest', 'a', true],
  ['as in the contract', 'well-0012.ch4', true],
  ['a digit first', '0_1', true],
  ['64 characters', 'a'.repeat(64), true],
  ['65 characters', 'a'.repeat(65), false],
  ['nothing', '', false],
  ['capitals', 'Well', false],
  ['a dot first', '.a', false],
  ['a path', 'a/b', false],
  ['a line break at the end', 'a\n', false],
  ['a space', 'a b', false],
  ['Chinese', '井', false],
])('ID_PATTERN: %s', (_name, id, fits) => {
  expect(ID_PATTERN.test(id)).toBe(fits);
});

it('is fixed for good: stored alarms carry these ids', () => {
  expect(derivedId('alm', 'gas-adjacent', 'well-0012.ch4', 1_732_230_000_000)).toBe(
    'alm-14846087bde9977344d78ed0',
  );
});

const part = fc.oneof(fc.string({ maxLength: 6 }), fc.integer());
const parts = fc.array(part, { maxLength: 4 });

it('is an id and the same each time', () => {
  fc.assert(
    fc.property(parts, list => {
      expect(derivedId('x', ...list)).toMatch(ID_PATTERN);
      expect(derivedId('x', ...list)).toBe(derivedId('x', ...list));
    }),
  );
});

it('differs when any part does, however the parts are cut', () => {
  fc.assert(
    fc.property(parts, parts, (a, b) => {
      fc.pre(JSON.stringify(a.map(String)) !== JSON.stringify(b.map(String)));
      expect(derivedId('x', ...a)).not.toBe(derivedId('x', ...b));
    }),
  );
  expect(derivedId('x', 'ab', 'c')).not.toBe(derivedId('x', 'a', 'bc'));
  expect(derivedId('x', '1:a')).not.toBe(derivedId('x', '1', 'a'));
  expect(derivedId('x', 'a')).not.toBe(derivedId('y', 'a'));
});
