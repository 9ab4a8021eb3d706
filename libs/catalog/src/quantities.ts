import type { Result } from '@anmai/kernel';
import { compileConversion, type Conversion, type ConversionContext, type UnitError } from './units';

/** Where a quantity hurts: above, below or both. null: it is watched for other reasons. */
export type DangerSide = 'high' | 'low' | 'both' | null;

/** What a sensor measures. More come by configuration (`quantityTable`), not by code. */
export interface Quantity {
  readonly id: string;
  readonly zh: string;
  readonly en: string;
  /** Default unit; a sensor may use any other that converts into it. */
  readonly unit: string;
  /**
   * What nature and instruments can give, in `unit`; null: anything. Wide on purpose: it is offered for a new
   * sensor, and a value outside counts as bad and can no longer raise an alarm.
   */
  readonly range: { readonly min: number; readonly max: number } | null;
  /** A usual interval of reports. */
  readonly expectedEverySeconds: number;
  readonly danger: DangerSide;
  /** Formula of the gas, for conversions. */
  readonly gas: string | null;
}

type Row = readonly [
  id: string,
  zh: string,
  en: string,
  unit: string,
  range: readonly [number, number] | null,
  everySeconds: number,
  danger: DangerSide,
  gas?: string,
];

const ROWS: readonly Row[] = [
  // 2,000 %LEL is pure methane: a detector that can tell must not be called bad for saying so.
  ['gas.combustible', '可燃气体浓度', 'Combustible gas', '%LEL', [-5, 2_000], 1_800, 'high', 'CH4'],
  ['gas.pressure', '燃气压力', 'Gas pressure', 'kPa', [-10, 10_000], 300, 'both'],
  ['gas.flow', '燃气流量', 'Gas flow', 'm3/h', [-20_000, 100_000], 300, null],
  ['gas.h2s', '硫化氢浓度', 'Hydrogen sulfide', 'mg/m3', [-5, 2_000], 300, 'high', 'H2S'],
  ['gas.o2', '氧气浓度', 'Oxygen', '%VOL', [0, 100], 300, 'both', 'O2'],
  ['gas.co', '一氧化碳浓度', 'Carbon monoxide', 'mg/m3', [-5, 20_000], 300, 'high', 'CO'],
  ['water.pressure', '供水压力', 'Water pressure', 'MPa', [-0.1, 4], 300, 'both'],
  ['water.flow', '供水流量', 'Water flow', 'm3/h', [-50_000, 50_000], 300, null],
  ['water.level', '水池水位', 'Tank level', 'm', [-1, 100], 300, 'both'],
  ['water.turbidity', '浊度', 'Turbidity', 'NTU', [0, 4_000], 300, 'high'],
  ['water.chlorine', '余氯', 'Residual chlorine', 'mg/l', [0, 20], 900, 'both'],
  ['water.ph', '酸碱度', 'pH', 'pH', [0, 14], 900, 'both'],
  ['water.conductivity', '电导率', 'Conductivity', 'uS/cm', [0, 200_000], 900, 'high'],
  ['water.oxygen', '溶解氧', 'Dissolved oxygen', 'mg/l', [0, 50], 900, 'low'],
  ['water.temperature', '水温', 'Water temperature', 'Cel', [-5, 100], 900, null],
  ['drainage.level', '排水液位', 'Sewer level', 'm', [-1, 50], 300, 'high'],
  ['drainage.flow', '排水流量', 'Sewer flow', 'm3/h', [-100_000, 500_000], 300, null],
  ['drainage.velocity', '排水流速', 'Sewer velocity', 'm/s', [-10, 10], 300, null],
  ['drainage.ponding', '积水深度', 'Ponding depth', 'cm', [-5, 500], 300, 'high'],
  ['rain.intensity', '雨强', 'Rain intensity', 'mm/h', [0, 1_000], 300, 'high'],
  ['rain.amount', '雨量', 'Rainfall', 'mm', [0, 3_000], 300, 'high'],
  ['river.level', '河道水位', 'River level', 'm', [-200, 6_000], 300, 'high'],
  ['building.tilt', '倾斜', 'Tilt', 'mm/m', [-6_000_000, 6_000_000], 600, 'both'],
  ['building.crack', '裂缝宽度', 'Crack width', 'mm', [-50, 1_000], 600, 'high'],
  ['building.settlement', '沉降', 'Settlement', 'mm', [-10_000, 10_000], 600, 'both'],
  ['building.displacement', '位移', 'Displacement', 'mm', [-10_000, 10_000], 600, 'both'],
  ['building.vibration', '振动速度', 'Vibration velocity', 'mm/s', [-1_000, 1_000], 60, 'both'],
  ['building.acceleration', '振动加速度', 'Vibration acceleration', 'm/s2', [-100, 100], 60, 'both'],
  ['building.strain', '应变', 'Strain', 'ue', [-50_000, 50_000], 600, 'both'],
  ['environment.temperature', '温度', 'Temperature', 'Cel', [-60, 200], 600, 'both'],
  ['environment.humidity', '相对湿度', 'Relative humidity', '%RH', [0, 100], 600, null],
  ['environment.wind', '风速', 'Wind speed', 'm/s', [0, 120], 600, 'high'],
  ['device.battery', '电池电压', 'Battery voltage', 'V', [0, 60], 3_600, 'low'],
  ['device.charge', '剩余电量', 'Battery charge', '%EL', [0, 100], 3_600, 'low'],
  ['device.signal', '信号强度', 'Signal strength', 'dBm', [-200, 50], 3_600, 'low'],
  ['device.immersion', '水浸', 'Immersion', 'bool', [0, 1], 1_800, 'high'],
  ['device.coverTilt', '井盖倾角', 'Cover tilt', 'deg', [-360, 360], 1_800, 'both'],
  ['generic.value', '数值', 'Value', '/', null, 300, null],
];

export const QUANTITIES: readonly Quantity[] = ROWS.map(
  ([id, zh, en, unit, range, expectedEverySeconds, danger, gas]) => ({
    id,
    zh,
    en,
    unit,
    range: range === null ? null : { min: range[0], max: range[1] },
    expectedEverySeconds,
    danger,
    gas: gas ?? null,
  }),
);

/**
 * The quantities above with those of the configuration; a later one of the same id takes the earlier's place.
 */
export function quantityTable(more: readonly Quantity[] = []): ReadonlyMap<string, Quantity> {
  return new Map([...QUANTITIES, ...more].map(each => [each.id, each]));
}

const BY_ID = quantityTable();

/** A built-in quantity, or null. */
export const findQuantity = (id: string): Quantity | null => BY_ID.get(id) ?? null;

/** What conversions of this quantity depend on. */
export const conversionContext = (quantity: Quantity): ConversionContext =>
  quantity.gas === null ? {} : { gas: quantity.gas };

/**
 * From the unit a device sends to the unit of the sensor. `generic.value` takes any unit, so there only the
 * two have to agree; every other quantity refuses a unit that does not measure it.
 */
export function conversionFor(quantity: Quantity, from: string, to: string): Result<Conversion, UnitError> {
  const context = conversionContext(quantity);
  if (quantity.id !== 'generic.value') {
    const fits = compileConversion(to, quantity.unit, context);
    if (!fits.ok) return fits;
  }
  return compileConversion(from, to, context);
}
