import { patrolDueOn } from './patrol';
import type { RegimeTimeline } from './rule-set';
import { BLANK } from './rule-sets';

const every = (days: number | null): RegimeTimeline => [
  { from: '2026-01-01', ruleSet: { ...BLANK, patrolEveryDays: { ...BLANK.patrolEveryDays, value: days } } },
];
it.each([
  ['half a year after the last', every(182), '2026-06-01', '2026-11-28', '2026-11-30'],
  ['never patrolled: so long after the rules began', every(182), null, '2026-11-28', '2026-07-02'],
  ['not asked for', every(null), null, '2026-11-28', null],
  ['the rules do not hold yet', every(182), null, '2025-12-31', null],
  ['across a leap day', every(2), '2028-02-28', '2028-02-28', '2028-03-01'],
])('a patrol: %s', (_name, timeline, last, today, expected) => {
  expect(patrolDueOn(timeline, last, today)).toBe(expected);
});
