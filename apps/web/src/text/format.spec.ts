import { countText, fullTime, readingText, shortTime, spanParts, valueText, wallTime } from './format';

const NOW = Date.parse('2026-11-22T02:42:07Z');

it.each([
  ['the same day of the city', '2026-11-22T01:00:00Z', '09:00:00'],
  ['the day before in the city, the same in UTC', '2026-11-21T15:59:59Z', '11-21 23:59'],
  ['the same day of the city, the day before in UTC', '2026-11-21T16:00:00Z', '00:00:00'],
  ['another day of the year', '2026-07-20T08:00:00Z', '07-20 16:00'],
  ['another year', '2025-07-20T08:00:00Z', '2025-07-20 16:00'],
])('short time of %s', (_name, at, expected) => expect(shortTime(at, NOW)).toBe(expected));

it('writes the full time and midnight as 00', () => {
  expect(fullTime('2026-11-21T16:00:00Z')).toBe('2026-11-22 00:00:00');
  expect(wallTime(NOW)).toEqual({ day: '2026-11-22', monthDay: '11-22', time: '10:42:07' });
});

it.each([
  [-5_000, '0 second'],
  [0, '0 second'],
  [42_900, '42 second'],
  [60_000, '1 minute'],
  [61_000, '1 minute 1 second'],
  [3 * 3_600_000 + 12 * 60_000 + 5_000, '3 hour 12 minute'],
  [3_600_000, '1 hour'],
  [86_400_000 + 3_600_000, '1 day 1 hour'],
])('a span of %d ms', (ms, expected) => {
  expect(
    spanParts(ms)
      .map(part => `${part.count} ${part.unit}`)
      .join(' '),
  ).toBe(expected);
});

it.each([
  [53.1, '53.1', '53.10'],
  [53.123456, '53.12', '53.12'],
  [50, '50', '50.00'],
  [0.14154, '0.142', '0.142'],
  [0.13, '0.13', '0.130'],
  [0.00012, '0.00012', '0.00012'],
  [12_340.4, '12,340', '12,340'],
  [862.34, '862.3', '862.3'],
  [-2.5, '-2.5', '-2.50'],
  [-0.0000001, '0', '0'],
  [0, '0', '0'],
  [null, '—', '—'],
  [Number.NaN, '—', '—'],
])('value %s', (value, limit, reading) =>
  expect([valueText(value), readingText(value)]).toEqual([limit, reading]),
);

it('writes rates short', () => {
  expect([countText(0.25), countText(12.34), countText(1234.5)]).toEqual(['0.3', '12.3', '1,235']);
});
