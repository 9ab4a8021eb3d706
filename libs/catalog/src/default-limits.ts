import type { LimitSource, Severity } from './limits';

/** One level; the same shape as a level of a threshold rule. At the border counts as met. */
export interface DefaultLevel {
  readonly severity: Severity;
  readonly above?: number;
  readonly clearBelow?: number;
  readonly below?: number;
  readonly clearAbove?: number;
}

/** What a new installation starts with; every value can be edited, and a site should. */
export interface DefaultThreshold {
  readonly id: string;
  readonly name: string;
  readonly nameEn: string;
  readonly appliesTo: { readonly quantity: string; readonly assetKind?: string };
  readonly condition: {
    readonly type: 'threshold';
    readonly unit: string;
    /** Mildest first. */
    readonly limits: readonly DefaultLevel[];
    readonly raiseAfter: { readonly samples: number };
    readonly clearAfter: { readonly samples: number };
  };
  readonly source: LimitSource;
}

/** By then someone has to confirm or replace the values that no standard backs. */
const REVIEW_BY = '2027-05-31';
const assumption = (why: string): LimitSource => ({ kind: 'assumption', why, reviewBy: REVIEW_BY });

/** The only clause whose text was seen with both its number and its values. */
const GB_T_50493: LimitSource = { kind: 'standard', ref: 'GB/T 50493-2019', clause: '5.5.2' };

/** Levels that hurt from above, each with the value below which it clears. */
const rising = (...levels: readonly (readonly [Severity, number, number])[]): DefaultLevel[] =>
  levels.map(([severity, above, clearBelow]) => ({ severity, above, clearBelow }));

const falling = (...levels: readonly (readonly [Severity, number, number])[]): DefaultLevel[] =>
  levels.map(([severity, below, clearAbove]) => ({ severity, below, clearAbove }));

/** For quantities whose sign is a direction: the same distance on both sides. */
const eitherWay = (...levels: readonly (readonly [Severity, number, number])[]): DefaultLevel[] =>
  levels.map(([severity, reach, clear]) => ({
    severity,
    above: reach,
    clearBelow: clear,
    below: -reach,
    clearAbove: -clear,
  }));

function threshold(
  id: string,
  [name, nameEn]: readonly [zh: string, en: string],
  [quantity, assetKind]: readonly [quantity: string, assetKind?: string],
  unit: string,
  limits: readonly DefaultLevel[],
  source: LimitSource,
  samples: { readonly raise?: number; readonly clear?: number } = {},
): DefaultThreshold {
  return {
    id,
    name,
    nameEn,
    appliesTo: assetKind === undefined ? { quantity } : { quantity, assetKind },
    condition: {
      type: 'threshold',
      unit,
      limits,
      raiseAfter: { samples: samples.raise ?? 1 },
      clearAfter: { samples: samples.clear ?? 3 },
    },
    source,
  };
}

const ADJACENT = rising(['yellow', 20, 18], ['orange', 50, 45], ['red', 100, 95]);
const ADJACENT_WHY =
  '未查到针对燃气相邻地下空间的公开分级；20/50/100 %LEL（甲烷 1/2.5/5 %VOL）为凭记忆的通行做法。';

const GAS: readonly DefaultThreshold[] = [
  threshold(
    'gas-adjacent',
    ['相邻地下空间可燃气体', 'Combustible gas beside a gas pipe'],
    ['gas.combustible', 'gas.well'],
    '%LEL',
    ADJACENT,
    assumption(ADJACENT_WHY),
  ),
  threshold(
    'gas-manhole',
    ['排水检查井可燃气体', 'Combustible gas in a manhole'],
    ['gas.combustible', 'drainage.manhole'],
    '%LEL',
    ADJACENT,
    assumption(`${ADJACENT_WHY}下水道沼气也可能达到同样浓度，同样会爆炸。`),
  ),
  threshold(
    'gas-station',
    ['燃气场站可燃气体', 'Combustible gas at a gas station'],
    ['gas.combustible', 'gas.station'],
    '%LEL',
    rising(['orange', 25, 23], ['red', 50, 45]),
    GB_T_50493,
  ),
  threshold(
    'gas-building',
    ['房屋内可燃气体', 'Combustible gas in a building'],
    ['gas.combustible', 'building'],
    '%LEL',
    rising(['orange', 20, 18], ['red', 50, 45]),
    assumption('未查到室内分级；取值不高于燃气相邻地下空间。'),
  ),
  threshold(
    'gas-tunnel',
    ['管廊燃气舱可燃气体', 'Combustible gas in a utility tunnel'],
    ['gas.combustible', 'tunnel'],
    '%LEL',
    rising(['orange', 20, 18], ['red', 25, 23]),
    assumption('所见转载文本均为 20 %LEL 报警；切断值有 25 与 35 %LEL 两说，取较低者。'),
  ),
  threshold(
    'oxygen-low',
    ['氧气不足', 'Oxygen deficiency'],
    ['gas.o2'],
    '%VOL',
    falling(['orange', 19.5, 19.7]),
    GB_T_50493,
  ),
  threshold(
    'oxygen-high',
    ['氧气过量', 'Oxygen excess'],
    ['gas.o2'],
    '%VOL',
    rising(['orange', 23.5, 23.3]),
    GB_T_50493,
  ),
  threshold(
    'h2s',
    ['硫化氢', 'Hydrogen sulfide'],
    ['gas.h2s'],
    'mg/m3',
    rising(['orange', 10, 9], ['red', 20, 18]),
    assumption(
      '按 GB/T 50493 有毒气体的做法，取职业接触限值的 100 % 和 200 %；接触限值 10 mg/m³ 仅见于转引。',
    ),
  ),
  threshold(
    'co',
    ['一氧化碳', 'Carbon monoxide'],
    ['gas.co'],
    'mg/m3',
    rising(['orange', 20, 18], ['red', 40, 36]),
    assumption(
      '按 GB/T 50493 有毒气体的做法，取职业接触限值的 100 % 和 200 %；接触限值 20 mg/m³ 仅见于转引。',
    ),
  ),
];

const WATER: readonly DefaultThreshold[] = [
  threshold(
    'water-end-pressure',
    ['管网末梢压力不足', 'Low pressure at the end of the network'],
    ['water.pressure', 'water.pipe'],
    'MPa',
    falling(['orange', 0.14, 0.15]),
    assumption('管网末梢不低于 0.14 MPa 转引自 CJJ 58；未见版本和条款号。'),
    { raise: 2 },
  ),
  threshold(
    'turbidity',
    ['浊度超限', 'Turbidity'],
    ['water.turbidity'],
    'NTU',
    rising(['yellow', 1, 0.9]),
    assumption('现行标准为 GB 5749-2022；1 NTU 仅见于转引。'),
    { raise: 2 },
  ),
  threshold(
    'chlorine-low',
    ['余氯不足', 'Low residual chlorine'],
    ['water.chlorine'],
    'mg/l',
    falling(['yellow', 0.05, 0.06]),
    assumption('现行标准为 GB 5749-2022；0.05 mg/L 仅见于转引。'),
    { raise: 2 },
  ),
  threshold(
    'chlorine-high',
    ['余氯过量', 'High residual chlorine'],
    ['water.chlorine'],
    'mg/l',
    rising(['yellow', 2, 1.9]),
    assumption('现行标准为 GB 5749-2022；2.0 mg/L 仅见于转引。'),
    { raise: 2 },
  ),
  threshold(
    'ph-low',
    ['酸碱度偏低', 'Low pH'],
    ['water.ph'],
    'pH',
    falling(['yellow', 6.5, 6.6]),
    assumption('现行标准为 GB 5749-2022；6.5 仅见于转引。'),
    { raise: 2 },
  ),
  threshold(
    'ph-high',
    ['酸碱度偏高', 'High pH'],
    ['water.ph'],
    'pH',
    rising(['yellow', 8.5, 8.4]),
    assumption('现行标准为 GB 5749-2022；8.5 仅见于转引。'),
    { raise: 2 },
  ),
];

const DRAINAGE: readonly DefaultThreshold[] = [
  threshold(
    'ponding',
    ['道路积水', 'Road ponding'],
    ['drainage.ponding', 'drainage.road'],
    'cm',
    rising(['blue', 3, 2], ['yellow', 10, 9], ['orange', 15, 13], ['red', 25, 23]),
    assumption('3/10/25 cm 为内涝分级，25 cm 为下穿道路封闭值（上海、沈阳）；15 cm 为一条机动车道的限值。'),
    { clear: 2 },
  ),
];

const BUILDING: readonly DefaultThreshold[] = [
  threshold(
    'building-tilt',
    ['房屋倾斜', 'Building tilt'],
    ['building.tilt', 'building'],
    'mm/m',
    eitherWay(['yellow', 10, 9.5], ['orange', 14, 13.5], ['red', 20, 19]),
    assumption(
      '取整体倾斜率 2 % 的 50/70/100 %（JGJ 125，三层及以上；三层以下为 3 %），比例凭记忆；' +
        '单个传感器只反映所在墙体，不代表整栋房屋。',
    ),
    { raise: 2 },
  ),
  threshold(
    'building-crack',
    ['裂缝宽度', 'Crack width'],
    ['building.crack', 'building'],
    'mm',
    rising(['yellow', 0.5, 0.45], ['orange', 0.7, 0.65], ['red', 1, 0.95]),
    assumption('取 1 mm（砌体墙受压裂缝）的 50/70/100 %；限值因构件而异，应按构件设定。'),
    { raise: 2 },
  ),
  threshold(
    'building-settlement',
    ['累计沉降', 'Cumulative settlement'],
    ['building.settlement', 'building'],
    'mm',
    rising(['yellow', 15, 14], ['orange', 21, 20], ['red', 30, 29]),
    assumption('取 30 mm（地铁施工沿线常用控制值）的 50/70/100 %；各工程须自行设定。向下为正。'),
    { raise: 2 },
  ),
];

const DEVICE: readonly DefaultThreshold[] = [
  threshold(
    'immersion',
    ['设备水浸', 'Device immersed'],
    ['device.immersion'],
    'bool',
    rising(['yellow', 1, 0.5]),
    assumption('探测器浸水后测不到燃气；T/CGAS 013-2021 要求单独报警，级别为本系统自定。'),
    { clear: 1 },
  ),
  threshold(
    'cover-tilt',
    ['井盖倾斜', 'Manhole cover tilted'],
    ['device.coverTilt'],
    'deg',
    eitherWay(['yellow', 10, 8]),
    assumption('10° 为井盖传感器的常见默认值，可在设备上设定。'),
    { clear: 1 },
  ),
  threshold(
    'battery-charge',
    ['电池电量低', 'Low battery'],
    ['device.charge'],
    '%EL',
    falling(['blue', 20, 25]),
    assumption('维护中的常见做法；无标准出处。'),
    { clear: 2 },
  ),
];

/**
 * The default rule set of thresholds. Rates, sums over hours and limits that need a pipe diameter come later.
 */
export const DEFAULT_THRESHOLDS: readonly DefaultThreshold[] = [
  ...GAS,
  ...WATER,
  ...DRAINAGE,
  ...BUILDING,
  ...DEVICE,
];
