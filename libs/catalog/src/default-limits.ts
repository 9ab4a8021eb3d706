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
  'No published level for spaces beside gas pipes was found; ' +
  '20/50/100 %LEL (1/2.5/5 %VOL of methane) is remembered practice.';

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
    assumption(`${ADJACENT_WHY} Sewer biogas may reach the same levels and explodes all the same.`),
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
    assumption('No level for rooms was found; set no higher than for spaces beside gas pipes.'),
  ),
  threshold(
    'gas-tunnel',
    ['管廊燃气舱可燃气体', 'Combustible gas in a utility tunnel'],
    ['gas.combustible', 'tunnel'],
    '%LEL',
    rising(['orange', 20, 18], ['red', 25, 23]),
    assumption('Copies agree on alarm at 20 %LEL; for shut-off they say 25 or 35 %LEL, the lower is taken.'),
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
      '100 % and 200 % of the exposure limit, as for toxic gas in GB/T 50493; ' +
        '10 mg/m³ was seen second-hand only.',
    ),
  ),
  threshold(
    'co',
    ['一氧化碳', 'Carbon monoxide'],
    ['gas.co'],
    'mg/m3',
    rising(['orange', 20, 18], ['red', 40, 36]),
    assumption(
      '100 % and 200 % of the exposure limit, as for toxic gas in GB/T 50493; ' +
        '20 mg/m³ was seen second-hand only.',
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
    assumption(
      'At least 0.14 MPa at network ends is quoted from CJJ 58; edition and clause number were not seen.',
    ),
    { raise: 2 },
  ),
  threshold(
    'turbidity',
    ['浊度超限', 'Turbidity'],
    ['water.turbidity'],
    'NTU',
    rising(['yellow', 1, 0.9]),
    assumption('GB 5749-2022 is the standard in force; 1 NTU was seen second-hand only.'),
    { raise: 2 },
  ),
  threshold(
    'chlorine-low',
    ['余氯不足', 'Low residual chlorine'],
    ['water.chlorine'],
    'mg/l',
    falling(['yellow', 0.05, 0.06]),
    assumption('GB 5749-2022 is the standard in force; 0.05 mg/L was seen second-hand only.'),
    { raise: 2 },
  ),
  threshold(
    'chlorine-high',
    ['余氯过量', 'High residual chlorine'],
    ['water.chlorine'],
    'mg/l',
    rising(['yellow', 2, 1.9]),
    assumption('GB 5749-2022 is the standard in force; 2.0 mg/L was seen second-hand only.'),
    { raise: 2 },
  ),
  threshold(
    'ph-low',
    ['酸碱度偏低', 'Low pH'],
    ['water.ph'],
    'pH',
    falling(['yellow', 6.5, 6.6]),
    assumption('GB 5749-2022 is the standard in force; 6.5 was seen second-hand only.'),
    { raise: 2 },
  ),
  threshold(
    'ph-high',
    ['酸碱度偏高', 'High pH'],
    ['water.ph'],
    'pH',
    rising(['yellow', 8.5, 8.4]),
    assumption('GB 5749-2022 is the standard in force; 8.5 was seen second-hand only.'),
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
    assumption(
      'Flood grades at 3/10/25 cm and underpass closure at 25 cm (Shanghai, Shenyang); ' +
        '15 cm is the limit of one motor lane.',
    ),
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
      '50/70/100 % of 2 % overall tilt (JGJ 125, 3 storeys or more; 3 % below); ' +
        'the shares are from memory. One sensor sees its wall, not the whole house.',
    ),
    { raise: 2 },
  ),
  threshold(
    'building-crack',
    ['裂缝宽度', 'Crack width'],
    ['building.crack', 'building'],
    'mm',
    rising(['yellow', 0.5, 0.45], ['orange', 0.7, 0.65], ['red', 1, 0.95]),
    assumption(
      '50/70/100 % of 1 mm (compression crack in a masonry wall); ' +
        'the limit depends on the member and should be set for it.',
    ),
    { raise: 2 },
  ),
  threshold(
    'building-settlement',
    ['累计沉降', 'Cumulative settlement'],
    ['building.settlement', 'building'],
    'mm',
    rising(['yellow', 15, 14], ['orange', 21, 20], ['red', 30, 29]),
    assumption(
      '50/70/100 % of 30 mm, a control value used beside metro works; ' +
        'a project has to set its own. Downward counts as positive.',
    ),
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
    assumption(
      'A detector under water sees no gas; T/CGAS 013-2021 asks for an alarm of its own, the level is ours.',
    ),
    { clear: 1 },
  ),
  threshold(
    'cover-tilt',
    ['井盖倾斜', 'Manhole cover tilted'],
    ['device.coverTilt'],
    'deg',
    eitherWay(['yellow', 10, 8]),
    assumption('10° is a usual default of cover sensors, settable on the device.'),
    { clear: 1 },
  ),
  threshold(
    'battery-charge',
    ['电池电量低', 'Low battery'],
    ['device.charge'],
    '%EL',
    falling(['blue', 20, 25]),
    assumption('Common maintenance practice; no source.'),
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
