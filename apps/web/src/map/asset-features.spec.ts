import type { Geometry } from '@anmai/catalog';
import type { AssetShape } from '@anmai/wire';
import { QUIET, type Look } from '../alarms/asset-state';
import { anchorOf, boundsOf, featuresOf, gridOf } from './asset-features';

const asset = (id: string, geometry: Geometry | null): AssetShape => ({
  id,
  kind: 'gas.well',
  name: id,
  geometry,
  parentId: null,
  orgId: 'o',
  links: [],
  properties: {},
  version: 1,
  state: { severity: null, blind: false, unacknowledged: false },
});
const point: Geometry = { type: 'Point', coordinates: [114.3, 34.8] };
const line: Geometry = {
  type: 'LineString',
  coordinates: [
    [0, 0],
    [1, 1],
    [2, 0],
  ],
};
const area: Geometry = {
  type: 'Polygon',
  coordinates: [
    [
      [0, 0],
      [2, 0],
      [2, 2],
      [0, 2],
      [0, 0],
    ],
  ],
};
const look = (change: Partial<Look>): Look => ({ ...QUIET, ...change });

it.each([
  ['a point', point, [114.3, 34.8]],
  ['the middle of a line', line, [1, 1]],
  ['the middle of an outline', area, [1, 1]],
])('marks %s', (_name, geometry, expected) => expect(anchorOf(geometry)).toEqual(expected));

it('splits into shapes, quiet dots and marks, and counts what has no place', () => {
  const assets = [
    asset('dot', point),
    asset('pipe', line),
    asset('house', area),
    asset('loud', point),
    asset('lost', null),
  ];
  const features = featuresOf(assets, new Map([['loud', look({ severity: 'red', unacknowledged: true })]]));
  const ids = (list: { features: { properties: { id: string } }[] }): string =>
    list.features.map(f => f.properties.id).join(' ');
  expect([ids(features.shapes), ids(features.quiet), ids(features.marks), features.withoutPlace]).toEqual([
    'pipe house',
    'dot house',
    'loud',
    1,
  ]);
});

it.each([
  ['red', { severity: 'red', unacknowledged: true }, 'mark|red|solid', 4, 1],
  ['over', { severity: 'red', over: true, unacknowledged: true }, 'mark|red|hollow', 0, 0],
  ['blind with an alarm', { severity: 'yellow', blind: true }, 'mark|yellow|hatched', 2, 0],
  ['blind alone', { blind: true }, 'mark|none|hatched', 0, 0],
] as const)('%s', (_name, change, icon, rank, fresh) => {
  const [mark] = featuresOf([asset('a', point)], new Map([['a', look(change)]])).marks.features;
  expect([mark?.properties.icon, mark?.properties.rank, mark?.properties.fresh]).toEqual([icon, rank, fresh]);
});

it('finds the box around everything', () => {
  expect(boundsOf([asset('a', line), asset('b', { type: 'Point', coordinates: [-1, 5] })])).toEqual([
    -1, 0, 2, 5,
  ]);
  expect(boundsOf([asset('a', null)])).toBeNull();
});

it('draws a bounded number of grid lines, whatever the size of the city', () => {
  for (const width of [0, 0.01, 0.1, 0.7]) {
    const lines = gridOf([114, 34, 114 + width, 34 + width]).features.length;
    expect(lines).toBeGreaterThan(8);
    expect(lines).toBeLessThan(150);
  }
});
