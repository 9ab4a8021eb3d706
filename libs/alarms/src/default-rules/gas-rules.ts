import { above, rule, together, unusual, type DefaultRule } from './default-rule';

const HOUR_S = 3_600;

const SPREAD_WHY =
  '两口相邻井室同时检出燃气比单井更可能是管网泄漏（十堰 2021、燕郊 2024）；200 m 与 1 h 为建议值，无标准出处。';
const BIOGAS_WHY =
  '襄阳 2016、旅顺：下水道沼气为甲烷而无乙烷、丙烷。单凭可燃气体不能区分沼气与管道燃气，本条只作提示，不降低任何报警；须取样测乙烷。';

/** Gas and toxic gas beside the thresholds of the catalogue: how fast, how unusual, and what comes together. */
export const GAS_RULES: readonly DefaultRule[] = [
  rule(
    'gas-adjacent-rise',
    ['相邻地下空间可燃气体快速上升', 'Gas beside a pipe rises fast'],
    { quantity: 'gas.combustible', assetKind: 'gas.well' },
    {
      type: 'rate',
      per: 'hour',
      unit: '%LEL',
      window: { minutes: 15 },
      limits: above(['yellow', 20, 10], ['orange', 60, 40]),
      clearAfter: { samples: 3 },
    },
    '升速限值未查到公开规定；20 %LEL/h 即一小时内由零到黄色限值，60 %LEL/h 即 20 分钟，均为建议值。',
  ),
  rule(
    'gas-pressure-low',
    ['燃气压力低于平时', 'Gas pressure below what is usual'],
    { quantity: 'gas.pressure' },
    unusual('down', 'orange'),
    '各站、各级管网设定压力不同，未见统一限值；以学得的日周规律为准，7 倍稳健标准差为建议值。',
  ),
  rule(
    'gas-pressure-high',
    ['燃气压力高于平时', 'Gas pressure above what is usual'],
    { quantity: 'gas.pressure' },
    unusual('up', 'orange'),
    '凭记忆：调压出口超压报警约为设定值的 1.1 倍，切断约 1.5 倍；设定值因站而异，故以学得的规律为准。',
  ),
  rule(
    'gas-flow-unusual',
    ['燃气流量异常', 'Gas flow is unusual'],
    { quantity: 'gas.flow' },
    unusual('both'),
    '流量限值因用户而异，以学得的日周规律为准；7 倍稳健标准差为建议值。',
  ),
  rule(
    'gas-two-wells',
    ['相邻两处地下空间有燃气', 'Gas in two neighbouring spaces'],
    {},
    together([['gas-adjacent']], {
      need: { atLeast: 2 },
      related: { withinMeters: 200 },
      withinSeconds: HOUR_S,
      severity: 'orange',
    }),
    SPREAD_WHY,
  ),
  rule(
    'gas-two-wells-high',
    ['相邻两处地下空间燃气达到高限', 'Much gas in two neighbouring spaces'],
    {},
    together([['gas-adjacent', 'orange']], {
      need: { atLeast: 2 },
      related: { withinMeters: 200 },
      withinSeconds: HOUR_S,
      severity: 'red',
    }),
    SPREAD_WHY,
  ),
  rule(
    'gas-well-and-building',
    ['地下空间与房屋内同时有燃气', 'Gas in a well and in a building'],
    {},
    together([['gas-adjacent'], ['gas-building']], {
      need: 'all',
      related: { withinMeters: 200 },
      withinSeconds: HOUR_S,
      severity: 'red',
    }),
    '十堰 2021：燃气自管道漏入建筑下方空间后爆炸。距离与时间为建议值，无标准出处。',
  ),
  rule(
    'gas-main-leak',
    ['燃气压力下降且附近有燃气', 'Gas pressure falls and there is gas nearby'],
    {},
    together([['gas-pressure-low'], ['gas-adjacent']], {
      need: 'all',
      related: { withinMeters: 500 },
      withinSeconds: HOUR_S,
      severity: 'red',
    }),
    '压力下降与附近检出燃气同时出现，疑似管道破裂；500 m 与 1 h 为建议值，无标准出处。',
  ),
  rule(
    'biogas-manholes',
    ['多处检查井有可燃气体：疑似沼气', 'Gas in several manholes: perhaps sewer gas'],
    {},
    together([['gas-manhole']], {
      need: { atLeast: 2 },
      related: { withinMeters: 500 },
      withinSeconds: 4 * HOUR_S,
      severity: 'blue',
    }),
    BIOGAS_WHY,
  ),
  rule(
    'biogas-level',
    ['检查井有可燃气体且水位偏高：疑似沼气', 'Gas and a high level in a manhole: perhaps sewer gas'],
    {},
    together([['gas-manhole'], ['sewer-level-unusual']], {
      need: 'all',
      related: 'asset',
      withinSeconds: 4 * HOUR_S,
      severity: 'blue',
    }),
    BIOGAS_WHY,
  ),
];
