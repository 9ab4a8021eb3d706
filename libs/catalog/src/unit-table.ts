/**
 * What a unit measures. Only units of one dimension convert into each other, save the bridges in `units.ts`.
 */
export type Dimension =
  | 'volumeFraction'
  | 'massConcentration'
  | 'pressure'
  | 'length'
  | 'area'
  | 'volume'
  | 'mass'
  | 'time'
  | 'speed'
  | 'acceleration'
  | 'volumeFlow'
  | 'angle'
  | 'slope'
  | 'ratio'
  | 'humidity'
  | 'charge'
  | 'state'
  | 'temperature'
  | 'voltage'
  | 'current'
  | 'resistance'
  | 'power'
  | 'energy'
  | 'frequency'
  | 'conductivity'
  | 'turbidity'
  | 'acidity'
  | 'soundLevel'
  | 'radioLevel'
  | 'strain'
  | 'force'
  | 'illuminance'
  | 'irradiance'
  | 'count';

/**
 * One unit. In base units of its dimension: base = (value - zero) * num / den. `num` and `den` are whole
 * numbers where the definition allows, so that 20 %LEL is 1 %VOL to the last bit and not 1.0000000000000002.
 */
export interface Unit {
  /** The one spelling that is stored and sent. */
  readonly symbol: string;
  readonly dimension: Dimension;
  readonly num: number;
  readonly den: number;
  /** What the unit reads at zero of the base unit. */
  readonly zero: number;
  readonly zh: string;
  readonly en: string;
  /** Other spellings that are understood. Case counts: mPa is not MPa. */
  readonly aliases: readonly string[];
}

type Scale = number | readonly [num: number, den: number, zero?: number];
type Row = readonly [symbol: string, scale: Scale, zh: string, en: string, aliases?: string];

function rows(dimension: Dimension, list: readonly Row[]): Unit[] {
  return list.map(([symbol, scale, zh, en, aliases]) => {
    const [num, den, zero] = typeof scale === 'number' ? [scale, 1, 0] : [scale[0], scale[1], scale[2] ?? 0];
    return { symbol, dimension, num, den, zero, zh, en, aliases: aliases?.split(' ') ?? [] };
  });
}

/**
 * Every known unit; the first of a dimension is its base unless scaled. Names follow the SenML registry (RFC
 * 8428, RFC 8798) wherever it has one; Chinese spellings are aliases. `%LEL` is scaled by the gas: its row
 * holds methane (5 %VOL).
 */
export const UNIT_TABLE: readonly Unit[] = [
  ...rows('volumeFraction', [
    ['ppm', 1, '百万分之一', 'parts per million by volume', 'PPM ppmv umol/mol'],
    ['ppb', [1, 1_000], '十亿分之一', 'parts per billion by volume', 'PPB ppbv'],
    ['%VOL', 10_000, '体积百分比', 'percent by volume', '%vol %Vol VOL% Vol% vol% %v/v %V/V 体积分数%'],
    ['%LEL', 500, '爆炸下限百分比', 'percent of the lower explosive limit', '%lel %Lel LEL% lel% 爆炸下限%'],
  ]),
  ...rows('massConcentration', [
    ['mg/m3', 1, '毫克/立方米', 'milligram per cubic metre', '毫克/立方米 mg/Nm3'],
    ['ug/m3', [1, 1_000], '微克/立方米', 'microgram per cubic metre', '微克/立方米'],
    ['mg/l', 1_000, '毫克/升', 'milligram per litre', 'mg/L 毫克/升'],
    ['ug/l', 1, '微克/升', 'microgram per litre', 'ug/L 微克/升'],
    ['g/m3', 1_000, '克/立方米', 'gram per cubic metre', '克/立方米'],
  ]),
  ...rows('pressure', [
    ['Pa', 1, '帕', 'pascal', '帕 帕斯卡'],
    ['hPa', 100, '百帕', 'hectopascal', 'mbar 百帕 毫巴'],
    ['kPa', 1_000, '千帕', 'kilopascal', 'KPa kpa KPA 千帕'],
    ['MPa', 1_000_000, '兆帕', 'megapascal', 'Mpa mpa MPA 兆帕'],
    ['bar', 100_000, '巴', 'bar', 'Bar 巴'],
    ['mH2O', [980_665, 100], '米水柱', 'metre of water', '米水柱 mAq mWC'],
    ['mmH2O', [980_665, 100_000], '毫米水柱', 'millimetre of water', '毫米水柱'],
    ['kgf/cm2', [980_665, 10], '公斤力/平方厘米', 'kilogram-force per square centimetre', 'kg/cm2'],
  ]),
  ...rows('length', [
    ['m', 1, '米', 'metre', '米'],
    ['cm', [1, 100], '厘米', 'centimetre', '厘米 公分'],
    ['mm', [1, 1_000], '毫米', 'millimetre', '毫米'],
    ['um', [1, 1_000_000], '微米', 'micrometre', '微米'],
    ['km', 1_000, '千米', 'kilometre', '千米 公里'],
  ]),
  ...rows('area', [['m2', 1, '平方米', 'square metre', '平方米']]),
  ...rows('volume', [
    ['m3', 1, '立方米', 'cubic metre', '立方米 方'],
    ['l', [1, 1_000], '升', 'litre', 'L 升'],
  ]),
  ...rows('mass', [
    ['kg', 1, '千克', 'kilogram', '千克 公斤'],
    ['g', [1, 1_000], '克', 'gram', '克'],
    ['t', 1_000, '吨', 'tonne', '吨'],
  ]),
  ...rows('time', [
    ['s', 1, '秒', 'second', '秒 sec'],
    ['ms', [1, 1_000], '毫秒', 'millisecond', '毫秒'],
    ['min', 60, '分钟', 'minute', '分钟'],
    ['h', 3_600, '小时', 'hour', '小时 hr'],
    ['d', 86_400, '天', 'day', '天 日'],
  ]),
  ...rows('speed', [
    ['m/s', 1, '米/秒', 'metre per second', '米/秒'],
    ['cm/s', [1, 100], '厘米/秒', 'centimetre per second', '厘米/秒'],
    ['mm/s', [1, 1_000], '毫米/秒', 'millimetre per second', '毫米/秒'],
    ['km/h', [5, 18], '千米/小时', 'kilometre per hour', '千米/小时 公里/小时'],
    ['m/h', [1, 3_600], '米/小时', 'metre per hour', '米/小时'],
    ['mm/h', [1, 3_600_000], '毫米/小时', 'millimetre per hour', 'mm/hr 毫米/小时'],
    ['mm/min', [1, 60_000], '毫米/分钟', 'millimetre per minute', '毫米/分钟'],
    ['mm/d', [1, 86_400_000], '毫米/天', 'millimetre per day', '毫米/天 毫米/日'],
  ]),
  ...rows('acceleration', [
    ['m/s2', 1, '米/秒²', 'metre per second squared', '米/秒2 m/s^2'],
    ['mm/s2', [1, 1_000], '毫米/秒²', 'millimetre per second squared', '毫米/秒2'],
    ['Gal', [1, 100], '伽', 'gal (cm/s²)', 'gal cm/s2'],
    ['gn', [980_665, 100_000], '标准重力加速度', 'standard gravity', 'g0'],
    ['mgn', [980_665, 100_000_000], '毫重力加速度', 'thousandth of standard gravity'],
  ]),
  ...rows('volumeFlow', [
    ['m3/s', 1, '立方米/秒', 'cubic metre per second', '立方米/秒'],
    ['m3/min', [1, 60], '立方米/分钟', 'cubic metre per minute', '立方米/分钟'],
    ['m3/h', [1, 3_600], '立方米/小时', 'cubic metre per hour', '立方米/小时 m3/hr 方/小时'],
    ['m3/d', [1, 86_400], '立方米/天', 'cubic metre per day', '立方米/天 立方米/日'],
    ['l/s', [1, 1_000], '升/秒', 'litre per second', 'L/s 升/秒'],
    ['l/min', [1, 60_000], '升/分钟', 'litre per minute', 'L/min 升/分钟'],
    ['l/h', [1, 3_600_000], '升/小时', 'litre per hour', 'L/h 升/小时'],
  ]),
  ...rows('angle', [
    ['rad', 1, '弧度', 'radian', '弧度'],
    ['mrad', [1, 1_000], '毫弧度', 'milliradian', '毫弧度'],
    ['deg', [Math.PI, 180], '度', 'degree', '° 角度'],
  ]),
  ...rows('slope', [['mm/m', [1, 1_000], '毫米/米', 'millimetre per metre', '毫米/米']]),
  ...rows('ratio', [
    ['/', 1, '比值', 'ratio', '1'],
    ['%', [1, 100], '百分比', 'percent', '/100 百分比'],
    ['/1000', [1, 1_000], '千分比', 'per mille', '‰ 千分比'],
  ]),
  ...rows('humidity', [['%RH', [1, 100], '相对湿度', 'relative humidity', '%rh RH% %Rh']]),
  ...rows('charge', [['%EL', [1, 100], '剩余电量', 'remaining battery charge']]),
  ...rows('state', [['bool', 1, '开关量', 'state, 0 or 1', 'boolean 开关量']]),
  ...rows('temperature', [
    ['Cel', 1, '摄氏度', 'degree Celsius', '°C ℃ 摄氏度 degC'],
    ['K', [1, 1, 273.15], '开尔文', 'kelvin', '开尔文'],
    ['degF', [5, 9, 32], '华氏度', 'degree Fahrenheit', '°F 华氏度'],
  ]),
  ...rows('voltage', [
    ['V', 1, '伏', 'volt', '伏 伏特'],
    ['mV', [1, 1_000], '毫伏', 'millivolt', '毫伏'],
  ]),
  ...rows('current', [
    ['A', 1, '安', 'ampere', '安 安培'],
    ['mA', [1, 1_000], '毫安', 'milliampere', '毫安'],
  ]),
  ...rows('resistance', [['Ohm', 1, '欧姆', 'ohm', 'Ω 欧姆 欧']]),
  ...rows('power', [
    ['W', 1, '瓦', 'watt', '瓦'],
    ['kW', 1_000, '千瓦', 'kilowatt', 'KW 千瓦'],
  ]),
  ...rows('energy', [
    ['J', 1, '焦', 'joule', '焦'],
    ['Wh', 3_600, '瓦时', 'watt hour'],
    ['kWh', 3_600_000, '千瓦时', 'kilowatt hour', 'KWh 千瓦时'],
  ]),
  ...rows('frequency', [
    ['Hz', 1, '赫兹', 'hertz', '赫兹 1/s'],
    ['1/min', [1, 60], '次/分钟', 'per minute', 'rpm 转/分'],
  ]),
  ...rows('conductivity', [
    ['S/m', 1, '西门子/米', 'siemens per metre'],
    ['mS/cm', [1, 10], '毫西门子/厘米', 'millisiemens per centimetre'],
    ['uS/cm', [1, 10_000], '微西门子/厘米', 'microsiemens per centimetre'],
  ]),
  ...rows('turbidity', [['NTU', 1, '散射浊度单位', 'nephelometric turbidity unit', 'ntu']]),
  ...rows('acidity', [['pH', 1, '酸碱度', 'pH', 'PH ph']]),
  ...rows('soundLevel', [['dB', 1, '分贝', 'decibel', '分贝 dBA dB(A)']]),
  ...rows('radioLevel', [
    ['dBm', 1, '分贝毫瓦', 'decibel milliwatt', '分贝毫瓦 dBmW'],
    ['dBW', [1, 1, -30], '分贝瓦', 'decibel watt'],
  ]),
  ...rows('strain', [['ue', 1, '微应变', 'microstrain', 'με 微应变 ustrain']]),
  ...rows('force', [
    ['N', 1, '牛', 'newton', '牛'],
    ['kN', 1_000, '千牛', 'kilonewton', '千牛'],
  ]),
  ...rows('illuminance', [['lx', 1, '勒克斯', 'lux', '勒克斯']]),
  ...rows('irradiance', [['W/m2', 1, '瓦/平方米', 'watt per square metre']]),
  ...rows('count', [['count', 1, '个', 'count', '个 次']]),
];
