import { MINUTE_MS } from '@anmai/kernel';
import fc from 'fast-check';
import { viewOf } from '../testing/life-timeline';
import { alarmLines } from './alarm-lines';
import { chatterAt, chatterEndsAt, chatterOf, noteRaise, QUIET } from './chatter';
import { DEFAULT_LIFE_SETTINGS } from './settings';

const SETTINGS = DEFAULT_LIFE_SETTINGS.chatter;
const FAST_MS = 1_000;
const SLOW_MS = 5 * MINUTE_MS;
/** '0 30 60' (seconds of raises) as seen at a second: 'since 0, 3 times'. */
function told(raises: string, second: number, everyMs: number): string {
  const at = raises.split(' ').map(each => Number(each) * 1000);
  const { run } = chatterOf(at, second * 1000, SETTINGS, everyMs);
  return run === null ? 'quiet' : `since ${run.since / 1000}, ${run.count} times`;
}

it.each([
  ['two raises', '0 30', 31, FAST_MS, 'quiet'],
  ['three in 60 s', '0 30 60', 61, FAST_MS, 'since 0, 3 times'],
  ['three in 61 s', '0 30 61', 61, FAST_MS, 'quiet'],
  ['the newest three count', '0 100 130 160', 161, FAST_MS, 'since 100, 3 times'],
  ['it goes on counting, however slowly', '0 30 60 400 900', 901, FAST_MS, 'since 0, 5 times'],
  ['whatever the order', '60 0 30', 61, FAST_MS, 'since 0, 3 times'],
  ['quiet for a second less than 10 min', '0 30 60', 659, FAST_MS, 'since 0, 3 times'],
  ['quiet for 10 min', '0 30 60', 660, FAST_MS, 'quiet'],
  ['starts anew afterwards', '0 30 60 700 701', 702, FAST_MS, 'quiet'],
  ['a slow sensor within six intervals', '0 900 1800', 1_801, SLOW_MS, 'since 0, 3 times'],
  ['a slow sensor beyond them', '0 900 1801', 1_802, SLOW_MS, 'quiet'],
  ['a slow sensor is quiet after twelve', '0 900 1800', 5_399, SLOW_MS, 'since 0, 3 times'],
  ['and not before', '0 900 1800', 5_400, SLOW_MS, 'quiet'],
])('%s', (_name, raises, second, everyMs, expected) => {
  expect(told(raises, second, everyMs)).toBe(expected);
});

it('remembers no more raises than it needs, and says when it ends', () => {
  let chatter = QUIET;
  for (let i = 0; i < 100; i++) chatter = noteRaise(chatter, i * 1_000, SETTINGS, FAST_MS);
  expect(chatter).toMatchObject({ raises: [97_000, 98_000, 99_000], run: { since: 0, count: 100 } });
  const endsAt = chatterEndsAt(chatter, SETTINGS, FAST_MS)!;
  expect(chatterAt(chatter, endsAt - 1, SETTINGS, FAST_MS)).toBe(chatter);
  expect(chatterAt(chatter, endsAt, SETTINGS, FAST_MS)).toBe(QUIET);
  expect(chatterEndsAt(QUIET, SETTINGS, FAST_MS)).toBeNull();
});

it('puts a raise that came late in its place', () => {
  const noted = (...seconds: number[]) =>
    seconds.reduce((chatter, second) => noteRaise(chatter, second * 1_000, SETTINGS, FAST_MS), QUIET);
  expect(noted(60, 0, 30).run).toEqual({ since: 0, count: 3 });
  expect(noted(3_000, 0, 1_500).run).toBeNull();
  expect(noted(100, 130, 160, 90).run).toEqual({ since: 100_000, count: 3 });
  expect(noted(100, 130, 160, 150).run).toEqual({ since: 100_000, count: 4 });
});

it('a run has at least three raises, the newest of them lately', () => {
  const gaps = fc.array(fc.integer({ min: 1, max: 900 }), { minLength: 1, maxLength: 40 });
  fc.assert(
    fc.property(gaps, fc.nat(2_000), (seconds, later) => {
      let at = 0;
      const raises = seconds.map(gap => (at += gap * 1_000));
      const now = at + later * 1_000;
      const { run } = chatterOf(raises, now, SETTINGS, FAST_MS);
      if (run === null) return;
      expect(run.count).toBe(raises.filter(each => each >= run.since).length);
      expect(run.count).toBeGreaterThanOrEqual(SETTINGS.activationsMin);
      expect(now - at).toBeLessThan(SETTINGS.quietMs);
    }),
  );
});

describe('lines', () => {
  const occurrence = (id: string, timeline: string) => ({ ...viewOf(timeline, 99), id });
  const alarms = [
    occurrence('al-1', '0 raised yellow, 5 ack, 8 cleared'),
    occurrence('al-2', '10 raised red, 18 cleared'),
    occurrence('al-3', '20 raised yellow, 25 ack, 28 cleared'),
    occurrence('al-4', '30 raised yellow, 35 ack'),
  ];
  const lines = (since: number | null) =>
    alarmLines(alarms, watch =>
      since === null || watch !== 'r1 s1' ? null : { since: since * 1000, count: 3 },
    );
  const ids = (since: number | null): string[] =>
    lines(since).map(line => line.alarms.map(each => each.id).join('+'));

  it('each alarm has its own, newest first, as long as the watch is calm', () => {
    expect(ids(null)).toEqual(['al-4', 'al-3', 'al-2', 'al-1']);
  });

  it('a watch that chatters has one', () => {
    expect(ids(10)).toEqual(['al-4+al-3+al-2', 'al-1']);
    expect(lines(10)[0]).toMatchObject({ head: { id: 'al-4' }, chattering: { count: 3 } });
  });

  it('what nobody has seen, and the worst that is open, show in it', () => {
    expect(lines(10)[0]).toMatchObject({ severity: 'red', acknowledged: false, isCalling: true });
    expect(lines(20)[0]).toMatchObject({ severity: 'yellow', acknowledged: true, isCalling: false });
  });

  it('leaves the alarms of other watches alone', () => {
    const other = { ...alarms[0]!, id: 'al-9', sensorId: 's2' };
    const found = alarmLines([...alarms, other], watch =>
      watch === 'r1 s1' ? { since: 0, count: 4 } : null,
    );
    expect(found.map(line => line.alarms.length)).toEqual([4, 1]);
  });
});
