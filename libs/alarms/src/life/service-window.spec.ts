import { DAY_MS, HOUR_MS } from '@anmai/kernel';
import fc from 'fast-check';
import { occurrences } from './occurrences';
import { parseRecurrence, type Recurrence } from './recurrence';
import {
  compileWindow,
  isOutOfService,
  serviceSpells,
  type CompiledWindow,
  type ServiceWindow,
} from './service-window';

const CHINA_MS = 8 * HOUR_MS;
const utc = (text: string): number => Date.parse(text);
const read = (text: string): Recurrence => {
  const parsed = parseRecurrence(text);
  if (!parsed.ok) throw new Error(parsed.error);
  return parsed.value;
};
/** Local days in China on which a rule falls, from 2026-01-05 (a Monday) 22:00 local on, until 2026-04-01. */
function days(text: string): string {
  const start = { startAt: utc('2026-01-05T14:00:00Z'), utcOffsetMs: CHINA_MS };
  const found = occurrences(read(text), start, utc('2026-01-01T00:00:00Z'), utc('2026-03-31T16:00:00Z'));
  expect(found.every(at => (at + CHINA_MS) % DAY_MS === 22 * HOUR_MS)).toBe(true);
  return found.map(at => new Date(at + CHINA_MS).toISOString().slice(5, 10)).join(' ');
}

it.each([
  ['FREQ=DAILY;COUNT=3', '01-05 01-06 01-07'],
  ['FREQ=DAILY;INTERVAL=20', '01-05 01-25 02-14 03-06 03-26'],
  ['FREQ=DAILY;BYDAY=SA,SU;COUNT=3', '01-10 01-11 01-17'],
  ['FREQ=DAILY;UNTIL=20260107', '01-05 01-06 01-07'],
  ['FREQ=DAILY;UNTIL=20260107T140000Z', '01-05 01-06 01-07'],
  ['FREQ=DAILY;UNTIL=20260107T135959Z', '01-05 01-06'],
  ['FREQ=WEEKLY;COUNT=3', '01-05 01-12 01-19'],
  ['FREQ=WEEKLY;INTERVAL=2;BYDAY=SU,TU;COUNT=4', '01-06 01-11 01-20 01-25'],
  ['RRULE:FREQ=MONTHLY', '01-05 02-05 03-05'],
  ['FREQ=MONTHLY;BYMONTHDAY=31', '01-31 03-31'],
  ['FREQ=MONTHLY;BYMONTHDAY=-1', '01-31 02-28 03-31'],
  ['FREQ=MONTHLY;BYDAY=2TU', '01-13 02-10 03-10'],
  ['FREQ=MONTHLY;BYDAY=-1FR', '01-30 02-27 03-27'],
  ['FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13', '02-13 03-13'],
  ['freq=monthly;interval=2', '01-05 03-05'],
])('%s falls on %s', (text, expected) => {
  expect(days(text)).toBe(expected);
});

it.each([
  ['', '"" is not supported'],
  ['FREQ=YEARLY', 'FREQ has to be'],
  ['INTERVAL=2', 'FREQ has to be'],
  ['FREQ=DAILY;BYHOUR=3', '"BYHOUR=3" is not supported'],
  ['FREQ=DAILY;FREQ=DAILY', 'FREQ twice'],
  ['FREQ=DAILY;INTERVAL=0', 'INTERVAL has to be'],
  ['FREQ=DAILY;COUNT=1001', 'COUNT has to be'],
  ['FREQ=DAILY;COUNT=2;UNTIL=20260107', 'exclude each other'],
  ['FREQ=DAILY;UNTIL=20260231', 'UNTIL has to be'],
  ['FREQ=DAILY;UNTIL=20260107T250000Z', 'UNTIL has to be'],
  ['FREQ=DAILY;UNTIL=20260107T100000', 'UNTIL has to be'],
  ['FREQ=WEEKLY;BYDAY=2TU', 'BYDAY has to be'],
  ['FREQ=WEEKLY;BYDAY=XX', 'BYDAY has to be'],
  ['FREQ=WEEKLY;BYMONTHDAY=1', 'BYMONTHDAY has to be'],
  ['FREQ=MONTHLY;BYMONTHDAY=32', 'BYMONTHDAY has to be'],
])('%s is refused: %s', (text, reason) => {
  const parsed = parseRecurrence(text);
  expect(parsed.ok ? '' : parsed.error).toContain(reason);
});

it('gives the same whichever way a stretch is asked for', () => {
  const texts = [
    'FREQ=DAILY;INTERVAL=3',
    'FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,SA',
    'FREQ=MONTHLY;BYDAY=-1SU',
    'FREQ=DAILY;COUNT=90',
    'FREQ=MONTHLY;INTERVAL=5;BYMONTHDAY=31',
  ];
  const arbitrary = fc.record({
    text: fc.constantFrom(...texts),
    from: fc.nat(900),
    cut: fc.nat(200),
    rest: fc.nat(200),
  });
  const start = { startAt: utc('2026-01-31T01:00:00Z'), utcOffsetMs: CHINA_MS };
  fc.assert(
    fc.property(arbitrary, ({ text, from, cut, rest }) => {
      const at = (day: number): number => start.startAt + (day - 30) * DAY_MS + 5 * HOUR_MS;
      const whole = occurrences(read(text), start, at(from), at(from + cut + rest));
      const parts = [
        ...occurrences(read(text), start, at(from), at(from + cut)),
        ...occurrences(read(text), start, at(from + cut), at(from + cut + rest)),
      ];
      expect(parts).toEqual(whole);
      const fromStart = occurrences(read(text), start, start.startAt, at(from + cut + rest));
      expect(fromStart.filter(each => each >= at(from))).toEqual(whole);
    }),
  );
});

const WINDOW: ServiceWindow = {
  id: 'w1',
  assetIds: ['a1'],
  sensorIds: [],
  startAt: utc('2026-01-05T14:00:00Z'),
  durationMs: 4 * HOUR_MS,
  rrule: 'FREQ=WEEKLY',
  utcOffsetMs: CHINA_MS,
  reason: 'calibration',
};
const compiled = (over: Partial<ServiceWindow> = {}): CompiledWindow => {
  const result = compileWindow({ ...WINDOW, ...over });
  if (!result.ok) throw new Error(result.error);
  return result.value;
};
const TARGET = { sensorId: 's1', assetId: 'a1' };

it.each([
  ['a second before', '2026-01-12T13:59:59Z', null],
  ['at its beginning', '2026-01-12T14:00:00Z', '2026-01-12T18:00:00.000Z'],
  ['at its last second', '2026-01-12T17:59:59Z', '2026-01-12T18:00:00.000Z'],
  ['at its end', '2026-01-12T18:00:00Z', null],
  ['before the first', '2025-12-29T15:00:00Z', null],
])('out of service %s', (_name, at, until) => {
  const spell = isOutOfService([compiled()], TARGET, utc(at));
  expect(spell === null ? null : new Date(spell.to).toISOString()).toBe(until);
});

it('is of the sensors and assets that the window names', () => {
  const at = WINDOW.startAt;
  expect(isOutOfService([compiled({ assetIds: ['a2'] })], TARGET, at)).toBeNull();
  expect(isOutOfService([compiled({ assetIds: [], sensorIds: ['s1'] })], TARGET, at)).not.toBeNull();
});

it('lasts as long as the longest of the windows that overlap', () => {
  const longer = compiled({ id: 'w2', rrule: null, durationMs: 9 * HOUR_MS });
  expect(isOutOfService([longer, compiled()], TARGET, WINDOW.startAt)?.windowId).toBe('w2');
});

it('gives the turns that touch a stretch', () => {
  const spells = serviceSpells([compiled()], TARGET, WINDOW.startAt + HOUR_MS, WINDOW.startAt + 14 * DAY_MS);
  expect(spells.map(({ from }) => (from - WINDOW.startAt) / DAY_MS)).toEqual([0, 7]);
});

it.each([
  [{ assetIds: [] }, 'name an asset'],
  [{ reason: ' ' }, 'say what'],
  [{ durationMs: 8 * DAY_MS }, 'durationMs'],
  [{ durationMs: 0 }, 'durationMs'],
  [{ rrule: 'FREQ=HOURLY' }, 'FREQ'],
] as const)('a window with %o is refused: %s', (over, reason) => {
  const result = compileWindow({ ...WINDOW, ...over });
  expect(result.ok ? '' : result.error).toContain(reason);
});
