import { nextTurns, windowState, type WindowDraft } from './turns';

const HOUR_MS = 3_600_000;
const at = (text: string): number => Date.parse(`${text}+08:00`);
const NOW = at('2026-11-28T10:00:00');
const window = (over: Partial<WindowDraft>): WindowDraft => ({
  id: 'w',
  assetIds: ['well-1'],
  sensorIds: [],
  startAt: at('2026-11-23T09:00:00'),
  durationMs: 2 * HOUR_MS,
  rrule: null,
  reason: '清洗探头',
  ...over,
});
const told = (draft: WindowDraft, count = 3): string => {
  const found = nextTurns(draft, NOW, count);
  if ('fault' in found) return found.fault;
  return found.turns.map(({ from }) => new Date(from + 8 * HOUR_MS).toISOString().slice(5, 16)).join(' ');
};

it.each([
  ['once and over', {}, ''],
  ['once and on', { startAt: at('2026-11-28T09:00:00') }, '11-28T09:00'],
  ['once, far ahead', { startAt: at('2028-01-01T09:00:00') }, '01-01T09:00'],
  ['each week on the weekday of its start', { rrule: 'FREQ=WEEKLY' }, '11-30T09:00 12-07T09:00 12-14T09:00'],
  ['the one that is on comes first', { rrule: 'FREQ=DAILY' }, '11-28T09:00 11-29T09:00 11-30T09:00'],
  ['days that a month does not have are left out', { rrule: 'FREQ=MONTHLY;BYMONTHDAY=31' }, '12-31T09:00 01-31T09:00 03-31T09:00'],
  ['counted from the start', { rrule: 'FREQ=WEEKLY;COUNT=2' }, '11-30T09:00'],
  ['what is not understood says so', { rrule: 'FREQ=YEARLY' }, 'FREQ has to be DAILY, WEEKLY or MONTHLY'],
  ['nothing named', { assetIds: [] }, 'name an asset or a sensor'],
])('%s', (_name, over, expected) => expect(told(window(over))).toBe(expected)); // prettier-ignore

it.each([
  ['now', {}, at('2026-11-28T09:00:00')],
  ['ahead', { rrule: 'FREQ=WEEKLY' }, at('2026-11-23T09:00:00')],
  ['over', {}, at('2026-11-27T09:00:00')],
] as const)('is %s', (state, over, startAt) =>
  expect(windowState(window({ ...over, startAt }), NOW).state).toBe(state),
);
