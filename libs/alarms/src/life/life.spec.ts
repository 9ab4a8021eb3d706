import { HOUR_MS } from '@anmai/kernel';
import { historyText, viewOf } from '../testing/life-timeline';
import type { LifeContext } from './life';
import { DEFAULT_LIFE_SETTINGS } from './settings';
import type { ServiceSpell, Suppression } from './shapes';

const LATCHED = { latched: true };
const hiddenFrom = (from: number, to: number | null, severityMax: Suppression['severityMax'] = 'red') => ({
  suppressions: [
    {
      ruleId: 'i1',
      causeId: 'al-9',
      from: from * 1000,
      to: to === null ? null : to * 1000,
      severityMax,
      reason: 'burst',
    },
  ],
});
const windowOf = (from: number, to: number): { serviceSpells: ServiceSpell[] } => ({
  serviceSpells: [{ windowId: 'w1', from: from * 1000, to: to * 1000, reason: 'calibration' }],
});
const CONFIRMING = {
  settingsAt: () => ({
    ...DEFAULT_LIFE_SETTINGS,
    closeNeeds: { ...DEFAULT_LIFE_SETTINGS.closeNeeds, yellow: 'confirmation' as const },
  }),
};

/** Name, context, timeline, second, state, state beneath, calling, closed at. */
type Row = [string, Partial<LifeContext>, string, number, string, string, boolean, number | null];
const ROWS: Row[] = [
  ['raised', {}, '0 raised yellow', 1, 'UNACK', 'UNACK', true, null],
  ['acknowledged', {}, '0 raised yellow, 5 ack', 6, 'ACKED', 'ACKED', false, null],
  ['returned unseen', {}, '0 raised yellow, 60 cleared', 61, 'RTNUN', 'RTNUN', true, null],
  ['over', {}, '0 raised yellow, 5 ack, 60 cleared', 61, 'NORM', 'NORM', false, 60],
  [
    'over by a late acknowledgement',
    {},
    '0 raised yellow, 60 cleared, 90 ack',
    91,
    'NORM',
    'NORM',
    false,
    90,
  ],
  [
    'a rise un-acknowledges',
    {},
    '0 raised yellow, 5 ack, 60 escalated red',
    61,
    'UNACK',
    'UNACK',
    true,
    null,
  ],
  [
    'an acknowledgement from before the rise',
    {},
    '0 raised yellow, 60 escalated red, 61 ack@1',
    62,
    'UNACK',
    'UNACK',
    true,
    null,
  ],
  ['a fall does not', {}, '0 raised red, 5 ack, 60 deescalated yellow', 61, 'ACKED', 'ACKED', false, null],
  ['blind is not over', {}, '0 raised yellow, 5 ack, 60 blinded', 99, 'ACKED', 'ACKED', false, null],
  [
    'on again after it was over',
    {},
    '0 raised yellow, 5 ack, 60 cleared, 90 raised',
    91,
    'UNACK',
    'UNACK',
    true,
    null,
  ],
  ['latched, unseen', LATCHED, '0 raised yellow, 60 cleared', 61, 'LATCH_UNACK', 'LATCH_UNACK', true, null],
  [
    'latched, seen',
    LATCHED,
    '0 raised yellow, 5 ack, 60 cleared',
    61,
    'LATCH_ACKED',
    'LATCH_ACKED',
    false,
    null,
  ],
  [
    'latched, then seen',
    LATCHED,
    '0 raised yellow, 60 cleared, 70 ack',
    71,
    'LATCH_ACKED',
    'LATCH_ACKED',
    false,
    null,
  ],
  [
    'reset before it was seen',
    LATCHED,
    '0 raised yellow, 60 cleared, 70 reset',
    71,
    'LATCH_UNACK',
    'LATCH_UNACK',
    true,
    null,
  ],
  [
    'reset while it is on',
    LATCHED,
    '0 raised yellow, 5 ack, 6 reset, 60 cleared',
    71,
    'LATCH_ACKED',
    'LATCH_ACKED',
    false,
    null,
  ],
  ['reset', LATCHED, '0 raised yellow, 5 ack, 60 cleared, 70 reset', 71, 'NORM', 'NORM', false, 70],
  [
    'on again over the latch',
    LATCHED,
    '0 raised yellow, 5 ack, 60 cleared, 70 raised',
    71,
    'UNACK',
    'UNACK',
    true,
    null,
  ],
  ['shelved', {}, '0 raised yellow, 5 shelve 600', 599, 'SHLVD', 'UNACK', false, null],
  ['its end comes by itself', {}, '0 raised yellow, 5 shelve 600', 600, 'UNACK', 'UNACK', true, null],
  [
    'seen before it was shelved, calls when it comes back',
    {},
    '0 raised yellow, 2 ack, 5 shelve 600',
    600,
    'UNACK',
    'UNACK',
    true,
    null,
  ],
  ['unshelved', {}, '0 raised yellow, 5 shelve 600, 60 unshelve', 61, 'UNACK', 'UNACK', true, null],
  [
    'cleared on the shelf, never seen',
    {},
    '0 raised yellow, 5 shelve 600, 60 cleared',
    61,
    'SHLVD',
    'RTNUN',
    false,
    null,
  ],
  ['… and after it', {}, '0 raised yellow, 5 shelve 600, 60 cleared', 600, 'RTNUN', 'RTNUN', true, null],
  [
    'cleared on the shelf, seen before',
    {},
    '0 raised yellow, 2 ack, 5 shelve 600, 60 cleared',
    600,
    'NORM',
    'NORM',
    false,
    60,
  ],
  [
    'acknowledged on the shelf',
    {},
    '0 raised yellow, 5 shelve 600, 9 ack, 60 cleared',
    600,
    'NORM',
    'NORM',
    false,
    60,
  ],
  [
    'a rise above the shelf',
    {},
    '0 raised yellow, 5 shelve 600, 60 escalated orange',
    61,
    'UNACK',
    'UNACK',
    true,
    null,
  ],
  [
    'a rise up to the shelf',
    {},
    '0 raised orange, 5 shelve 600, 20 deescalated yellow, 60 escalated orange',
    61,
    'SHLVD',
    'UNACK',
    false,
    null,
  ],
  [
    'a rise above a fallen shelf',
    {},
    '0 raised orange, 9 deescalated yellow, 10 shelve 600, 60 escalated orange',
    61,
    'UNACK',
    'UNACK',
    true,
    null,
  ],
  ['shelved for too long', {}, '0 raised red, 5 shelve 86400', 6, 'UNACK', 'UNACK', true, null],
  [
    'shelved without having seen the rise',
    {},
    '0 raised yellow, 60 escalated red, 61 shelve@1 600',
    62,
    'UNACK',
    'UNACK',
    true,
    null,
  ],
  ['a longer shelf', {}, '0 raised yellow, 5 shelve 600, 9 shelve 900', 899, 'SHLVD', 'UNACK', false, null],
  ['hidden by a cause', hiddenFrom(10, null), '0 raised yellow', 11, 'DSUPR', 'UNACK', false, null],
  ['the cause ends', hiddenFrom(10, 60), '0 raised yellow, 20 ack', 60, 'UNACK', 'UNACK', true, null],
  [
    'cleared beneath the cause, unseen',
    hiddenFrom(10, 60),
    '0 raised yellow, 20 cleared',
    61,
    'RTNUN',
    'RTNUN',
    true,
    null,
  ],
  [
    'a cause does not hide more than it may',
    hiddenFrom(10, null, 'yellow'),
    '0 raised yellow, 60 escalated red',
    61,
    'UNACK',
    'UNACK',
    true,
    null,
  ],
  ['nor from the start', hiddenFrom(10, null, 'yellow'), '0 raised red', 61, 'UNACK', 'UNACK', true, null],
  ['out of service', windowOf(10, 60), '20 raised red', 59, 'OOSRV', 'UNACK', false, null],
  ['in service again', windowOf(10, 60), '20 raised red', 60, 'UNACK', 'UNACK', true, null],
  [
    'in service again, over and unseen',
    windowOf(10, 60),
    '20 raised red, 30 cleared',
    60,
    'RTNUN',
    'RTNUN',
    true,
    null,
  ],
  [
    'out of service is stronger than a shelf',
    windowOf(10, 60),
    '0 raised red, 5 shelve 600',
    20,
    'OOSRV',
    'UNACK',
    false,
    null,
  ],
  [
    'and the shelf is there again',
    windowOf(10, 60),
    '0 raised red, 5 shelve 600',
    60,
    'SHLVD',
    'UNACK',
    false,
    null,
  ],
  ['calls again after an hour', {}, '0 raised orange, 10 ack', 3_609, 'ACKED', 'ACKED', false, null],
  ['calls again at the hour', {}, '0 raised orange, 10 ack', 3_610, 'UNACK', 'UNACK', true, null],
  [
    'calls again though blind',
    {},
    '0 raised orange, 10 ack, 20 blinded',
    3_610,
    'UNACK',
    'UNACK',
    true,
    null,
  ],
  ['not when it is over', {}, '0 raised orange, 10 ack, 20 cleared', 9_999, 'NORM', 'NORM', false, 20],
  ['acknowledged anew', {}, '0 raised orange, 10 ack, 3700 ack', 3_701, 'ACKED', 'ACKED', false, null],
  [
    'an acknowledgement is not enough here',
    CONFIRMING,
    '0 raised yellow, 5 ack, 60 cleared',
    61,
    'NORM',
    'NORM',
    false,
    null,
  ],
  [
    'a person closes',
    CONFIRMING,
    '0 raised yellow, 5 ack, 60 cleared, 70 confirm, 80 close 3',
    81,
    'NORM',
    'NORM',
    false,
    80,
  ],
  [
    'a close acknowledges',
    {},
    '0 raised yellow, 60 cleared, 70 confirm, 80 close 3',
    81,
    'NORM',
    'NORM',
    false,
    80,
  ],
  [
    'too few normal readings',
    {},
    '0 raised yellow, 60 cleared, 70 confirm, 80 close 2',
    81,
    'RTNUN',
    'RTNUN',
    true,
    null,
  ],
  ['nobody has confirmed', {}, '0 raised yellow, 60 cleared, 80 close 3', 81, 'RTNUN', 'RTNUN', true, null],
  [
    '"done" while it is on',
    {},
    '0 raised yellow, 50 confirm, 60 cleared, 80 close 3',
    81,
    'RTNUN',
    'RTNUN',
    true,
    null,
  ],
  [
    '"done" while it is blind',
    {},
    '0 raised yellow, 40 blinded, 50 confirm, 80 close 9',
    81,
    'UNACK',
    'UNACK',
    true,
    null,
  ],
  [
    'a confirmation is of one return',
    CONFIRMING,
    '0 raised yellow, 5 ack, 60 cleared, 70 confirm, 75 raised, 76 ack, 78 cleared, 80 close 3',
    81,
    'NORM',
    'NORM',
    false,
    null,
  ],
];

it.each(ROWS)('%s', (_name, context, timeline, second, state, beneath, calling, closedAt) => {
  expect(viewOf(timeline, second, context)).toMatchObject({
    state,
    stateBeneath: beneath,
    isCalling: calling,
    closedAt: closedAt === null ? null : closedAt * 1000,
  });
});

it.each([
  [
    'the end of a shelving',
    {},
    '0 raised yellow, 5 shelve 600',
    '0 system raised, 5 li shelved, 600 system shelveExpired',
  ],
  [
    'a rise above the shelf',
    {},
    '0 raised yellow, 5 shelve 600, 60 escalated red',
    '0 system raised, 5 li shelved, 60 system escalated, 60 system unshelved',
  ],
  ['a re-alarm', {}, '0 raised orange, 10 ack', '0 system raised, 10 li acknowledged, 3610 system reAlarmed'],
  [
    'a cause',
    hiddenFrom(10, 60),
    '0 raised yellow',
    '0 system raised, 10 system suppressed, 60 system unsuppressed',
  ],
  [
    'a window',
    windowOf(10, 60),
    '20 raised red',
    '20 system raised, 20 system outOfService, 60 system inService',
  ],
  [
    'what did nothing, with the reason',
    {},
    '0 raised yellow, 1 reset, 60 escalated red, 61 ack@1',
    '0 system raised, (1 reset: stillOn), 60 system escalated, (61 acknowledged: riseNotSeen)',
  ],
] as const)('history tells %s', (_name, context, timeline, text) => {
  expect(historyText(viewOf(timeline, 4_000, context))).toBe(text);
});

it('goes on with the shelf of the alarm before, up to its severity and its end', () => {
  const shelfBefore = { since: 0, until: 600_000, severity: 'yellow' as const, by: 'li', reason: 'works' };
  expect(viewOf('60 raised yellow', 599, { shelfBefore })).toMatchObject({
    state: 'SHLVD',
    shelvedUntil: 600_000,
  });
  expect(viewOf('60 raised yellow', 600, { shelfBefore }).state).toBe('UNACK');
  expect(viewOf('60 raised red', 61, { shelfBefore }).state).toBe('UNACK');
  expect(viewOf('600 raised yellow', 601, { shelfBefore }).state).toBe('UNACK');
  expect(historyText(viewOf('60 raised yellow', 700, { shelfBefore }))).toBe(
    '60 system raised, 60 system shelved, 600 system shelveExpired',
  );
});

it('uses the settings of the time, so that an edit does not change what was', () => {
  const settingsAt: LifeContext['settingsAt'] = at => ({
    ...DEFAULT_LIFE_SETTINGS,
    reAlarmMs: { ...DEFAULT_LIFE_SETTINGS.reAlarmMs, orange: at < 100_000 ? HOUR_MS : null },
  });
  expect(viewOf('0 raised orange, 10 ack', 9_999, { settingsAt }).state).toBe('UNACK');
  expect(viewOf('0 raised orange, 200 ack', 9_999, { settingsAt }).state).toBe('ACKED');
});

it('shows what is put aside at once with its reason', () => {
  expect(viewOf('0 raised yellow', 10, hiddenFrom(10, null)).suppressedBy).toMatchObject({
    causeId: 'al-9',
    reason: 'burst',
  });
  expect(viewOf('0 raised yellow', 10, windowOf(10, 60)).outOfService).toMatchObject({ windowId: 'w1' });
});

it('says when a verdict is older than the rise', () => {
  const timeline = '0 raised yellow, 10 assess false';
  expect(viewOf(timeline, 11).assessment).toMatchObject({ verdict: 'false', by: 'li', coversRise: true });
  expect(viewOf(`${timeline}, 60 escalated red`, 61).assessment).toMatchObject({ coversRise: false });
});
