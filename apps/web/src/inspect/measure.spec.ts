import { provisional, type ItemLimit } from '@anmai/lifecycle';
import { parseMeasure, worstLimit, type MeasureFault } from './measure';

it.each<[string, number | null, MeasureFault | null]>([
  ['', null, null],
  ['  ', null, null],
  ['0.35', 0.35, null],
  ['0,35', 0.35, null],
  ['0。35', 0.35, null],
  ['.5', null, 'noNumber'],
  ['1.', 1, null],
  ['200', 200, null],
  ['200.01', null, 'range'],
  ['-0.1', null, 'range'],
  ['0.123', null, 'decimals'],
  ['1e3', null, 'noNumber'],
  ['两', null, 'noNumber'],
])('reads %j', (text, value, fault) =>
  expect(parseMeasure(text, { min: 0, max: 200, decimals: 2 })).toEqual({ value, fault }),
);

const limit = (op: '>' | '>=', value: number, level: 1 | 2): ItemLimit => ({
  op,
  value,
  level,
  mark: provisional('x'),
});
it.each([
  [0.9, null],
  [1, '>=1'],
  [1.5, '>=1'],
  [1.51, '>1.5'],
])('of %d the worst limit is %s', (value, expected) => {
  const worst = worstLimit([limit('>=', 1, 1), limit('>', 1.5, 2)], value);
  expect(worst === null ? null : `${worst.op}${worst.value}`).toBe(expected);
});
