import { isWorthAnotherTry } from './upload';

it.each([
  [0, true],
  [400, true],
  [401, true],
  [409, true],
  [423, true],
  [429, true],
  [500, true],
  [503, true],
  [507, true],
  [403, false],
  [404, false],
  [413, false],
  [415, false],
  [422, false],
])('tries again after %d: %s', (status, expected) => expect(isWorthAnotherTry(status)).toBe(expected));
