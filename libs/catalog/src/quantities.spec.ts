import { ASSET_KINDS, assetKindTable, findAssetKind, LIFELINE_GROUPS } from './asset-kinds';
import { conversionFor, findQuantity, QUANTITIES, quantityTable } from './quantities';
import { findUnit, IDENTITY } from './units';

it.each(QUANTITIES.map(quantity => [quantity.id, quantity] as const))('%s is whole', (_id, quantity) => {
  expect(quantity.id).toMatch(/^[a-z]+\.[a-zA-Z0-9]+$/);
  expect(findUnit(quantity.unit)?.symbol).toBe(quantity.unit);
  expect(quantity.zh).toMatch(/\p{Script=Han}|pH/u);
  expect(quantity.en).not.toBe('');
  expect(quantity.expectedEverySeconds).toBeGreaterThan(0);
  if (quantity.range !== null) expect(quantity.range.min).toBeLessThan(quantity.range.max);
});

it('has each id once', () => {
  expect(new Set(QUANTITIES.map(q => q.id)).size).toBe(QUANTITIES.length);
  expect(new Set(ASSET_KINDS.map(k => k.id)).size).toBe(ASSET_KINDS.length);
});

it('never offers a range that calls a dangerous gas reading bad', () => {
  const range = findQuantity('gas.combustible')?.range;
  expect(range?.max).toBeGreaterThanOrEqual(2_000); // pure methane in %LEL
});

const quantity = (id: string) => {
  const found = findQuantity(id);
  if (found === null) throw new Error(id);
  return found;
};

it.each([
  ['gas.combustible', '%VOL', '%LEL', 1, 20],
  ['gas.h2s', 'ppm', 'mg/m3', 24.45, 34.08],
  ['gas.co', 'ppm', 'mg/m3', 24.45, 28.01],
  ['water.pressure', 'kPa', 'MPa', 140, 0.14],
  ['building.tilt', '/1000', 'mm/m', 20, 20],
  ['drainage.ponding', 'mm', 'cm', 250, 25],
  ['generic.value', 'mm', 'cm', 10, 1],
])('%s: %s in %s', (id, from, to, value, expected) => {
  const conversion = conversionFor(quantity(id), from, to);
  expect(conversion.ok && conversion.value(value)).toBeCloseTo(expected, 9);
});

it.each([
  ['water.pressure', 'm', 'm', 'wrong_dimension'],
  ['gas.combustible', '%', '%LEL', 'wrong_dimension'],
  ['gas.combustible', '%LEL', 'bogus', 'unknown_unit'],
  ['generic.value', 'mm', 'Cel', 'wrong_dimension'],
])('%s refuses %s for a sensor in %s', (id, from, to, code) => {
  expect(conversionFor(quantity(id), from, to)).toMatchObject({ ok: false, error: { code } });
});

it('takes any unit for a value of no known quantity', () => {
  expect(conversionFor(quantity('generic.value'), 'm', 'm')).toEqual({ ok: true, value: IDENTITY });
});

it('lets the configuration add and replace', () => {
  const own = { ...quantity('gas.h2s'), id: 'gas.nh3', gas: 'NH3' };
  const slower = { ...quantity('gas.h2s'), expectedEverySeconds: 60 };
  const table = quantityTable([own, slower]);
  expect(table.get('gas.nh3')).toEqual(own);
  expect(table.get('gas.h2s')?.expectedEverySeconds).toBe(60);
  expect(table.size).toBe(QUANTITIES.length + 1);
  expect(assetKindTable([{ ...ASSET_KINDS[0]!, id: 'own.kind' }]).has('own.kind')).toBe(true);
});

it.each(
  (
    'gas.pipe gas.station gas.well water.pipe water.dma water.pump water.tank drainage.pipe ' +
    'drainage.manhole drainage.pump drainage.road drainage.outfall river ' +
    'building heating.pipe tunnel bridge rain.gauge'
  ).split(' '),
)('knows the asset kind %s', id => {
  const kind = findAssetKind(id);
  expect(kind?.zh).toMatch(/\p{Script=Han}/u);
  expect(kind?.geometries.length).toBeGreaterThan(0);
  expect(LIFELINE_GROUPS[kind?.group ?? 'other']).toBeDefined();
});

it('knows no other kind', () => {
  expect(findAssetKind('gas')).toBeNull();
  expect(findQuantity('gas')).toBeNull();
});
