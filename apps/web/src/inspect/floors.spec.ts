import { floorsOf } from './floors';

it.each([
  [{ storeys: 2, basements: 0 }, 'RF 2F 1F'],
  [{ storeys: 3, basements: 2 }, 'RF 3F 2F 1F B1 B2'],
  [{ storeysAbove: 1, storeysBelow: 1 }, 'RF 1F B1'],
  [{ storeys: 0, basements: 0 }, 'RF 1F'],
  [{}, 'RF 7F 6F 5F 4F 3F 2F 1F B1'],
  [{ storeys: 'many', basements: -1 }, 'RF 7F 6F 5F 4F 3F 2F 1F B1'],
])('%j: %s', (properties, expected) => expect(floorsOf(properties).join(' ')).toBe(expected));
it('stops somewhere', () => expect(floorsOf({ storeys: 1e6, basements: 1e6 })).toHaveLength(67));
