import { readFileSync } from 'node:fs';
import type { Severity } from '@anmai/catalog';
import { SECOND_MS } from '@anmai/kernel';
import { tracksOf } from '../testing/life-timeline';
import { monitorWith, ruleOf, run } from '../testing/timeline';
import { alarmLines } from './alarm-lines';
import { alarmViewAt } from './alarm-view';
import { PLAIN_CONTEXT, type LifeContext } from './life';
import type { Tracks } from './life-of';
import { DEFAULT_LIFE_SETTINGS } from './settings';

/**
 * Black-box scenarios restated from the acceptance tests of Prometheus and Alertmanager, as timelines of ours. Beside the
 * project; without them this file fails, it never skips. Where we differ on purpose, the case says so.
 */
const SHARED = process.env['ANMAI_SHARED'];
const BESIDE = new URL('../../../../../shared/data/vectors/alarm_scenarios.json', import.meta.url);
const FILE = SHARED === undefined ? BESIDE : `${SHARED}/data/vectors/alarm_scenarios.json`;
const { scenarios } = JSON.parse(readFileSync(FILE, 'utf8')) as { scenarios: { id: string }[] };

const belowFor = (seconds: number, ...limits: readonly [Severity, number][]) =>
  ruleOf({
    type: 'threshold',
    limits: limits.map(([severity, below]) => ({ severity, below })),
    raiseAfter: { seconds },
  });

/** 'minute value, …' as seconds. */
const minutes = (timeline: string): string =>
  timeline.replace(/(^|, )(\d+)/g, (_, gap, m) => `${gap}${Number(m) * 60}`);

it('for-duration: pending tells nothing, at exactly the hold one alarm', () => {
  const zeros = Array.from({ length: 10 }, (_, minute) => `${minute} 0`);
  const monitor = monitorWith([belowFor(300, ['yellow', 0])]);
  expect(run(monitor, minutes(zeros.slice(0, 5).join(', ')))).toBe('');
  expect(run(monitor, minutes(zeros.slice(5).join(', ')))).toBe('300 raised yellow');
});

it('no-for-fires-at-once: without a hold the first sample raises', () => {
  const rule = ruleOf({ type: 'threshold', limits: [{ severity: 'yellow', above: 0 }] });
  expect(run(monitorWith([rule]), '0 0')).toBe('0 raised yellow');
});

/**
 * Differs: at 5 min sharp the last value is still valid there and no data here, for the border counts as met; and absence
 * is not only the end of a series but an alarm. The old value is not evaluated again in both.
 */
it('missing-sample-lookback: after five silent minutes there is no data, and that is told', () => {
  const noData = ruleOf({ type: 'noData', after: { seconds: 300 } }, { id: 'silent' });
  const low = ruleOf({
    type: 'threshold',
    limits: [{ severity: 'red', below: 1 }],
    raiseAfter: { samples: 2 },
  });
  expect(run(monitorWith([low, noData]), '0 0, 299 tick')).toBe('');
  expect(run(monitorWith([low, noData]), '0 0, 300 tick')).toBe('300 raised yellow');
  expect(run(monitorWith([low, noData]), '0 0, 420 5')).toBe('300 raised yellow, 420 cleared yellow');
});

/**
 * Differs: each limit has its own hold, so a value that flips between two levels has met the lower one all the time
 * (raised at 1 min, there at 3 min); and where the data end the alarm goes blind instead of being resolved.
 */
it('hysteresis-of-one-dip: flipping between levels loses no alarm, and silence does not resolve it', () => {
  const monitor = monitorWith([belowFor(60, ['yellow', 100], ['red', 80])]);
  expect(run(monitor, minutes('0 75, 1 85, 2 70, 3 70'))).toBe('60 raised yellow, 180 escalated red');
  expect(run(monitor, '86400 tick')).toBe('330 blinded red');
});

/** Alarms by name, each with its sensor, as of a second: '+' calls, '-' does not; newest first. */
function page(
  alarms: Readonly<Record<string, string>>,
  second: number,
  settings = DEFAULT_LIFE_SETTINGS,
): string {
  const context: LifeContext = { ...PLAIN_CONTEXT, settingsAt: () => settings };
  const raised = Object.entries(alarms).filter(([, timeline]) => parseFloat(timeline) <= second);
  const tracks = raised.map(([name, timeline]): [string, Tracks] => [
    name,
    tracksOf(until(timeline, second), { alarmId: name, sensorId: name }),
  ]);
  const views = tracks.map(([, each]) => alarmViewAt(each, context, second * SECOND_MS));
  return alarmLines(views, () => null)
    .map(({ head, isCalling }) => `${head.id}${isCalling ? '+' : '-'}`)
    .join(' ');
}

/** What has happened by a second. */
const until = (timeline: string, second: number): string =>
  timeline
    .split(', ')
    .filter(cell => parseFloat(cell) <= second)
    .join(', ');

/**
 * Differs: the page waits for no group (there A comes 0.9 s late to come together with B): what is raised is there.
 * Only a watch that chatters is grouped. What is repeated is an alarm that somebody has acknowledged and that is still
 * on, at its re-alarm time; one that nobody has answered goes on calling and needs no repeat.
 */
it('grouping-and-change: each is there at once, nothing is told again while nothing changes, then once', () => {
  const repeating = {
    ...DEFAULT_LIFE_SETTINGS,
    reAlarmMs: { ...DEFAULT_LIFE_SETTINGS.reAlarmMs, yellow: 4_900 },
  };
  const alarms = {
    A: '1.1 raised yellow, 4.3 ack',
    B: '1.7 raised yellow',
    C: '3.3 raised yellow',
    D: '3.3 raised yellow',
    E: '3.3 raised yellow',
  };
  const at = (second: number): string => page(alarms, second, repeating);
  expect([at(1), at(1.1), at(1.7), at(3.3)]).toEqual(['', 'A+', 'B+ A+', 'C+ D+ E+ B+ A+']);
  expect([at(4.3), at(9.1), at(9.199)]).toEqual(Array(3).fill('C+ D+ E+ B+ A-'));
  expect([at(9.2), at(99)]).toEqual(Array(2).fill('C+ D+ E+ B+ A+'));
});

/** Differs: a silence hides what matches whatever it becomes; a shelf ends with a rise above what was shelved. */
it('silence-window: a shelved alarm is there, does not call, and calls again at the end', () => {
  const alarms = { A: '1 raised yellow, 2.5 shelve 4.5', B: '1 raised yellow' };
  expect([2, 2.499].map(second => page(alarms, second))).toEqual(Array(2).fill('A+ B+'));
  expect([2.5, 3, 4, 4.499].map(second => page(alarms, second))).toEqual(Array(4).fill('A- B+'));
  expect([4.5, 5].map(second => page(alarms, second))).toEqual(Array(2).fill('A+ B+'));
  const rising = { ...alarms, A: `${alarms.A}, 3.5 escalated orange` };
  expect([3.4, 3.5].map(second => page(rising, second))).toEqual(['A- B+', 'A+ B+']);
});

it('restates all of them', () => {
  expect(scenarios.map(({ id }) => id)).toEqual([
    'for-duration',
    'no-for-fires-at-once',
    'missing-sample-lookback',
    'hysteresis-of-one-dip',
    'grouping-and-change',
    'silence-window',
  ]);
});
