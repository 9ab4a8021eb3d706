import { historyText, tracksOf } from '../testing/life-timeline';
import { alarmViewAt } from './alarm-view';
import { inhibitionAlarmOf, suppressionsOf, type InhibitionRule } from './inhibition';
import { PLAIN_CONTEXT } from './life';
import { lifeOf, shelfAt, stateOf, type Tracks } from './life-of';

const BURST_HIDES_LOW: InhibitionRule = {
  id: 'i1',
  cause: { ruleIds: ['burst'] },
  hides: { ruleIds: ['low'], severityMax: 'yellow' },
  within: { kind: 'downstream', hops: 1 },
  reason: 'a burst lowers the pressure behind it',
};
const PIPES = new Map([
  ['p1', { kind: 'water.pipe', orgId: 'water-co', links: ['p2'] }],
  ['p2', { kind: 'water.pipe', orgId: 'water-co', links: [] }],
]);

/** The view of a low-pressure alarm on p2 beside the life of a burst on p1. */
function lowBeside(burst: string, low: string, second: number) {
  const tracks: [Tracks, Tracks] = [
    tracksOf(burst, { alarmId: 'al-burst', ruleId: 'burst', assetId: 'p1' }),
    tracksOf(low, { alarmId: 'al-low', ruleId: 'low', assetId: 'p2' }),
  ];
  const at = second * 1000;
  const alarms = tracks.map(each => inhibitionAlarmOf(each.changes[0]!, lifeOf(each, PLAIN_CONTEXT, at)));
  const suppressions = suppressionsOf(alarms, [BURST_HIDES_LOW], PIPES).get('al-low') ?? [];
  return alarmViewAt(tracks[1], { ...PLAIN_CONTEXT, suppressions }, at);
}

it.each([
  ['while the cause is on', '0 raised red', '10 raised yellow', 20, 'DSUPR'],
  ['from when the cause is there', '15 raised red', '10 raised yellow', 14, 'UNACK'],
  ['also when the consequence was first', '15 raised red', '10 raised yellow', 15, 'DSUPR'],
  ['not when the cause is over', '0 raised red, 20 cleared', '10 raised yellow', 20, 'UNACK'],
  ['not when nobody sees the cause any more', '0 raised red, 20 blinded', '10 raised yellow', 20, 'UNACK'],
  ['again when it is seen again', '0 raised red, 20 blinded, 25 restored', '10 raised yellow', 25, 'DSUPR'],
  ['not behind a cause that is shelved', '0 raised red, 20 shelve 60', '10 raised yellow', 20, 'UNACK'],
  ['again when the shelving is over', '0 raised red, 20 shelve 60', '10 raised yellow', 60, 'DSUPR'],
  ['not what rises above', '0 raised red', '10 raised yellow, 20 escalated orange', 20, 'UNACK'],
  ['what was over beneath', '0 raised red, 20 cleared', '10 raised yellow, 15 cleared', 20, 'RTNUN'],
])('hides %s', (_name, burst, low, second, state) => {
  expect(lowBeside(burst, low, second).state).toBe(state);
});

it('tells it with the cause, and when it ended', () => {
  const view = lowBeside('0 raised red, 20 cleared', '10 raised yellow', 30);
  expect(historyText(view)).toBe('10 system raised, 10 system suppressed, 20 system unsuppressed');
  expect(view.history[1]!.reason).toBe('a burst lowers the pressure behind it: hidden by al-burst');
});

describe('the shelf of a watch', () => {
  const first = tracksOf('0 raised yellow, 5 ack, 10 shelve 600, 20 cleared, 300 unshelve');
  const second = tracksOf('100 raised yellow', { alarmId: 'al-2' });

  it('goes on with the next alarm, as things stood at its raise', () => {
    const shelfBefore = shelfAt(first, PLAIN_CONTEXT, 100_000);
    expect(shelfBefore).toMatchObject({ until: 600_000, severity: 'yellow', by: 'li' });
    expect(stateOf(second, { ...PLAIN_CONTEXT, shelfBefore }, 400_000)).toBe('SHLVD');
    expect(stateOf(second, { ...PLAIN_CONTEXT, shelfBefore }, 600_000)).toBe('UNACK');
  });

  it.each([
    ['before there was one', 9],
    ['after it was unshelved', 300],
    ['before there was an alarm', -1],
  ])('there is none %s', (_name, at) => {
    expect(shelfAt(first, PLAIN_CONTEXT, at * 1000)).toBeNull();
  });
});
