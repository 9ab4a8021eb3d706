import { above, below, rule, type DefaultRule } from './default-rule';

const HOUR_S = 3_600;
/**
 * Quantities that always move a little, with the hours after which not moving at all means a stuck sensor. Not those whose
 * normal is an unmoving zero: gas, ponding, rain, immersion.
 */
const MOVING = [
  ['water.pressure', '供水压力', 'water pressure', 6],
  ['gas.pressure', '燃气压力', 'gas pressure', 6],
  ['water.turbidity', '浊度', 'turbidity', 24],
  ['water.chlorine', '余氯', 'residual chlorine', 24],
  ['water.ph', '酸碱度', 'pH', 48],
  ['water.conductivity', '电导率', 'conductivity', 24],
  ['water.oxygen', '溶解氧', 'dissolved oxygen', 24],
  ['water.temperature', '水温', 'water temperature', 48],
  ['drainage.level', '排水液位', 'sewer level', 24],
  ['river.level', '河道水位', 'river level', 48],
  ['building.tilt', '倾斜', 'tilt', 48],
  ['building.strain', '应变', 'strain', 48],
] as const;

/** Health of devices; they say nothing of the place, only whether it is seen. */
export const DEVICE_RULES: readonly DefaultRule[] = [
  rule(
    'no-data',
    ['数据中断', 'No data'],
    {},
    { type: 'noData', after: { missed: 2.5 }, severity: 'yellow' },
    '缺 2.5 个上报周期视为离线，为建议值；未查到给出数值的标准条文。',
  ),
  rule(
    'poor-quality',
    ['数据质量差', 'Many readings cannot be used'],
    {},
    { type: 'quality', of: 10, limits: above(['yellow', 0.5, 0.3]) },
    '最近十次读数中一半不可用，为建议值；无标准出处。',
  ),
  ...MOVING.map(([quantity, zh, en, hours]) =>
    rule(
      `stuck-${quantity.replace('.', '-')}`,
      [`${zh}数值卡死`, `Stuck sensor: ${en}`],
      { quantity },
      { type: 'flatLine', tolerance: 0, limits: above(['yellow', hours * HOUR_S, hours * HOUR_S - 1]) },
      `${zh}正常时总有微小变化，${hours} 小时毫无变化多为传感器或采集故障；时长为建议值。`,
    ),
  ),
  rule(
    'battery-runs-out',
    ['电池即将耗尽', 'A battery runs out soon'],
    { quantity: 'device.charge' },
    {
      type: 'forecast',
      target: { below: 20 },
      unit: '%EL',
      per: 'day',
      window: { days: 31 },
      limits: below(['blue', 30, 40]),
    },
    '提前 30 天安排更换，为维护中的建议值；无标准出处。',
  ),
  rule(
    'weak-signal',
    ['信号弱', 'Weak signal'],
    { quantity: 'device.signal' },
    {
      type: 'threshold',
      unit: 'dBm',
      limits: below(['blue', -115, -110]),
      raiseAfter: { samples: 3 },
      clearAfter: { samples: 3 },
    },
    '凭记忆：窄带物联网终端低于约 −115 dBm 时上报常失败；因制式而异。',
  ),
];
