import { above, below, HELD, rule, unusual, type DefaultRule } from './default-rule';

const BRIDGE_WHY = '桥梁各测点限值须由设计或检测单位给出；设定之前以学得的规律为准，7 倍稳健标准差为建议值。';

/** Bridges, tunnels and heating. */
export const STRUCTURE_RULES: readonly DefaultRule[] = [
  rule(
    'tunnel-hot',
    ['管廊温度过高', 'Utility tunnel too warm'],
    { quantity: 'environment.temperature', assetKind: 'tunnel' },
    { type: 'threshold', unit: 'Cel', limits: above(['yellow', 40, 38], ['orange', 55, 50]), ...HELD },
    '管廊温度 5–40 ℃ 转引自 GB/T 51274 的条文说明；55 ℃ 为建议值。',
  ),
  rule(
    'tunnel-cold',
    ['管廊温度过低', 'Utility tunnel too cold'],
    { quantity: 'environment.temperature', assetKind: 'tunnel' },
    { type: 'threshold', unit: 'Cel', limits: below(['blue', 5, 6]), ...HELD },
    '管廊温度 5–40 ℃ 转引自 GB/T 51274 的条文说明。',
  ),
  rule(
    'heating-well-warm',
    ['供热管线周边温度异常', 'Warmth around a heating pipe is unusual'],
    { quantity: 'environment.temperature', assetKind: 'heating.pipe' },
    unusual('up'),
    '凭记忆：供热管漏损使井室升温；无公开限值，以学得的规律为准，7 倍稳健标准差为建议值。',
  ),
  ...(
    [
      ['strain', '应变', 'strain'],
      ['displacement', '位移', 'displacement'],
      ['acceleration', '振动加速度', 'acceleration'],
    ] as const
  ).map(([what, zh, en]) =>
    rule(
      `bridge-${what}`,
      [`桥梁${zh}异常`, `Bridge ${en} is unusual`],
      { quantity: `building.${what}`, assetKind: 'bridge' },
      unusual('both'),
      BRIDGE_WHY,
    ),
  ),
];
