import { ASSET_KINDS, QUANTITIES } from '@anmai/catalog';
import { adoptSchema, assetSchema, deviceSchema, sensorSchema } from './registry.schema';

const asset = (over: object = {}): unknown => ({ kind: 'building', name: 'x', orgId: 'o', ...over });
const sensor = (over: object = {}): unknown => ({
  assetId: 'a',
  deviceId: 'd',
  channel: 'c',
  quantity: 'gas.combustible',
  unit: '%LEL',
  expectedEverySeconds: 60,
  ...over,
});

it('fills in what may be left out', () => {
  expect(assetSchema.parse(asset())).toMatchObject({
    geometry: null,
    parentId: null,
    links: [],
    properties: {},
  });
  expect(deviceSchema.parse({})).toEqual({ assetId: null, model: null });
  expect(sensorSchema.parse(sensor()).range).toBeNull();
});

it('knows every kind of the catalogue, and every quantity in its own unit', () => {
  for (const { id } of ASSET_KINDS) expect(assetSchema.safeParse(asset({ kind: id })).success).toBe(true);
  for (const { id, unit } of QUANTITIES) {
    expect([id, sensorSchema.safeParse(sensor({ quantity: id, unit })).success]).toEqual([id, true]);
  }
});

it.each<[string, object, boolean]>([
  ['a unit that converts', { unit: '%VOL' }, true],
  ['a Chinese spelling', { quantity: 'environment.temperature', unit: '℃' }, true],
  ['any unit of a generic value', { quantity: 'generic.value', unit: 'mm/h' }, true],
  ['a unit of something else', { unit: 'Cel' }, false],
  ['an unknown unit of a generic value', { quantity: 'generic.value', unit: 'furlong' }, false],
  ['an interval of a month', { expectedEverySeconds: 31 * 86_400 }, true],
  ['a longer one', { expectedEverySeconds: 31 * 86_400 + 1 }, false],
  ['half a second', { expectedEverySeconds: 0.5 }, true],
  ['an infinite range', { range: { min: 0, max: Infinity } }, false],
  ['a tab in the channel', { channel: 'a\tb' }, false],
  ['a urn as channel', { channel: 'urn:dev:mac:0024befffe804ff1_temp' }, true],
])('takes or refuses a sensor with %s', (_name, over, isTaken) => {
  expect(sensorSchema.safeParse(sensor(over)).success).toBe(isTaken);
});

it.each<[string, object, boolean]>([
  ['a height', { geometry: { type: 'Point', coordinates: [114, 34, 70] } }, true],
  ['four coordinates', { geometry: { type: 'Point', coordinates: [114, 34, 70, 1] } }, false],
  ['a line of one point', { geometry: { type: 'LineString', coordinates: [[114, 34]] } }, false],
  ['a closed ring', { geometry: { type: 'Polygon', coordinates: [[[0, 0], [1, 0], [1, 1], [0, 0]]] } }, true],
  ['an unknown geometry', { geometry: { type: 'Circle', coordinates: [0, 0] } }, false],
  ['properties of 16 KB', { properties: { a: 'x'.repeat(16_384 - 8) } }, true],
  ['one character more', { properties: { a: 'x'.repeat(16_384 - 7) } }, false],
  ['a name of 200 characters', { name: '井'.repeat(200) }, true],
  ['a name of 201 characters', { name: '井'.repeat(201) }, false],
  ['a name of blanks', { name: '   ' }, false],
  ['a line break in the name', { name: 'a\nb' }, false],
])('takes or refuses an asset with %s', (_name, over, isTaken) => {
  expect(assetSchema.safeParse(asset(over)).success).toBe(isTaken);
}); // prettier-ignore

it('takes an adoption without sensors, to be given later', () => {
  expect(adoptSchema.parse({ assetId: 'a' }).sensors).toEqual([]);
});
