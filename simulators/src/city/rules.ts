import type { Rule } from '@anmai/alarms';
import { DEFAULT_THRESHOLDS, type LimitSource } from '@anmai/catalog';

/** Body of POST /api/v1/rules. */
export type RuleBody = Omit<Rule, 'version' | 'enabled'>;

const REVIEW_BY = '2027-05-31';
const assumption = (why: string): LimitSource => ({ kind: 'assumption', why, reviewBy: REVIEW_BY });

const fromCatalogue: readonly RuleBody[] = DEFAULT_THRESHOLDS.map(
  ({ id, name, appliesTo, condition, source }) => ({
    id,
    name,
    appliesTo,
    condition,
    source,
  }),
);

/** What the catalogue has no threshold for, since it depends on how this city is built. */
const ofThisCity: readonly RuleBody[] = [
  {
    id: 'dma-end-pressure',
    name: '计量区末梢压力不足',
    appliesTo: { quantity: 'water.pressure', assetKind: 'water.dma' },
    condition: {
      type: 'threshold',
      unit: 'MPa',
      limits: [
        { severity: 'yellow', below: 0.14, clearAbove: 0.16 },
        { severity: 'orange', below: 0.1, clearAbove: 0.12 },
      ],
      raiseAfter: { samples: 2 },
      clearAfter: { samples: 3 },
    },
    source: assumption('管网末梢不低于 0.14 MPa 转引自 CJJ 58，未见条款号；0.10 MPa 为演示自定。'),
  },
  {
    id: 'manhole-level',
    name: '检查井液位过高',
    appliesTo: { quantity: 'drainage.level', assetKind: 'drainage.manhole' },
    condition: {
      type: 'threshold',
      unit: 'm',
      limits: [
        { severity: 'yellow', above: 2.8, clearBelow: 2.6 },
        { severity: 'orange', above: 3.3, clearBelow: 3.1 },
      ],
      raiseAfter: { samples: 2 },
      clearAfter: { samples: 3 },
    },
    source: assumption('演示检查井深 3.6 m：两级限值分别在井盖以下 0.8 m 和 0.3 m。'),
  },
  {
    id: 'battery-voltage',
    name: '电池电压低',
    appliesTo: { quantity: 'device.battery' },
    condition: {
      type: 'threshold',
      unit: 'V',
      limits: [{ severity: 'blue', below: 3.3, clearAbove: 3.4 }],
      raiseAfter: { samples: 3 },
    },
    source: assumption('按仿真设备的锂电池取值；其他电池电压不同。'),
  },
  {
    id: 'no-data',
    name: '数据中断',
    appliesTo: {},
    condition: { type: 'noData', after: { missed: 2.5 }, severity: 'yellow' },
    source: assumption('缺 2.5 个上报周期视为离线，为建议值；未查到给出数值的标准条文。'),
  },
];

/** What the demonstration starts with: the catalogue's thresholds, this city's own, and no-data for every sensor. */
export const CITY_RULES: readonly RuleBody[] = [...fromCatalogue, ...ofThisCity];
