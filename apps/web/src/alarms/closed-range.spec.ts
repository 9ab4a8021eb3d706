import { recent, wholeDays } from './closed-range';

const iso = (window: { from: number; to: number } | null) =>
  window && [window.from, window.to].map(at => new Date(at).toISOString().slice(0, 16));

it.each([
  ['one day, as the city counts it', '2026-11-22', '2026-11-22', ['2026-11-21T16:00', '2026-11-22T16:00']],
  ['several days', '2026-11-20', '2026-11-22', ['2026-11-19T16:00', '2026-11-22T16:00']],
  ['the wrong way round', '2026-11-22', '2026-11-20', ['2026-11-19T16:00', '2026-11-22T16:00']],
  ['one missing', '2026-11-22', '', null],
  ['no day', '2026-13-41', '2026-11-22', null],
])('%s', (_name, first, last, expected) => expect(iso(wholeDays(first, last))).toEqual(expected));

it('asks the same question within a minute', () => {
  const at = Date.parse('2026-11-22T02:42:07Z');
  expect(recent('hour24', at)).toEqual(recent('hour24', at + 40_000));
  expect(iso(recent('hour24', at))).toEqual(['2026-11-21T02:43', '2026-11-22T02:43']);
});
