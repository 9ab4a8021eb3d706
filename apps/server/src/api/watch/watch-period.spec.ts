import { periodOf, watchedPart } from './watch-period';

const CHINA = 8 * 3_600_000;
const at = (text: string): number => Date.parse(text);

it.each([
  ['a month', { month: '2026-11' }, '2026-10-31T16:00:00Z', '2026-11-30T16:00:00Z'],
  ['February of a leap year', { month: '2028-02' }, '2028-01-31T16:00:00Z', '2028-02-29T16:00:00Z'],
  ['December', { month: '2026-12' }, '2026-11-30T16:00:00Z', '2026-12-31T16:00:00Z'],
  [
    'this month, which began by the wall clock a moment ago',
    {},
    '2026-10-31T16:00:00Z',
    '2026-11-30T16:00:00Z',
  ],
  ['a week', { week: '2026-11-23' }, '2026-11-22T16:00:00Z', '2026-11-29T16:00:00Z'],
])('%s by the wall clock', (_name, query, from, to) => {
  expect(periodOf(query, CHINA, at('2026-10-31T16:00:00Z'))).toEqual({ from: at(from), to: at(to) });
});

const period = { from: 100, to: 200 };
it.each([
  ['the whole of it', { startedAt: 0, endedAt: null }, 500, period],
  ['begun within', { startedAt: 150, endedAt: null }, 500, { from: 150, to: 200 }],
  ['ended within', { startedAt: 0, endedAt: 150 }, 500, { from: 100, to: 150 }],
  ['not yet over', { startedAt: 0, endedAt: null }, 120, { from: 100, to: 120 }],
  ['begun after', { startedAt: 200, endedAt: null }, 500, null],
  ['ended before', { startedAt: 0, endedAt: 100 }, 500, null],
  ['yet to come', { startedAt: 0, endedAt: null }, 100, null],
])('watched: %s', (_name, plan, now, expected) => {
  expect(watchedPart(period, plan, now)).toEqual(expected);
});
