import fc from 'fast-check';
import { select } from './select';

it('finds what stands at a place in order, and parts the rest around it', () => {
  const list = fc.array(fc.integer({ min: -20, max: 20 }), { minLength: 1, maxLength: 60 });
  fc.assert(
    fc.property(list, fc.nat(), (list, place) => {
      const k = place % list.length;
      const values = Float64Array.from(list);
      const found = select(values, k);
      expect(found).toBe([...list].sort((a, b) => a - b)[k]);
      expect(Math.max(...values.slice(0, k), found)).toBe(found);
      expect(Math.min(...values.slice(k), found)).toBe(found);
      expect([...values].sort()).toEqual([...list].sort());
    }),
  );
});

it('leaves what lies outside its part alone', () => {
  const values = Float64Array.of(9, 8, 3, 1, 2, 0);
  expect(select(values, 3, 2, 5)).toBe(2);
  expect([values[0], values[1], values[5]]).toEqual([9, 8, 0]);
});
