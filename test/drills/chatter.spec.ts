import {
  alarmLines,
  chatterOf,
  DEFAULT_LIFE_SETTINGS,
  foldAlarm,
  watchOf,
  type AlarmView,
} from '@anmai/alarms';
import { Drill, local, SECOND, type Site } from './drill';

/*
 * A loose contact: a detector that reports each 5 s jumps over its limit and back, each 20 s, for five minutes. Three activations
 * of one tag in 60 s is chatter (lifelines.md 6.2): one line on the page, in which nothing is lost.
 */
const SITES: readonly Site[] = [
  { id: 'well', kind: 'gas.well', at: [0, 0], sensors: { ch4: ['gas.combustible', '%LEL', 5] } },
  { id: 'other', kind: 'gas.well', at: [9_000, 0], sensors: { 'other.ch4': ['gas.combustible', '%LEL', 5] } },
];
const START = local('2026-04-08 12:00');
const CHATTER = 60;
const SAMPLES = 120;

/** Readings over the limit and three under it, again and again: each run of three clears. */
function run(highs: readonly number[]): Drill {
  const drill = new Drill(SITES, START, SECOND);
  for (let i = 0; i < SAMPLES; i++) {
    const phase = i % (highs.length + 3);
    const isHigh = i < CHATTER && phase < highs.length;
    drill.read(START + i * 5 * SECOND, { ch4: isHigh ? highs[phase]! : 2, 'other.ch4': i < 30 ? 1 : 22 });
  }
  return drill;
}

function linesOf(drill: Drill): ReturnType<typeof alarmLines> {
  const views: AlarmView[] = [...new Set(drill.alarms.map(each => each.alarmId))].map(id =>
    foldAlarm(drill.alarms.filter(each => each.alarmId === id), []),
  ); // prettier-ignore
  return alarmLines(views, watch => {
    const raises = views.filter(each => watchOf(each) === watch).map(each => each.raisedAt);
    return chatterOf(raises, drill.now, DEFAULT_LIFE_SETTINGS.chatter, 5 * SECOND).run;
  });
}

it('raises 15 times and is one line; the well that really fills has its own', () => {
  const drill = run([24]);
  const raises = drill.changes('gas-adjacent', 'raised', 'ch4');
  expect(raises).toHaveLength(15);
  // The third raise comes 40 s after the first.
  expect(raises[2]!.at - raises[0]!.at).toBe(40 * SECOND);
  const lines = linesOf(drill).filter(line => line.head.ruleId === 'gas-adjacent');
  expect(lines.map(line => [line.head.sensorId, line.alarms.length, line.chattering?.count ?? null])).toEqual(
    [
      ['ch4', 15, 15],
      ['other.ch4', 1, null],
    ],
  );
  // Unseen as long as one of them is.
  expect(lines.map(line => line.acknowledged)).toEqual([false, false]);
});

it('is one incident, not fifteen', () => {
  expect(
    run([24])
      .views('gas')
      .map(each => each.sensorIds),
  ).toEqual([['other.ch4'], ['ch4']]);
});

it('does not hide in its line what one of them was: the worst counts', () => {
  const drill = run([24, 60]);
  const [line] = linesOf(drill).filter(
    each => each.head.sensorId === 'ch4' && each.head.ruleId === 'gas-adjacent',
  );
  expect(line!.alarms).toHaveLength(12);
  expect(drill.changes('gas-adjacent', 'escalated', 'ch4')).toHaveLength(12);
  expect(line!.severity).toBe('orange');
});

it('would not chatter at the border: within the deadband an alarm stays on', () => {
  const drill = new Drill(SITES, START, SECOND);
  for (let i = 0; i < SAMPLES; i++) drill.read(START + i * 5 * SECOND, { ch4: i % 2 === 0 ? 20.4 : 18.2 });
  expect(drill.changes('gas-adjacent').map(each => each.kind)).toEqual(['raised']);
});
