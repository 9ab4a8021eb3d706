import type { AlarmChange } from '@anmai/alarms';
import { noticeOfAlarm, type AlarmFacts } from './notice-of-alarm';

const FACTS: AlarmFacts = {
  assetName: '12 号井',
  orgPath: ['city', 'gas-co'],
  group: 'gas',
  what: { zh: '可燃气体', en: 'Combustible gas' },
  unit: '%LEL',
};
const changeOf = (fields: Partial<AlarmChange> = {}): AlarmChange => ({
  id: 'chg-1',
  alarmId: 'alm-1',
  n: 1,
  kind: 'raised',
  at: 2_000,
  noticedAt: 2_500,
  ruleId: 'gas',
  ruleVersion: 3,
  sensorId: 's',
  assetId: 'a',
  onsetAt: 1_000,
  severity: 'red',
  reason: '',
  evidence: {
    limit: { above: 50, clearBelow: 45, unit: '%VOL' },
    source: { kind: 'assumption', why: '', reviewBy: '' },
    readings: [
      { at: 1_000, value: 51, quality: 1 },
      { at: 2_000, value: 52, quality: 1 },
    ],
  },
  ...fields,
});

it('takes over what a message needs', () => {
  expect(noticeOfAlarm(changeOf(), FACTS)).toEqual({
    changeId: 'chg-1',
    subjectKind: 'alarm',
    subjectId: 'alm-1',
    kind: 'start',
    at: 2_000,
    since: 1_000,
    severity: 'red',
    group: 'gas',
    what: FACTS.what,
    where: '12 号井',
    orgPath: ['city', 'gas-co'],
    value: 52,
    unit: '%VOL',
    limit: { side: 'above', value: 50 },
    alarmCount: null,
    rule: { id: 'gas', version: 3 },
  });
});

it.each([
  ['escalated', 'worse'],
  ['deescalated', 'milder'],
  ['blinded', 'blind'],
  ['restored', 'restored'],
  ['cleared', 'end'],
] as const)('%s is %s', (kind, expected) =>
  expect(noticeOfAlarm(changeOf({ kind }), FACTS).kind).toBe(expected),
);

it('has no value when the newest reading has none, and no limit for silence', () => {
  const evidence: AlarmChange['evidence'] = {
    limit: { missed: 2.5 },
    source: { kind: 'assumption', why: '', reviewBy: '' },
    readings: [
      { at: 1_000, value: 51, quality: 1 },
      { at: 2_000, value: null, quality: 9 },
    ],
  };
  const notice = noticeOfAlarm(changeOf({ evidence }), FACTS);
  expect([notice.value, notice.limit, notice.unit]).toEqual([null, null, '%LEL']);
});
