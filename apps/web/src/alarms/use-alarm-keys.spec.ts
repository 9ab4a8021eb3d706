import { neighbour } from './use-alarm-keys';

it.each([
  [null, 1, 'a'],
  [null, -1, 'a'],
  ['a', 1, 'b'],
  ['c', 1, 'c'],
  ['a', -1, 'a'],
  ['gone', 1, 'a'],
])('from %s by %d', (from, step, to) => expect(neighbour(['a', 'b', 'c'], from, step)).toBe(to));

it('finds nothing in an empty list', () => expect(neighbour([], null, 1)).toBeUndefined());
