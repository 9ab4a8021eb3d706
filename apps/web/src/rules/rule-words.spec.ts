import type { Condition } from '@anmai/alarms';
import { words } from '../text/words';
import { limitWords, matches, measureUnit, scopeWords } from './rule-words';

const zh = words('zh');
const limits = [
  { severity: 'yellow', above: 4 },
  { severity: 'red', above: 10 },
] as const;

it.each<[Condition, string]>([
  [{ type: 'threshold', unit: '%LEL', limits }, 'red ≥ 10 %LEL, yellow ≥ 4 %LEL'],
  [{ type: 'threshold', limits: [{ severity: 'blue', above: 9, below: 6 }] }, 'blue ≥ 9 测点单位 · ≤ 6 测点单位'],
  [{ type: 'rate', per: 'hour', unit: 'm', limits: [limits[0]] }, 'yellow ≥ 4 m/时'],
  [{ type: 'trend', per: 'month', limits: [limits[0]] }, 'yellow ≥ 4 测点单位/月'],
  [{ type: 'forecast', per: 'minute', target: { above: 3 }, limits: [{ severity: 'red', below: 30 }] }, 'red ≤ 30 分'],
  [{ type: 'changepoint', limits: [limits[0]] }, 'yellow ≥ 4 测点单位'],
  [{ type: 'baseline', limits: [limits[0]] }, 'yellow ≥ 4 σ'],
  [{ type: 'nightFlow', unit: 'm3/h', limits: [limits[0]] }, 'yellow ≥ 4 m³/h'],
  [{ type: 'flatLine', tolerance: 0, limits: [limits[0]] }, 'yellow ≥ 4 秒'],
  [{ type: 'quality', limits: [{ severity: 'blue', above: 0.5 }] }, 'blue ≥ 0.5'],
  [{ type: 'noData', after: { missed: 2.5 } }, 'yellow 连续 2.5 个上报周期没有数据'],
  [{ type: 'composite', of: [{ ruleId: 'a' }, { ruleId: 'b' }], need: 'all', related: 'asset', withinSeconds: 60, severity: 'red' }, 'red a + b：全部出现，同一对象，60 秒之内'],
])('%j', (condition, expected) =>
  expect(limitWords(zh, condition).map(limit => `${limit.severity} ${limit.text}`).join(', ')).toBe(expected)); // prettier-ignore

it.each([
  [{}, '全部测点'],
  [{ quantity: 'gas.combustible', assetKind: 'gas.well' }, '可燃气体浓度 · 燃气相邻地下空间'],
  [{ grade: 'D', orgId: 'city' }, '房屋等级 D 级 · 单位 city 及下属'],
  [{ sensorIds: ['a', 'b'] }, 'a, b'],
  [{ sensorIds: ['a', 'b', 'c', 'd'] }, '4 个测点'],
] as const)('scope %j', (scope, expected) => expect(scopeWords(zh, scope)).toBe(expected));

it.each([
  ['mm/month', 'mm/月'],
  ['m3/h', 'm³/h'],
  ['m3/h/day', 'm³/h/天'],
  ['σ', 'σ'],
])('unit %s', (unit, expected) => expect(measureUnit(zh, unit)).toBe(expected));

it.each([
  ['可燃 红', false],
  ['燃气 20', true],
  ['GAS', true],
  ['趋势', false],
  ['', true],
])('search "%s"', (search, expected) => {
  const rule = {
    id: 'gas-1', version: 1, name: '燃气', enabled: true, appliesTo: {},
    condition: { type: 'threshold', limits: [{ severity: 'red', above: 20 }] },
    source: { kind: 'engineer', name: 'x', signedOn: '2026-01-01' },
  } as const; // prettier-ignore
  expect(matches(zh, rule, search)).toBe(expected);
});
