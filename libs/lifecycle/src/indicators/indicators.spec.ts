import fc from 'fast-check';
import { HOUR_MS } from '@anmai/kernel';
import { CITY_KEYS, CITY_SPECS, indicatorOf, shareOf, shareText } from './indicator';
import { reportMonthOf, monthsAfter, monthSpan, yearStart } from './month';

const SPEC = CITY_SPECS[1]!;

it.each<[string, [string, number, number][] | null, string, string]>([
  [
    'counts over all districts',
    [
      ['b', 1, 2],
      ['a', 3, 3],
    ],
    '4/5 missed 80.0 %',
    'a 100.0 % b 50.0 %',
  ],
  ['just meets the target', [['a', 95, 100]], '95/100 met 95.0 %', 'a 95.0 %'],
  ['no record is no data, never 100 %', null, '0/0 noData —', ''],
  ['nothing counted is no data, never 100 %', [], '0/0 noData —', ''],
  [
    'a district with nothing to count is left out, not whole',
    [
      ['a', 0, 0],
      ['b', 0, 4],
    ],
    '0/4 missed 0.0 %',
    'b 0.0 %',
  ],
])('%s', (_name, counts, all, districts) => {
  const found = indicatorOf(
    SPEC,
    counts?.map(([district, numerator, denominator]) => ({ district, numerator, denominator })) ?? null,
  );
  expect(`${found.numerator}/${found.denominator} ${found.status} ${shareText(found)}`).toBe(all);
  expect(found.districts.map(each => `${each.district} ${shareText(each)}`).join(' ')).toBe(districts);
});

it('100 % is only what is whole', () => {
  expect(shareText(shareOf(99_999, 100_000, 1))).toBe('99.9 %');
  const count = fc.integer({ min: 1, max: 9_000_000_000_000_000 });
  fc.assert(
    fc.property(count, count, (a, b) => {
      const [low, high] = [Math.min(a, b), Math.max(a, b)];
      const text = shareText(shareOf(low, high, 1));
      expect(text === '100.0 %').toBe(low === high);
    }),
  );
});

it('every key has its definition', () => expect(CITY_SPECS.map(spec => spec.key)).toEqual([...CITY_KEYS]));

it('months are those of the wall clock', () => {
  const east = 8 * HOUR_MS;
  const { from, to } = monthSpan('2026-12', east);
  expect([
    reportMonthOf(from, east),
    reportMonthOf(from - 1, east),
    reportMonthOf(to - 1, east),
    reportMonthOf(to, east),
  ]).toEqual(['2026-12', '2026-11', '2026-12', '2027-01']);
  expect([monthsAfter('2026-12', 1), monthsAfter('2026-01', -1), monthsAfter('2026-03', -11)]).toEqual([
    '2027-01',
    '2025-12',
    '2025-04',
  ]);
  expect(yearStart('2026-12', east)).toBe(Date.UTC(2025, 11, 31, 16));
});
