import type { AssetShape, RuleShape, SensorShape } from '@anmai/wire';
import { limitsOf, severityAt } from './limits-of';

const state = { severity: null, blind: false, unacknowledged: false };
const sensor: SensorShape = {
  id: 'w.ch4',
  name: '可燃气体',
  assetId: 'w',
  deviceId: 'd',
  channel: 'ch4',
  quantity: 'gas.combustible',
  unit: '%LEL',
  expectedEverySeconds: 60,
  range: null,
  version: 1,
  latest: null,
  state,
};
const asset: AssetShape = {
  id: 'w',
  kind: 'gas.well',
  name: '井',
  geometry: null,
  parentId: null,
  orgId: 'gas-co',
  links: [],
  properties: { grade: 'D' },
  version: 1,
  state,
};
const rule = (change: Partial<RuleShape>): RuleShape => ({
  id: 'r',
  version: 1,
  name: '规则',
  enabled: true,
  appliesTo: {},
  condition: {
    type: 'threshold',
    limits: [
      { severity: 'yellow', above: 20 },
      { severity: 'red', above: 50 },
    ],
  },
  source: { kind: 'assumption', why: '', reviewBy: '2027-05-31' },
  ...change,
});

it.each<[string, Partial<RuleShape>, string]>([
  ['an empty scope matches', {}, 'yellow 20, red 50'],
  [
    'by quantity and kind',
    { appliesTo: { quantity: 'gas.combustible', assetKind: 'gas.well' } },
    'yellow 20, red 50',
  ],
  ['by grade', { appliesTo: { grade: 'D' } }, 'yellow 20, red 50'],
  ['another quantity', { appliesTo: { quantity: 'gas.h2s' } }, ''],
  ['another grade', { appliesTo: { grade: 'C' } }, ''],
  ['other sensors', { appliesTo: { sensorIds: ['x'] } }, ''],
  ['switched off', { enabled: false }, ''],
  [
    'limits in another unit are not drawn wrongly',
    {
      condition: { type: 'threshold', unit: '%VOL', limits: [{ severity: 'red', above: 2.5 }] },
    },
    '',
  ],
  ['no data has no line', { condition: { type: 'noData', after: { missed: 2.5 } } }, ''],
  [
    'both sides',
    {
      condition: { type: 'threshold', limits: [{ severity: 'orange', above: 9, below: 1 }] },
    },
    'orange 9, orange 1',
  ],
])('%s', (_name, change, expected) => {
  const lines = limitsOf(sensor, asset, [rule(change)]);
  expect(lines.map(line => `${line.severity} ${line.value}`).join(', ')).toBe(expected);
});

it('names the worst limit that a value meets; the border counts', () => {
  const lines = limitsOf(sensor, asset, [rule({})]);
  expect([19.9, 20, 49.9, 50, 99].map(value => severityAt(value, lines))).toEqual([
    null,
    'yellow',
    'yellow',
    'red',
    'red',
  ]);
});
