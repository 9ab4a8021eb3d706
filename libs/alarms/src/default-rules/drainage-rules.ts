import { above, below, HELD, rule, unusual, type DefaultRule } from './default-rule';
import type { Condition } from '../rule';

/** Running total of rain over so many hours; a total that starts anew at midnight shows as a fall and raises nothing. */
const rainSum = (hours: number, severity: 'blue' | 'yellow' | 'orange' | 'red', mm: number): Condition => ({
  type: 'rate',
  per: 'hour',
  unit: 'mm',
  window: { hours },
  limits: above([severity, mm / hours, (0.8 * mm) / hours]),
});
const SIGNAL_WHY =
  '暴雨预警信号（转引）：12 h 50 mm 蓝、6 h 50 mm 黄、3 h 50 mm 橙、3 h 100 mm 红。按累计雨量在窗口内的平均雨强计算，传感器须上报累计值。';

/** Rain, sewers, roads and rivers beside the thresholds of the catalogue. */
export const DRAINAGE_RULES: readonly DefaultRule[] = [
  rule(
    'rain-intensity',
    ['短时强降水', 'Intense rain'],
    { quantity: 'rain.intensity' },
    {
      type: 'threshold',
      unit: 'mm/h',
      limits: above(['blue', 20, 10], ['yellow', 50, 40], ['orange', 100, 80]),
      ...HELD,
    },
    '凭记忆：气象业务以 20 mm/h 为短时强降水、50 mm/h 为特强；100 mm/h 为建议值。',
  ),
  ...(
    [
      ['rain-12h', 12, 'blue', 50],
      ['rain-6h', 6, 'yellow', 50],
      ['rain-3h', 3, 'orange', 50],
      ['rain-3h-red', 3, 'red', 100],
    ] as const
  ).map(([id, hours, severity, mm]) =>
    rule(
      id,
      [`${hours} 小时雨量达到 ${mm} 毫米`, `${mm} mm of rain in ${hours} h`],
      { quantity: 'rain.amount' },
      rainSum(hours, severity, mm),
      SIGNAL_WHY,
    ),
  ),
  rule(
    'manhole-level-forecast',
    ['检查井将近满溢', 'A manhole is about to overflow'],
    { quantity: 'drainage.level', assetKind: 'drainage.manhole' },
    {
      type: 'forecast',
      target: { above: 2.5 },
      unit: 'm',
      per: 'minute',
      limits: below(['blue', 60, 90], ['yellow', 30, 45]),
      ...HELD,
    },
    '2.5 m 为井深约 3 m 时井盖以下 0.5 m 的建议值，须按各井井深设定；提前 60 / 30 min 为建议值。',
  ),
  rule(
    'sewer-level-unusual',
    ['排水液位高于平时', 'Sewer level above what is usual'],
    { quantity: 'drainage.level' },
    unusual('up'),
    '管径、井深不同，液位无统一限值；以学得的日周规律为准，7 倍稳健标准差为建议值。',
  ),
  rule(
    'sewer-flow-unusual',
    ['排水流量异常', 'Sewer flow is unusual'],
    { quantity: 'drainage.flow' },
    unusual('both'),
    '雨污混接、偷排和淤堵都改变流量；以学得的日周规律为准，7 倍稳健标准差为建议值。',
  ),
  rule(
    'ponding-forecast',
    ['积水将达封路深度', 'Ponding is about to close the road'],
    { quantity: 'drainage.ponding' },
    {
      type: 'forecast',
      target: { above: 25 },
      unit: 'cm',
      per: 'minute',
      limits: below(['yellow', 30, 45], ['orange', 15, 25]),
      clearAfter: { samples: 3 },
    },
    '25 cm 为上海、沈阳的下穿道路封闭值；提前 30 / 15 min 为疏导和封路所需的建议值，无标准出处。',
  ),
  rule(
    'river-rise',
    ['河道水位快速上涨', 'A river rises fast'],
    { quantity: 'river.level' },
    {
      type: 'rate',
      per: 'hour',
      unit: 'm',
      window: { hours: 1 },
      limits: above(['yellow', 0.3, 0.15], ['orange', 0.6, 0.4]),
      ...HELD,
    },
    '上涨速率无统一限值；0.3 / 0.6 m/h 为平原河道的建议值，警戒水位须按各站设定。',
  ),
  rule(
    'river-level-unusual',
    ['河道水位高于平时', 'River level above what is usual'],
    { quantity: 'river.level' },
    unusual('up'),
    '警戒水位因站而异，设定之前以学得的规律为准；7 倍稳健标准差为建议值。',
  ),
];
