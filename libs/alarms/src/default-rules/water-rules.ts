import { above, below, HELD, rule, together, unusual, type DefaultRule } from './default-rule';

const BURST_WHY =
  '爆管使压力下降而流量上升，二者同时出现才与用水高峰或停泵区分；800 m 与 30 min 为建议值，无标准出处。';

/** Water supply beside the thresholds of the catalogue. */
export const WATER_RULES: readonly DefaultRule[] = [
  rule(
    'water-pressure-drop',
    ['供水压力骤降', 'Water pressure falls fast'],
    { quantity: 'water.pressure' },
    {
      type: 'rate',
      per: 'hour',
      unit: 'MPa',
      window: { minutes: 15 },
      limits: below(['orange', -0.2, -0.1]),
      clearAfter: { samples: 3 },
    },
    '15 min 内下降 0.05 MPa（即 0.2 MPa/h）：凭记忆的人工判断爆管做法（5–15 min 内大于 0.05 MPa），无标准出处。',
  ),
  rule(
    'water-dma-pressure',
    ['计量区末梢压力不足', 'Low pressure in a metered area'],
    { quantity: 'water.pressure', assetKind: 'water.dma' },
    { type: 'threshold', unit: 'MPa', limits: below(['yellow', 0.14, 0.15], ['orange', 0.1, 0.11]), ...HELD },
    '管网末梢不低于 0.14 MPa 转引自 CJJ 58，未见版本和条款号；0.10 MPa 为建议值。',
  ),
  rule(
    'water-flow-high',
    ['供水流量高于平时', 'Water flow above what is usual'],
    { quantity: 'water.flow' },
    unusual('up'),
    '流量因片区和时段而异，以学得的日周规律为准；7 倍稳健标准差为建议值。',
  ),
  rule(
    'water-flow-low',
    ['供水流量低于平时', 'Water flow below what is usual'],
    { quantity: 'water.flow' },
    unusual('down', 'blue'),
    '流量骤减可能是停泵、关阀或计量故障；以学得的日周规律为准，7 倍稳健标准差为建议值。',
  ),
  rule(
    'dma-night-flow',
    ['计量区夜间最小流量上升', 'Minimum night flow has risen'],
    { quantity: 'water.flow', assetKind: 'water.dma' },
    { type: 'nightFlow', unit: 'm3/h', limits: above(['yellow', 4, 2], ['orange', 10, 8]) },
    '02:00–04:00 窗口仅见于转引；4 m³/h 约为日均 100 m³/h 片区的 4 %，为建议值，须按片区大小设定。',
  ),
  rule(
    'tank-empties',
    ['水池将近放空', 'A tank is about to run empty'],
    { quantity: 'water.level', assetKind: 'water.tank' },
    {
      type: 'forecast',
      target: { below: 0.5 },
      unit: 'm',
      per: 'minute',
      limits: below(['yellow', 60, 90], ['orange', 30, 45]),
      clearAfter: { samples: 3 },
    },
    '0.5 m 为水池最低水位的建议值，须按池型设定；提前 60 / 30 min 为建议值。',
  ),
  rule(
    'water-conductivity-step',
    ['电导率突变', 'Conductivity departs from the usual'],
    { quantity: 'water.conductivity' },
    unusual('both'),
    '电导率无统一限值，突变提示水源或倒流变化；7 倍稳健标准差为建议值。',
  ),
  rule(
    'water-burst',
    ['压力骤降且流量上升：疑似爆管', 'Pressure falls while flow rises: perhaps a burst'],
    {},
    together([['water-pressure-drop'], ['water-flow-high']], {
      need: 'all',
      related: { withinMeters: 800 },
      withinSeconds: 1_800,
      severity: 'red',
    }),
    BURST_WHY,
  ),
  rule(
    'water-burst-low',
    ['末梢压力不足且流量上升：疑似爆管', 'Pressure is low while flow rises: perhaps a burst'],
    {},
    together([['water-end-pressure'], ['water-flow-high']], {
      need: 'all',
      related: { withinMeters: 800 },
      withinSeconds: 1_800,
      severity: 'red',
    }),
    BURST_WHY,
  ),
];
