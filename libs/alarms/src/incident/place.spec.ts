import fc from 'fast-check';
import type { Geometry } from '@anmai/catalog';
import { boxOf, hullOf, joinBoxes, metresBetween, middleOf, placeOf, pointOf } from './place';
import { assetOf } from './testing/city';
import { NEIGHBOURS_MAX, PARTS_MAX, Topology } from './topology';

describe('place', () => {
  it.each([
    ['a degree along a meridian', [114, 34], [114, 35], 111_194],
    ['a degree along the 60th parallel is half as long', [10, 60], [11, 60], 55_597],
    ['across the date line', [179.9995, 0], [-179.9995, 0], 111],
    ['around the pole', [0, 89.999], [180, 89.999], 222],
  ] as const)('%s', (_name, [lonA, latA], [lonB, latB], metres) => {
    // Through the ground a degree is a metre or two shorter than over it.
    expect(Math.abs(metresBetween(pointOf(lonA, latA), pointOf(lonB, latB)) - metres)).toBeLessThan(3);
  });

  it.each<readonly [string, Geometry | null, unknown]>([
    ['a point', { type: 'Point', coordinates: [1, 2] }, [1, 2, 1, 2]],
    [
      'a line',
      {
        type: 'LineString',
        coordinates: [
          [1, 5],
          [3, 2, 99],
        ],
      },
      [1, 2, 3, 5],
    ],
    [
      'a polygon',
      {
        type: 'Polygon',
        coordinates: [
          [
            [0, 0],
            [4, 0],
            [4, 3],
            [0, 0],
          ],
          [
            [1, 1],
            [2, 1],
            [2, 2],
            [1, 1],
          ],
        ],
      },
      [0, 0, 4, 3],
    ],
    ['nowhere', null, null],
    ['an empty line', { type: 'LineString', coordinates: [] }, null],
    ['not a number', { type: 'Point', coordinates: [Number.NaN, 2] }, null],
  ])('box of %s', (_name, geometry, box) => {
    expect(boxOf(geometry)).toEqual(box);
  });

  it('an asset without a place stands where its parent does, and a circle of parents ends', () => {
    const assets = new Map(
      [
        assetOf({ id: 'house', at: [0, 0] }),
        assetOf({ id: 'flat', at: null, parentId: 'house' }),
        assetOf({ id: 'loop', at: null, parentId: 'loop' }),
      ].map(asset => [asset.id, asset]),
    );
    expect(placeOf(assets, 'flat')).toEqual([0, 0, 0, 0]);
    expect(placeOf(assets, 'loop')).toBeNull();
    expect(placeOf(assets, 'unknown')).toBeNull();
    expect(joinBoxes(null, [1, 2, 3, 4])).toEqual([1, 2, 3, 4]);
    expect(middleOf([1, 2, 3, 4])).toEqual([2, 3]);
  });

  it('the hull has every place in it or on it, and only places as corners', () => {
    const places = fc.array(fc.tuple(fc.integer({ min: -9, max: 9 }), fc.integer({ min: -9, max: 9 })), {
      maxLength: 30,
    });
    fc.assert(
      fc.property(places, list => {
        const hull = hullOf(list);
        const given = new Set(list.map(String));
        for (const corner of hull) expect(given).toContain(String(corner));
        if (hull.length < 3) return;
        hull.forEach(([ax, ay], i) => {
          const [bx, by] = hull[(i + 1) % hull.length]!;
          for (const [x, y] of list)
            expect((bx - ax) * (y - ay) - (by - ay) * (x - ax)).toBeGreaterThanOrEqual(0);
        });
      }),
    );
  });
});

describe('network', () => {
  it('follows changes of links and forgets what was removed', () => {
    const topology = new Topology([assetOf({ id: 'a', links: ['b'] }), assetOf({ id: 'b', links: ['c'] })]);
    expect([...topology.around('c', 2)].sort()).toEqual(['a', 'b']);
    expect([...topology.downstream('a', 1)]).toEqual(['b']);
    topology.put('a', assetOf({ id: 'a', links: ['c'] }));
    expect([...topology.around('c', 1)].sort()).toEqual(['a', 'b']);
    topology.put('b', null);
    expect([...topology.around('c', 9)]).toEqual(['a']);
    expect([...topology.around('a', 0)]).toEqual([]);
  });

  it('walks a circle once and looks at a hub in part', () => {
    const ring = new Topology([assetOf({ id: 'a', links: ['b'] }), assetOf({ id: 'b', links: ['a'] })]);
    expect([...ring.around('a', 99)]).toEqual(['b']);
    const hub = new Topology([
      assetOf({ id: 'hub', links: Array.from({ length: 9_999 }, (_, i) => `p${i}`) }),
    ]);
    expect(hub.around('hub', 2).size).toBe(NEIGHBOURS_MAX);
  });

  it('a parent of too many parts is no whole', () => {
    const parts = (count: number): Topology =>
      new Topology(Array.from({ length: count }, (_, i) => assetOf({ id: `p${i}`, parentId: 'whole' })));
    expect(parts(PARTS_MAX).wholeOf('p0')).toBe('whole');
    expect(parts(PARTS_MAX + 1).wholeOf('p0')).toBeNull();
    expect(parts(PARTS_MAX + 1).isWhole('whole')).toBe(false);
    expect(new Topology().wholeOf('p0')).toBeNull();
  });
});
