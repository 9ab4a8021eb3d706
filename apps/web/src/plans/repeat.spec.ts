import fc from 'fast-check';
import { repeatAs, repeatOf, rruleOf, WEEKDAYS, type Repeat } from './repeat';

it.each([
  [null, 'once'],
  ['FREQ=DAILY', 'daily'],
  ['FREQ=WEEKLY;BYDAY=MO,WE', 'weekly'],
  ['FREQ=MONTHLY;BYMONTHDAY=1,15;COUNT=6', 'monthly'],
  ['BYDAY=TU;FREQ=WEEKLY;INTERVAL=2;UNTIL=20261231', 'weekly'],
  ['FREQ=MONTHLY;BYDAY=2TU', 'own'],
  ['FREQ=WEEKLY;UNTIL=20261231T235959Z', 'own'],
  ['FREQ=YEARLY', 'own'],
  ['FREQ=WEEKLY;BYSETPOS=1', 'own'],
])('%s is shown as %s', (rrule, kind) => expect(repeatOf(rrule).kind).toBe(kind));

const end = fc.oneof(
  fc.constant(null),
  fc.record({ count: fc.integer({ min: 1, max: 1_000 }) }),
  fc.record({ until: fc.constantFrom('2026-12-31', '2027-02-01') }),
);
const every = fc.integer({ min: 1, max: 100 });
const repeat: fc.Arbitrary<Repeat> = fc.oneof(
  fc.constant<Repeat>({ kind: 'once' }),
  fc.record({
    kind: fc.constant('daily' as const),
    every,
    end,
    days: fc.constant([]),
    monthDays: fc.constant([]),
  }),
  fc.record({
    kind: fc.constant('weekly' as const),
    every,
    end,
    days: fc.subarray([...WEEKDAYS]),
    monthDays: fc.constant([]),
  }),
  fc.record({
    kind: fc.constant('monthly' as const),
    every,
    end,
    days: fc.constant([]),
    monthDays: fc.subarray([1, 2, 15, 28, 31, -1]),
  }),
);

it('comes back from its rule as it was', () =>
  fc.assert(
    fc.property(repeat, each => {
      expect(repeatOf(rruleOf(each))).toEqual(each);
    }),
  ));

it.each([
  ['weekly', 'FREQ=WEEKLY;INTERVAL=2;COUNT=3'],
  ['own', 'FREQ=DAILY;INTERVAL=2;COUNT=3'],
  ['once', null],
] as const)('keeps what fits when it becomes %s', (kind, rrule) =>
  expect(rruleOf(repeatAs(kind, repeatOf('FREQ=DAILY;INTERVAL=2;COUNT=3')))).toBe(rrule),
);
