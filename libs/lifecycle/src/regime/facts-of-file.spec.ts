import fc from 'fast-check';
import { regimeDue } from './due';
import { factsOfFile } from './facts-of-file';
import { ZHENGZHOU } from './rule-sets';

const exact = (year: unknown) => ({ kind: 'exact', year });
const range = (from: unknown, to: unknown) => ({ kind: 'range', from, to });

it.each<[string, unknown, { from: number; to: number } | null]>([
  ['a year', exact(1985), { from: 1985, to: 1985 }],
  ['the first and the last that are taken', range(1000, 2200), { from: 1000, to: 2200 }],
  ['half a year', exact(1985.5), null],
  ['before the first', exact(999), null],
  ['after the last', exact(2201), null],
  ['a slip of the keys', exact(19_855_555), null],
  ['text', exact('1985'), null],
  ['open at its end', range(1980, null), { from: 1980, to: 2026 }],
  ['an end that is none is open', range(1980, 1e9), { from: 1980, to: 2026 }],
  ['a beginning that is none is open', range(-4, 1990), { from: 1900, to: 1990 }],
])('year built: %s', (_name, yearBuilt, built) => {
  expect(factsOfFile({ yearBuilt }, null, 2026).built).toEqual(built);
});

it.each<[unknown, number | null]>([
  [1, 1],
  [50, 50],
  [500, 500],
  [0, null],
  [-50, null],
  [501, null],
  [50.05, null],
  ['50', null],
])('design life of %s years: %s', (designLifeYears, expected) => {
  expect(factsOfFile({ designLifeYears }, null, 2026).designLifeYears).toBe(expected);
});

it('reckons with whatever stands in the file', () => {
  const timeline = [{ from: '2026-01-01', ruleSet: ZHENGZHOU }];
  const year = fc.oneof(fc.double(), fc.integer(), fc.integer({ min: 990, max: 2210 }), fc.constant(null));
  const yearBuilt = fc.oneof(
    year.map(exact),
    fc.tuple(year, year).map(ends => range(...ends)),
  );
  fc.assert(
    fc.property(yearBuilt, fc.oneof(year, fc.integer({ min: 0, max: 501 })), (built, designLifeYears) => {
      const facts = factsOfFile({ yearBuilt: built, designLifeYears }, null, 2026);
      expect(() => regimeDue(timeline, facts, '2026-11-28')).not.toThrow();
    }),
  );
});
