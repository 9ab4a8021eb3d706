import { bestUnit } from './span-units';

it.each([
  [null, 'minute'],
  [0, 'minute'],
  [1_000, 'second'],
  [90_000, 'second'],
  [600_000, 'minute'],
  [5_400_000, 'minute'],
  [7_200_000, 'hour'],
  [86_400_000, 'day'],
  [90_000_000, 'hour'],
  [1_500, 'second'],
])('%s ms is told in the unit %s', (ms, unit) => expect(bestUnit(ms)).toBe(unit));
