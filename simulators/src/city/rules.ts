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
    source: assumption(
      'At least 0.14 MPa at network ends is quoted from CJJ 58; its clause was not seen. 0.10 MPa is the demonstration’s own.',
    ),
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
    source: assumption('The manholes of the demonstration are 3.6 m deep: 0.8 m and 0.3 m below the cover.'),
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
    source: assumption('Lithium cells of the simulated devices; other cells have other voltages.'),
  },
  {
    id: 'no-data',
    name: '数据中断',
    appliesTo: {},
    condition: { type: 'noData', after: { missed: 2.5 }, severity: 'yellow' },
    source: assumption(
      'Offline after 2.5 missed reports is a proposal; no standard text with a number was found.',
    ),
  },
];

/** What the demonstration starts with: the catalogue's thresholds, this city's own, and no-data for every sensor. */
export const CITY_RULES: readonly RuleBody[] = [...fromCatalogue, ...ofThisCity];
