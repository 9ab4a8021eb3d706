import { slid } from './sliding';

it.each([
  ['the first', [], 0, 5, [5]],
  ['one more', [1, 2], 0, 3, [1, 2, 3]],
  ['one for one', [1, 2, 3], 1, 4, [2, 3, 4]],
  ['none of the old', [1, 2, 3], 3, 4, [4]],
])('%s', (_name, list, from, item, expected) => {
  const before = [...list];
  expect(slid(list, from, item)).toEqual(expected);
  expect(list).toEqual(before);
});
