import { betterFix, fixOf, isClockWrong, serverTime, type ClockFix } from './clock-fix';

const NOON = Date.UTC(2026, 10, 28, 12, 0, 0);
const date = (at: number): string => new Date(at).toUTCString();

it.each<[string, number, number, string | null, number | null]>([
  ['right clock', NOON, NOON + 200, date(NOON), 400],
  ['telephone an hour ahead', NOON + 3_600_000, NOON + 3_600_000, date(NOON), -3_599_500],
  ['telephone two days behind', NOON - 172_800_000, NOON - 172_800_000, date(NOON), 172_800_500],
  ['reply without a date', NOON, NOON + 10, null, null],
  ['rubbish for a date', NOON, NOON + 10, 'gestern', null],
  ['clock set back between', NOON, NOON - 1, date(NOON), null],
  ['reply that took 20 s', NOON, NOON + 20_000, date(NOON), -9_500],
  ['reply that took longer', NOON, NOON + 20_001, date(NOON), null],
])('%s', (_name, asked, heard, header, offset) => {
  expect(fixOf(asked, heard, header)?.offsetMs ?? null).toBe(offset);
});

const fix = (offsetMs: number, errorMs: number, measuredAt: number): ClockFix => ({
  offsetMs,
  errorMs,
  measuredAt,
});
it.each<[string, ClockFix | null, ClockFix, 'known' | 'fresh']>([
  ['first', null, fix(0, 900, 0), 'fresh'],
  ['less exact', fix(100, 600, 0), fix(300, 3_000, 60_000), 'known'],
  ['more exact', fix(100, 3_000, 0), fix(300, 600, 60_000), 'fresh'],
  ['half an hour later', fix(100, 600, 0), fix(300, 3_000, 1_800_001), 'fresh'],
  ['contradiction: the clock was set', fix(100, 600, 0), fix(90_000, 3_000, 60_000), 'fresh'],
  ['known from the future: the clock was set back', fix(100, 600, 90_000), fix(100, 3_000, 0), 'fresh'],
])('%s', (_name, known, fresh, expected) => {
  expect(betterFix(known, fresh)).toBe(expected === 'known' ? known : fresh);
});

it('says that a clock is wrong from two minutes on, and corrects any', () => {
  expect([
    isClockWrong(null),
    isClockWrong(fix(120_000, 500, 0)),
    isClockWrong(fix(-120_001, 500, 0)),
  ]).toEqual([false, false, true]);
  expect([serverTime(null, NOON), serverTime(fix(-5_000, 500, 0), NOON)]).toEqual([NOON, NOON - 5_000]);
});
