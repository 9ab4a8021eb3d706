import type { Condition } from '../rule';
import { sideOf, type Side } from './side';

const limits = [{ severity: 'yellow', above: 7 }] as const;
const above = { above: 7, unit: 'σ' };
const below = { below: 30, unit: 's' };

it.each<[string, Condition | null, Record<string, number | string>, Side]>([
  ['a threshold above', { type: 'threshold', limits }, above, 'high'],
  ['a threshold below', { type: 'threshold', limits }, below, 'low'],
  ['a band', { type: 'threshold', limits }, { above: 1, below: -1 }, null],
  ['a fall per time', { type: 'rate', per: 'hour', limits }, below, 'low'],
  ['an unusually low value, which is a limit above', { type: 'baseline', direction: 'down', limits }, above, 'low'],
  ['an unusually high value', { type: 'baseline', direction: 'up', limits }, above, 'high'],
  ['an unusual value', { type: 'baseline', limits }, above, null],
  ['a step down', { type: 'changepoint', direction: 'down', limits }, above, 'low'],
  ['soon too high, which is a limit below', { type: 'forecast', per: 'minute', target: { above: 25 }, limits }, below, 'high'],
  ['soon too low', { type: 'forecast', per: 'minute', target: { below: 1 }, limits }, below, 'low'],
  ['night flow', { type: 'nightFlow', limits }, above, 'high'],
  ['a stuck sensor', { type: 'flatLine', tolerance: 0, limits }, above, null],
  ['poor data', { type: 'quality', limits }, above, null],
  ['a rule that is not known any more', null, above, 'high'],
])('%s', (_name, condition, limit, expected) => {
  expect(sideOf({ limit }, condition)).toBe(expected);
}); // prettier-ignore
