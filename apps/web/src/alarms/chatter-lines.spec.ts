import { alarmSample } from './alarm-sample';
import { chatterLines } from './chatter-lines';

const NOW_MS = Date.parse('2026-11-22T02:45:00Z');
const at = (second: number): string =>
  new Date(Date.parse('2026-11-22T02:44:00Z') + second * 1_000).toISOString();
const book = (...alarms: ReturnType<typeof alarmSample>[]) => new Map(alarms.map(alarm => [alarm.id, alarm]));
const three = (over: object = {}) => [
  alarmSample({ id: 'a', raisedAt: at(0), condition: 'cleared' }),
  alarmSample({ id: 'b', raisedAt: at(20), condition: 'cleared' }),
  alarmSample({ id: 'c', raisedAt: at(40), ...over }),
];
const drawn = (...alarms: ReturnType<typeof alarmSample>[]): string =>
  [...chatterLines(book(...alarms), NOW_MS).heads.keys()].join(' ');

it('draws three raises within a minute as one line, with all of them behind it', () => {
  const { heads, runs } = chatterLines(book(...three()), NOW_MS);
  expect([...heads.keys()]).toEqual(['c']);
  expect(runs.get('c')?.map(alarm => alarm.id)).toEqual(['c', 'b', 'a']);
});

it.each([
  ['two are no chatter', three().slice(1), 'b c'],
  ['what nobody has seen stands for the line', three({ acknowledged: true }), 'b'],
  ['the worst that nobody has seen stands for it', [...three().slice(1), alarmSample({ id: 'a', severity: 'red', raisedAt: at(0) })], 'a'],
  ['another sensor has its own line', [...three(), alarmSample({ id: 'd', sensorId: 'other', raisedAt: at(41) })], 'c d'],
  ['it is over after ten quiet minutes', three().map(alarm => ({ ...alarm, raisedAt: alarm.raisedAt.replace('T02', 'T01') })), 'a b c'],
])('%s', (_name, alarms, expected) => expect(drawn(...alarms)).toBe(expected)); // prettier-ignore

it('counts by the settings that hold', () => {
  const settings = { activationsMin: 2, withinMs: 30_000, withinIntervals: 2, quietMs: 600_000 };
  const [, ...two] = three();
  expect([...chatterLines(book(...two), NOW_MS, settings).heads.keys()]).toEqual(['c']);
  const strict = { ...settings, activationsMin: 4 };
  expect([...chatterLines(book(...three()), NOW_MS, strict).heads.keys()]).toEqual(['a', 'b', 'c']);
});
