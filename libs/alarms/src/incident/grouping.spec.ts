import { partitionOf, runIn, type Place } from './testing/city';

const gas = (id: string, at: readonly [number, number] | null, rest: Partial<Place> = {}): Place => ({
  id,
  at,
  kind: 'gas.well',
  quantity: 'gas.combustible',
  ...rest,
});
const level = (id: string, at: readonly [number, number] | null, rest: Partial<Place> = {}): Place => ({
  id,
  at,
  kind: 'drainage.manhole',
  quantity: 'drainage.level',
  ...rest,
});
const water = (id: string, rest: Partial<Place> = {}): Place => ({
  id,
  at: null,
  kind: 'water.pipe',
  quantity: 'water.pressure',
  ...rest,
});
const wing = (id: string, parentId: string): Place => ({
  id,
  at: null,
  kind: 'building',
  quantity: 'building.tilt',
  parentId,
});

describe('which alarms are one incident', () => {
  it.each<readonly [string, readonly Place[], string, string]>([
    ['neighbouring wells', [gas('a', [0, 0]), gas('b', [0, 199])], 'a 0, b 10', 'a b'],
    ['wells a street apart', [gas('a', [0, 0]), gas('b', [0, 201])], 'a 0, b 10', 'a | b'],
    ['two leaks across town', [gas('a', [0, 0]), gas('b', [9_000, 0])], 'a 0, b 0', 'a | b'],
    ['the same well again within the window', [gas('a', null)], "a 0, a 5 cleared, a' 65", "a a'"],
    ['the same well again after it', [gas('a', null)], "a 0, a 5 cleared, a' 66", "a | a'"],
    ['a blind alarm attracts: it is open', [gas('a', null)], "a 0, a 5 blinded, a' 600", "a a'"],
    ['a stuck sensor does not glue weeks', [gas('a', null)], "a 0, a' 4381", "a | a'"],
    ['gas in a storm is not the storm', [level('s', [0, 0]), gas('g', [0, 5])], 's 0, g 1', 'g | s'],
    ['one storm area', [level('a', [0, 0]), level('b', [1_999, 0])], 'a 0, b 29', 'a b'],
    ['two storm areas', [level('a', [0, 0]), level('b', [2_001, 0])], 'a 0, b 29', 'a | b'],
    [
      'a chain over one between',
      [level('a', [0, 0]), level('b', [3_000, 0]), level('c', [1_500, 0])],
      'a 0, b 1, c 2',
      'a b c',
    ],
    [
      'downstream within three pipes',
      [water('a', { links: ['x'] }), water('x', { links: ['y'] }), water('y', { links: ['b'] }), water('b')],
      'a 0, b 5',
      'a b',
    ],
    ['upstream as well', [water('a', { links: ['b'] }), water('b')], 'b 0, a 5', 'a b'],
    [
      'beyond that',
      [
        water('a', { links: ['x'] }),
        water('x', { links: ['y'] }),
        water('y', { links: ['z'] }),
        water('z', { links: ['b'] }),
        water('b'),
      ],
      'a 0, b 5',
      'a | b',
    ],
    ['parts of one building', [wing('a', 'h'), wing('b', 'h')], 'a 0, b 60', 'a b'],
    ['the building and its part', [wing('h', 'estate'), wing('b', 'h')], 'h 0, b 60', 'b h'],
    ['parts of two buildings', [wing('a', 'h'), wing('b', 'k')], 'a 0, b 60', 'a | b'],
    [
      'parts of a district are none',
      Array.from({ length: 65 }, (_, i) => wing(`w${i}`, 'district')),
      'w0 0, w1 0',
      'w0 | w1',
    ],
    ['a sensor that nobody knows', [], 'a 0, b 0', 'a | b'],
  ])('%s', (_name, places, timeline, expected) => {
    expect(partitionOf(runIn(places, timeline).engine)).toBe(expected);
  });
});
