import fc from 'fast-check';
import { ageOn, hasPassedDesignLife, hasReachedAge, yearFault, type YearBuilt } from './year-built';

const exact = (year: number): YearBuilt => ({ kind: 'exact', year });
const range = (from: number | null, to: number | null): YearBuilt => ({ kind: 'range', from, to });
const UNKNOWN: YearBuilt = { kind: 'unknown' };
const on = (text: string) => {
  const [year, month, day] = text.split('-').map(Number);
  return { year: year!, month: month!, day: day! };
};

it.each<[string, YearBuilt, number, string, string]>([
  ['the year before it can be full', exact(2000), 25, '2024-12-31', 'no'],
  ['somewhere in the year in which it gets full', exact(2000), 25, '2025-06-01', 'unknown'],
  ['on the last day of that year', exact(2000), 25, '2025-12-31', 'yes'],
  ['the year after', exact(2000), 25, '2026-01-01', 'yes'],
  ['on a leap day', exact(2000), 24, '2024-02-29', 'unknown'],
  ['a range of which both ends are old enough', range(1986, 1990), 30, '2028-01-01', 'yes'],
  ['a range of which one end is', range(1986, 2000), 30, '2026-11-28', 'unknown'],
  ['a range of which none is', range(2000, 2010), 30, '2026-11-28', 'no'],
  ['before a year', range(null, 1985), 30, '2026-11-28', 'yes'],
  ['before a year that is not long ago', range(null, 2010), 30, '2026-11-28', 'unknown'],
  ['after a year', range(2010, null), 30, '2026-11-28', 'no'],
  ['after a year that is long ago', range(1980, null), 30, '2026-11-28', 'unknown'],
  ['an unknown year', UNKNOWN, 30, '2026-11-28', 'unknown'],
  ['what is not built yet', exact(2030), 1, '2026-11-28', 'no'],
])('says of %s whether it has reached an age', (_name, built, years, day, answer) => {
  expect(hasReachedAge(built, years, on(day))).toBe(answer);
});

it('says nothing about a design life that nobody knows', () => {
  expect(hasPassedDesignLife(exact(1950), null, on('2026-11-28'))).toBe('unknown');
  expect(hasPassedDesignLife(exact(1950), 50, on('2026-11-28'))).toBe('yes');
});

it.each<[YearBuilt, string | null]>([
  [exact(1985), null],
  [range(null, 1985), null],
  [range(1985, 1985), null],
  [UNKNOWN, null],
  [range(null, null), 'a range needs'],
  [range(1990, 1985), 'ends before'],
  [exact(985), 'whole number'],
  [exact(1985.5), 'whole number'],
])('finds the fault of %j', (built, fault) => {
  if (fault === null) expect(yearFault(built)).toBeNull();
  else expect(yearFault(built)).toContain(fault);
});

const years = fc.integer({ min: 1900, max: 2050 });
const days = fc.record({
  year: years,
  month: fc.integer({ min: 1, max: 12 }),
  day: fc.integer({ min: 1, max: 28 }),
});

it('never says of a range what does not hold for each year in it', () => {
  fc.assert(
    fc.property(years, fc.nat(40), fc.nat(40), fc.nat(90), days, (from, width, inside, age, day) => {
      const whole = hasReachedAge(range(from, from + width), age, day);
      const one = hasReachedAge(exact(from + Math.min(inside, width)), age, day);
      if (whole !== 'unknown') expect(one).toBe(whole);
    }),
  );
});

it('never grows younger', () => {
  fc.assert(
    fc.property(years, days, fc.nat(50), (year, day, later) => {
      const now = ageOn(exact(year), day);
      const then = ageOn(exact(year), { ...day, year: day.year + later });
      expect(then.youngest!).toBeGreaterThanOrEqual(now.youngest!);
      expect(now.oldest!).toBeGreaterThanOrEqual(now.youngest!);
    }),
  );
});
