import fc from 'fast-check';
import { clockOf, minuteOf, spanOf, spanWords } from './day-time';
import { rowFault, rowsOf, shiftsOf, withClock } from './shift-rows';

it.each([
  ['08:00', '20:00', 480, 1_200, '08:00–20:00'],
  ['20:00', '08:00', 1_200, 1_920, '20:00–08:00'],
  ['00:00', '00:00', 0, 1_440, '00:00–24:00'],
  ['12:00', '12:00', 720, 2_160, '12:00–12:00'],
  ['23:59', '00:00', 1_439, 1_440, '23:59–24:00'],
])('%s to %s', (from, to, fromMinute, toMinute, said) => {
  expect(spanOf(from, to)).toEqual({ fromMinute, toMinute });
  expect(spanWords({ fromMinute, toMinute })).toBe(said);
});

it.each(['', '8:00', '24:00', '12:60', 'ab:cd'])('%j is no time of day', text =>
  expect([minuteOf(text), spanOf(text, '08:00')]).toEqual([null, null]),
);

it('reads back what a clock shows', () =>
  fc.assert(
    fc.property(fc.nat(1_439), minute => {
      expect(minuteOf(clockOf(minute))).toBe(minute);
    }),
  ));

const shift = (weekday: number, fromMinute: number, recipientIds: string[]) => ({
  weekday,
  fromMinute,
  toMinute: fromMinute + 600,
  recipientIds,
});

it('puts weekdays of the same shift into one row, and takes them apart again', () => {
  const shifts = [
    shift(2, 480, ['li']),
    shift(1, 480, ['li']),
    shift(1, 1_200, ['wang']),
    shift(6, 480, ['zhao']),
  ];
  const rows = rowsOf(shifts);
  expect(rows.map(row => `${row.weekdays.join('')} ${row.fromMinute} ${row.recipientIds.join()}`)).toEqual([
    '12 480 li',
    '6 480 zhao',
    '1 1200 wang',
  ]);
  const key = (each: object): string => JSON.stringify(each);
  expect(shiftsOf(rows).map(key).sort()).toEqual(shifts.map(key).sort());
});

it('keeps a row while its clock is half typed', () => {
  const row = { weekdays: [1], fromMinute: 480, toMinute: 1_200, recipientIds: ['li'] };
  expect(withClock(row, '', '20:00')).toBe(row);
  expect(withClock(row, '22:00', '06:00')).toMatchObject({ fromMinute: 1_320, toMinute: 1_800 });
  expect([rowFault(row), rowFault({ ...row, weekdays: [] }), rowFault({ ...row, recipientIds: [] })]).toEqual(
    [null, 'days', 'people'],
  );
});
