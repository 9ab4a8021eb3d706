import { err, invariant, ok, type Result } from '@anmai/kernel';
import { findGas, MOLAR_VOLUME_L, type Gas } from './gases';
import { UNIT_TABLE, type Dimension, type Unit } from './unit-table';

/** What a conversion may depend on besides the two units. */
export interface ConversionContext {
  /**
   * The gas in question: formula (`CH4`, `H2S` …) or its own data. Without it %LEL is taken as of methane;
   * between volume and mass it has to be given, since a wrong guess would halve a reading.
   */
  readonly gas?: string | Gas | undefined;
}

export type UnitError =
  | { readonly code: 'unknown_unit'; readonly unit: string }
  | { readonly code: 'wrong_dimension'; readonly from: string; readonly to: string }
  | { readonly code: 'gas_required'; readonly from: string; readonly to: string }
  | { readonly code: 'unknown_gas'; readonly gas: string }
  | { readonly code: 'no_explosive_limit'; readonly gas: string };

export type Conversion = (value: number) => number;

/** What `compileConversion` gives when nothing is to be done: compare with `===` to leave the call out. */
export const IDENTITY: Conversion = value => value;

/**
 * Tilt is a slope: the tangent of the angle. Near 90° the slope has no bound, and past it the sign would
 * turn; a mast that lies flat must not read as upright or missing, so the angle stops here (slope 5,730).
 */
export const TILT_ANGLE_RAD_MAX = (89.99 * Math.PI) / 180;

/** Spellings that differ only in how a keyboard wrote them: full width, raised digits, µ, spaces. */
function plain(text: string): string {
  return text.normalize('NFKC').replaceAll(/\s+/g, '').replaceAll('μ', 'u');
}

const BY_NAME = new Map<string, Unit>();
for (const unit of UNIT_TABLE) {
  for (const name of new Set([unit.symbol, ...unit.aliases].map(plain))) {
    invariant(!BY_NAME.has(name), `unit name ${name} is given twice`);
    BY_NAME.set(name, unit);
  }
}

/**
 * The unit of a symbol or one of its other spellings; null when there is none. Case counts: mPa is not MPa.
 */
export function findUnit(text: string): Unit | null {
  return BY_NAME.get(text) ?? BY_NAME.get(plain(text)) ?? null;
}

/**
 * A function for the hot path that converts `from` into `to`, made once per channel. NaN (missing) stays NaN.
 * IDENTITY when both name one unit.
 */
export function compileConversion(
  from: string,
  to: string,
  context: ConversionContext = {},
): Result<Conversion, UnitError> {
  const source = findUnit(from);
  if (source === null) return err({ code: 'unknown_unit', unit: from });
  const target = findUnit(to);
  if (target === null) return err({ code: 'unknown_unit', unit: to });
  if (source === target) return ok(IDENTITY);
  const gas = gasOf(context);
  if (!gas.ok) return gas;
  const scaledSource = scaleByGas(source, gas.value);
  if (!scaledSource.ok) return scaledSource;
  const scaledTarget = scaleByGas(target, gas.value);
  if (!scaledTarget.ok) return scaledTarget;
  return between(scaledSource.value, scaledTarget.value, gas.value);
}

/** One value; see `compileConversion`. */
export function convert(
  value: number,
  from: string,
  to: string,
  context: ConversionContext = {},
): Result<number, UnitError> {
  const conversion = compileConversion(from, to, context);
  return conversion.ok ? ok(conversion.value(value)) : conversion;
}

/** For log lines and quarantine details. */
export function describeUnitError(error: UnitError): string {
  switch (error.code) {
    case 'unknown_unit':
      return `unit "${error.unit}" is not known`;
    case 'wrong_dimension':
      return `"${error.from}" cannot become "${error.to}": they measure different things`;
    case 'gas_required':
      return `"${error.from}" becomes "${error.to}" only for a named gas`;
    case 'unknown_gas':
      return `gas "${error.gas}" is not known`;
    case 'no_explosive_limit':
      return `no lower explosive limit is known for "${error.gas}"`;
  }
}

function gasOf(context: ConversionContext): Result<Gas | null, UnitError> {
  if (context.gas === undefined) return ok(null);
  if (typeof context.gas !== 'string') return ok(context.gas);
  const gas = findGas(context.gas);
  return gas === null ? err({ code: 'unknown_gas', gas: context.gas }) : ok(gas);
}

function scaleByGas(unit: Unit, gas: Gas | null): Result<Unit, UnitError> {
  if (unit.symbol !== '%LEL' || gas === null) return ok(unit);
  if (gas.lelVolPercent === null) return err({ code: 'no_explosive_limit', gas: gas.id });
  return ok({ ...unit, num: gas.lelVolPercent * 100 });
}

/**
 * Pairs of dimensions that share their base unit: `%` may stand for a slope, a humidity, a charge or a
 * switch.
 */
const SAME_BASE: readonly (readonly [Dimension, Dimension])[] = [
  ['ratio', 'slope'],
  ['ratio', 'humidity'],
  ['ratio', 'charge'],
  ['ratio', 'state'],
];

const isPair = (a: Unit, b: Unit, x: Dimension, y: Dimension): boolean =>
  (a.dimension === x && b.dimension === y) || (a.dimension === y && b.dimension === x);

function between(from: Unit, to: Unit, gas: Gas | null): Result<Conversion, UnitError> {
  if (from.dimension === to.dimension || SAME_BASE.some(([x, y]) => isPair(from, to, x, y))) {
    return ok(linear(from, to));
  }
  if (isPair(from, to, 'angle', 'slope') || isPair(from, to, 'angle', 'ratio')) return ok(tilt(from, to));
  if (isPair(from, to, 'volumeFraction', 'massConcentration')) {
    if (gas === null) return err({ code: 'gas_required', from: from.symbol, to: to.symbol });
    return ok(volumeAndMass(from, to, gas));
  }
  return err({ code: 'wrong_dimension', from: from.symbol, to: to.symbol });
}

function linear(from: Unit, to: Unit): Conversion {
  const [num, den] = reduced(from.num * to.den, from.den * to.num);
  const { zero: fromZero } = from;
  const { zero: toZero } = to;
  if (fromZero === 0 && toZero === 0) {
    if (num === den) return IDENTITY;
    if (den === 1) return value => value * num;
    if (num === 1) return value => value / den;
    return value => (value * num) / den;
  }
  return value => ((value - fromZero) * num) / den + toZero;
}

/** Through an angle on one side and its tangent on the other. */
function tilt(from: Unit, to: Unit): Conversion {
  if (from.dimension === 'angle') {
    return value => {
      const angle = (value * from.num) / from.den;
      const held = Math.min(Math.max(angle, -TILT_ANGLE_RAD_MAX), TILT_ANGLE_RAD_MAX);
      return (Math.tan(held) * to.den) / to.num;
    };
  }
  return value => (Math.atan((value * from.num) / from.den) * to.den) / to.num;
}

/** mg/m³ = ppm × molar mass ÷ molar volume; both are the base units of their dimensions. */
function volumeAndMass(from: Unit, to: Unit, gas: Gas): Conversion {
  const toMass = from.dimension === 'volumeFraction';
  const num = (from.num * to.den * (toMass ? gas.molarMassGPerMol : MOLAR_VOLUME_L)) / to.num;
  const den = from.den * (toMass ? MOLAR_VOLUME_L : gas.molarMassGPerMol);
  return value => (value * num) / den;
}

/** Whole numbers over their greatest common divisor, so that products stay exact. */
function reduced(num: number, den: number): readonly [number, number] {
  if (!Number.isSafeInteger(num) || !Number.isSafeInteger(den)) return [num, den];
  let [a, b] = [num, den];
  while (b !== 0) [a, b] = [b, a % b];
  return [num / a, den / a];
}
