import { alarmSample } from './alarm-sample';
import { asideCounts, asideOf, isCalling } from './aside';

const shelvedUntil = '2026-11-22T04:00:00Z';
const suppressedBy = { ruleId: 'i1', causeId: 'x', since: shelvedUntil, until: null, reason: 'r' };
const outOfService = { windowId: 'w1', since: shelvedUntil, until: shelvedUntil, reason: 'r' };

it.each([
  ['nothing', {}, null, true],
  ['an older server that says nothing of it', { suppressedBy: undefined }, null, true],
  ['a person', { shelvedUntil }, 'shelved', false],
  ['a cause before a person', { shelvedUntil, suppressedBy }, 'suppressed', false],
  ['a window before both', { shelvedUntil, suppressedBy, outOfService }, 'outOfService', false],
  ['nothing once it is closed', { shelvedUntil, closedAt: shelvedUntil }, null, false],
  ['nothing, and seen', { acknowledged: true }, null, false],
] as const)('is put aside by %s', (_name, over, aside, calling) => {
  const alarm = alarmSample({ id: 'a', ...over });
  expect([asideOf(alarm), isCalling(alarm)]).toEqual([aside, calling]);
});

it('counts what is put aside', () => {
  const alarms = [{}, { shelvedUntil }, { shelvedUntil }, { outOfService }];
  expect(asideCounts(alarms.map((over, i) => alarmSample({ id: `a${i}`, ...over })))).toEqual({
    shelved: 2,
    suppressed: 0,
    outOfService: 1,
  });
});
