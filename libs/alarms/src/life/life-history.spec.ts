import { HOUR_MS } from '@anmai/kernel';
import { historyText, viewOf } from '../testing/life-timeline';
import type { LifeContext } from './life';
import { DEFAULT_LIFE_SETTINGS } from './settings';
import type { ServiceSpell, Suppression } from './shapes';

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

it('stays out of service from one window to the next that it touches', () => {
  const serviceSpells = [
    ...windowOf(10, 60).serviceSpells,
    { ...windowOf(60, 90).serviceSpells[0]!, windowId: 'w2' },
  ];
  expect(historyText(viewOf('0 raised red', 99, { serviceSpells }))).toBe(
    '0 system raised, 10 system outOfService, 90 system inService',
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
