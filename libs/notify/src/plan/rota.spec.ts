import fc from 'fast-check';
import { AT, CHINA_MS } from '../testing/builders';
import { weekdayOf } from './local-day';
import { quietUntil } from './quiet';
import type { Quiet } from './recipient';
import { onDuty, rotaGaps, type Rota } from './rota';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** An instant of the week of Monday 2021-07-19, local time of China: '2 16:30' is Tuesday afternoon. */
function on(when: string): number {
  const [weekday, hour, minute] = when.split(/[ :]/).map(Number) as [number, number, number];
  return Date.UTC(2021, 6, 18 + weekday, hour, minute) - CHINA_MS;
}

const EVERY_DAY = [1, 2, 3, 4, 5, 6, 7];
const ROTA: Rota = {
  id: 'desk',
  shifts: EVERY_DAY.flatMap(weekday => [
    { weekday, fromMinute: 480, toMinute: 1_200, recipientIds: ['day'] },
    {
      weekday,
      fromMinute: 1_200,
      toMinute: 1_920,
      recipientIds: weekday === 7 ? ['sunday', 'night'] : ['night'],
    },
  ]),
  exceptions: [
    { from: on('3 09:00'), to: on('3 10:00'), recipientIds: ['stand-in'], reason: '培训' },
    { from: on('3 09:30'), to: on('3 09:40'), recipientIds: [], reason: '无人' },
  ],
};

it.each([
  ['1 07:59', 'sunday night'],
  ['1 08:00', 'day'],
  ['1 19:59', 'day'],
  ['1 20:00', 'night'],
  ['2 00:00', 'night'],
  ['2 07:59', 'night'],
  ['3 08:59', 'day'],
  ['3 09:00', 'stand-in'],
  ['3 09:29', 'stand-in'],
  ['3 09:30', ''],
  ['3 09:40', 'stand-in'],
  ['3 10:00', 'day'],
  ['7 23:00', 'sunday night'],
])('on duty at %s: %s', (when, expected) =>
  expect(onDuty(ROTA, on(when), CHINA_MS).join(' ')).toBe(expected),
);

it('shows when nobody is on duty', () => {
  expect(rotaGaps(ROTA, on('1 00:00'), on('7 00:00'), CHINA_MS)).toEqual([
    { from: on('3 09:30'), to: on('3 09:40') },
  ]);
  const weekdaysOnly = { ...ROTA, exceptions: [], shifts: ROTA.shifts.filter(shift => shift.weekday <= 5) };
  expect(rotaGaps(weekdaysOnly, on('1 12:00'), on('1 12:00') + 7 * DAY, CHINA_MS)).toEqual([
    { from: on('6 08:00'), to: on('6 08:00') + 2 * DAY },
  ]);
  const empty = { ...ROTA, shifts: [], exceptions: [] };
  expect(rotaGaps(empty, AT, AT + DAY, CHINA_MS)).toEqual([{ from: AT, to: AT + DAY }]);
  expect(rotaGaps(empty, AT, AT + 400 * DAY, CHINA_MS)).toEqual([{ from: AT, to: AT + 62 * DAY }]);
});

it('has a gap exactly where nobody is on duty', () => {
  const shift = fc.record({
    weekday: fc.integer({ min: 1, max: 7 }),
    fromMinute: fc.integer({ min: 0, max: 1_439 }),
    toMinute: fc.integer({ min: 0, max: 2_879 }),
    recipientIds: fc.constant(['x']),
  });
  const instant = fc.integer({ min: AT, max: AT + 10 * DAY });
  fc.assert(
    fc.property(fc.array(shift, { maxLength: 8 }), instant, (shifts, at) => {
      const rota = { id: 'r', shifts, exceptions: [] };
      const inGap = rotaGaps(rota, AT, AT + 10 * DAY + 1, CHINA_MS).some(
        gap => gap.from <= at && at < gap.to,
      );
      expect(inGap).toBe(onDuty(rota, at, CHINA_MS).length === 0);
    }),
  );
});

it('knows the weekday where people live', () => {
  expect(weekdayOf(AT, CHINA_MS)).toBe(2);
  expect(weekdayOf(on('7 23:59'), CHINA_MS)).toBe(7);
  expect(weekdayOf(-1, 0)).toBe(3);
});

describe('quiet hours', () => {
  const NIGHT: Quiet = { fromMinute: 1_320, toMinute: 1_860, upTo: 'yellow' };
  it.each<[string, readonly Quiet[], 'blue' | 'yellow' | 'orange' | 'red', string, string | null]>([
    ['before they begin', [NIGHT], 'blue', '1 21:59', null],
    ['as they begin', [NIGHT], 'blue', '1 22:00', '2 07:00'],
    ['after midnight', [NIGHT], 'yellow', '2 03:00', '2 07:00'],
    ['as they end', [NIGHT], 'yellow', '2 07:00', null],
    ['not for worse', [NIGHT], 'orange', '2 03:00', null],
    ['never for red', [{ ...NIGHT, upTo: 'orange' }], 'red', '2 03:00', null],
    ['not even when stored data say so', [{ ...NIGHT, upTo: 'red' as 'orange' }], 'red', '2 03:00', null],
    [
      'joined with the next',
      [NIGHT, { fromMinute: 420, toMinute: 480, upTo: 'blue' }],
      'blue',
      '2 03:00',
      '2 08:00',
    ],
    ['none', [], 'blue', '2 03:00', null],
  ])('%s', (_name, quiet, severity, when, until) =>
    expect(quietUntil(quiet, severity, on(when), CHINA_MS)).toBe(until === null ? null : on(until)),
  );

  it('end some day even when every hour is quiet', () => {
    const always: Quiet = { fromMinute: 0, toMinute: 1_440, upTo: 'orange' };
    const until = quietUntil([always], 'blue', on('1 12:00'), CHINA_MS)!;
    expect(until).toBeLessThanOrEqual(on('1 12:00') + 14 * DAY);
  });
});
