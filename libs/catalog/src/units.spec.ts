import fc from 'fast-check';
import { compileConversion, convert, describeUnitError, findUnit, IDENTITY } from './units';
import { UNIT_TABLE } from './unit-table';

const valueOf = (value: number, from: string, to: string, gas?: string): number => {
  const result = convert(value, from, to, gas === undefined ? {} : { gas });
  if (!result.ok) throw new Error(describeUnitError(result.error));
  return result.value;
};

describe('exact values', () => {
  it.each([
    // The methane table: 5 %VOL is the lower explosive limit.
    [1, '%LEL', '%VOL', 0.05],
    [1, '%LEL', 'ppm', 500],
    [20, '%LEL', '%VOL', 1],
    [25, '%LEL', '%VOL', 1.25],
    [50, '%LEL', '%VOL', 2.5],
    [100, '%LEL', '%VOL', 5],
    [100, '%LEL', 'ppm', 50_000],
    [5, '%VOL', '%LEL', 100],
    [50_000, 'ppm', '%LEL', 100],
    [1, 'ppm', 'ppb', 1_000],
    [0.14, 'MPa', 'kPa', 140],
    [1, 'MPa', 'Pa', 1_000_000],
    [1, 'bar', 'kPa', 100],
    [1, 'mH2O', 'kPa', 9.80665],
    [1, 'mH2O', 'Pa', 9_806.65],
    [1_000, 'mmH2O', 'kPa', 9.80665],
    [25, 'cm', 'mm', 250],
    [25, 'cm', 'm', 0.25],
    [3_600, 'm3/h', 'm3/s', 1],
    [1, 'l/s', 'm3/h', 3.6],
    [24, 'm3/d', 'm3/h', 1],
    [1, 'mm/min', 'mm/h', 60],
    [3.6, 'km/h', 'm/s', 1],
    [1, 'cm/s', 'mm/s', 10],
    [20, '/1000', '%', 2],
    [20, 'mm/m', '/1000', 20],
    [20, 'mm/m', '%', 2],
    [0.5, '/', '%', 50],
    [180, 'deg', 'rad', Math.PI],
    [0, 'Cel', 'K', 273.15],
    [100, 'Cel', 'degF', 212],
    [-40, 'degF', 'Cel', -40],
    [3_600, 'mV', 'V', 3.6],
    [0, 'dBW', 'dBm', 30],
    [-100, 'dBm', 'dBW', -130],
    [1, 'mg/l', 'mg/m3', 1_000],
    [10, 'mS/cm', 'S/m', 1],
    [1_000, 'uS/cm', 'mS/cm', 1],
    [2, 'h', 'min', 120],
    [1, '/', 'bool', 1],
    [55, '%', '%RH', 55],
  ])('%d %s in %s', (value, from, to, expected) => {
    expect(valueOf(value, from, to)).toBe(expected);
    expect(valueOf(expected, to, from)).toBeCloseTo(value, 12);
  });

  it.each([
    ['20 mm/m of tilt is 1.1458°', 20, 'mm/m', 'deg', undefined, 1.145763, 5],
    ['1 mm/m is 0.0573°', 1, 'mm/m', 'deg', undefined, 0.0573, 4],
    ['1 % is 0.573°', 1, '%', 'deg', undefined, 0.573, 3],
    ['3 % is 1.718°', 3, '%', 'deg', undefined, 1.718, 3],
    ['0.01° is 0.17 mm/m', 0.01, 'deg', 'mm/m', undefined, 0.1745, 4],
    ['45° is a slope of one', 45, 'deg', '/', undefined, 1, 12],
    ['-45° keeps its sign', -45, 'deg', 'mm/m', undefined, -1_000, 9],
    ['1 ppm of H2S is 1.39 mg/m³', 1, 'ppm', 'mg/m3', 'H2S', 1.39, 2],
    ['10 mg/m³ of H2S is 7.17 ppm', 10, 'mg/m3', 'ppm', 'H2S', 7.174, 3],
    ['24.45 ppm of CO is its molar mass', 24.45, 'ppm', 'mg/m3', 'CO', 28.01, 12],
  ])('%s', (_name, value, from, to, gas, expected, digits) => {
    expect(valueOf(value, from, to, gas)).toBeCloseTo(expected, digits);
  });
});

it.each([
  [90, 'past any limit, and finite'],
  [120, 'lying flat'],
])('a mast at %d° is %s', angle => {
  expect(valueOf(angle, 'deg', 'mm/m')).toBeGreaterThan(5_000_000);
  expect(valueOf(-angle, 'deg', 'mm/m')).toBeLessThan(-5_000_000);
  expect(Number.isFinite(valueOf(angle, 'deg', 'mm/m'))).toBe(true);
});

it.each([
  ['furlong', 'm', {}, { code: 'unknown_unit', unit: 'furlong' }],
  ['m', 'furlong', {}, { code: 'unknown_unit', unit: 'furlong' }],
  ['', 'm', {}, { code: 'unknown_unit', unit: '' }],
  ['mPa', 'MPa', {}, { code: 'unknown_unit', unit: 'mPa' }],
  ['LEL', '%LEL', {}, { code: 'unknown_unit', unit: 'LEL' }],
  ['MPa', 'm', {}, { code: 'wrong_dimension', from: 'MPa', to: 'm' }],
  ['%', '%LEL', {}, { code: 'wrong_dimension', from: '%', to: '%LEL' }],
  ['deg', 'Cel', {}, { code: 'wrong_dimension', from: 'deg', to: 'Cel' }],
  ['%RH', 'mm/m', {}, { code: 'wrong_dimension', from: '%RH', to: 'mm/m' }],
  ['mm', 'mm/h', {}, { code: 'wrong_dimension', from: 'mm', to: 'mm/h' }],
  ['ppm', 'mg/m3', {}, { code: 'gas_required', from: 'ppm', to: 'mg/m3' }],
  ['ppm', 'mg/m3', { gas: 'XY' }, { code: 'unknown_gas', gas: 'XY' }],
  ['%LEL', 'ppm', { gas: 'H2S' }, { code: 'no_explosive_limit', gas: 'H2S' }],
])('refuses %s to %s', (from, to, context, error) => {
  expect(convert(1, from, to, context)).toEqual({ ok: false, error });
  expect(describeUnitError(error as Parameters<typeof describeUnitError>[0])).toMatch(/\S{3}/);
});

it('takes the explosive limit of the gas that the site brings', () => {
  const gas = { id: 'C3H8', zh: '丙烷', en: 'propane', molarMassGPerMol: 44.1, lelVolPercent: 2 };
  expect(convert(50, '%LEL', '%VOL', { gas })).toEqual({ ok: true, value: 1 });
});

it.each([
  ['℃', 'Cel'],
  ['°C', 'Cel'],
  ['摄氏度', 'Cel'],
  ['°', 'deg'],
  ['‰', '/1000'],
  ['％', '%'],
  ['m³/h', 'm3/h'],
  ['立方米/小时', 'm3/h'],
  ['L/s', 'l/s'],
  ['米', 'm'],
  ['毫米', 'mm'],
  ['MPa', 'MPa'],
  ['兆帕', 'MPa'],
  ['mg/m³', 'mg/m3'],
  ['mg/L', 'mg/l'],
  ['µS/cm', 'uS/cm'],
  ['μS/cm', 'uS/cm'],
  ['μg/m³', 'ug/m3'],
  ['㎡', 'm2'],
  ['% LEL', '%LEL'],
  ['%vol', '%VOL'],
  ['米水柱', 'mH2O'],
  ['％ＲＨ', '%RH'],
])('%s is understood as %s', (spelling, symbol) => {
  expect(findUnit(spelling)?.symbol).toBe(symbol);
});

/** RFC 8428 section 12.1 and RFC 8798, as far as such devices can send them. */
it.each(
  (
    'm kg g s A K Hz rad N Pa J W V Ohm Cel lx m2 m3 l m/s m/s2 m3/s l/s W/m2 pH dB dBW count ' +
    '/ % %RH %EL 1/s 1/min S/m ms min h kW Wh kWh mV mA dBm ug/m3 mm/h m/h ppm ppb /100 /1000 hPa ' +
    'mm cm km km/h'
  ).split(' '),
)('the SenML unit %s is known', symbol => {
  expect(findUnit(symbol)).not.toBeNull();
});

it('finds nothing to do between spellings of one unit', () => {
  expect(compileConversion('℃', 'Cel')).toEqual({ ok: true, value: IDENTITY });
  expect(compileConversion('mg/m3', 'ug/l')).toEqual({ ok: true, value: IDENTITY });
  expect(compileConversion('mm', 'cm')).not.toEqual({ ok: true, value: IDENTITY });
});

it('leaves a missing value missing', () => {
  for (const [from, to] of [
    ['mm', 'cm'],
    ['deg', 'mm/m'],
    ['mm/m', 'deg'],
    ['K', 'Cel'],
  ] as const) {
    expect(valueOf(NaN, from, to)).toBeNaN();
  }
});

/** Every pair that converts at all, there and back. */
const PAIRS = UNIT_TABLE.flatMap(from =>
  UNIT_TABLE.flatMap(to => {
    const there = compileConversion(from.symbol, to.symbol, { gas: 'CH4' });
    const back = compileConversion(to.symbol, from.symbol, { gas: 'CH4' });
    expect(there.ok).toBe(back.ok);
    if (!there.ok || !back.ok) return [];
    // Tilt is one-to-one only short of a right angle and ever less precise towards it: up to 84°, slope 10.
    const isTilt = (from.dimension === 'angle') !== (to.dimension === 'angle');
    const reach = !isTilt ? 1e6 : ((from.dimension === 'angle' ? 1.46 : 10) * from.den) / from.num;
    return [{ from, to, there: there.value, back: back.value, reach }];
  }),
);

it('there and back gives the same value, for every pair of units', () => {
  expect(PAIRS.length).toBeGreaterThan(300);
  fc.assert(
    fc.property(fc.constantFrom(...PAIRS), fc.double({ min: -1, max: 1, noNaN: true }), (pair, share) => {
      const value = share * pair.reach;
      const returned = pair.back(pair.there(value));
      const offset = Math.abs(pair.from.zero) + Math.abs(pair.to.zero);
      expect(Math.abs(returned - value)).toBeLessThanOrEqual(1e-9 * (Math.abs(value) + offset) + 1e-12);
    }),
    { numRuns: 3_000 },
  );
});

it('keeps order: more stays more in any other unit', () => {
  fc.assert(
    fc.property(fc.constantFrom(...PAIRS), fc.integer({ min: -80, max: 79 }), (pair, value) => {
      expect(pair.there(value)).toBeLessThanOrEqual(pair.there(value + 1));
    }),
    { numRuns: 2_000 },
  );
});
