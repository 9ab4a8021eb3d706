import { alarmSample } from '../alarms/alarm-sample';
import { words } from '../text/words';
import { hiddenBy, matcherWords, reachWords } from './inhibition-words';

const names = { rule: (id: string) => `规则${id}`, asset: (id: string) => `井${id}` };

it.each([
  [{}, '任何报警'],
  [{ ruleIds: ['1', '2'] }, '规则1 或 规则2'],
  [{ assetKinds: ['gas.well'], severityMax: 'orange' }, '燃气相邻地下空间 · 橙级及以下'],
  [{ assetIds: ['7'], sensorIds: ['7.ch4'], severityMin: 'yellow' }, '井7 · 7.ch4 · 黄级及以上'],
] as const)('%j is told as %s', (matcher, expected) =>
  expect(matcherWords(words('zh'), matcher, names)).toBe(expected),
);

it.each([
  [{ kind: 'asset' }, '同一对象'],
  [{ kind: 'downstream', hops: 3 }, '下游 3 级以内'],
] as const)('%j is told as %s', (reach, expected) => expect(reachWords(words('zh'), reach)).toBe(expected));

it('finds what a rule hides now, and nothing that is closed or hidden by another', () => {
  const by = (ruleId: string) => ({
    ruleId,
    causeId: 'c',
    since: '2026-11-28T01:00:00Z',
    until: null,
    reason: '',
  });
  const alarms = [
    alarmSample({ id: 'a', raisedAt: '2026-11-28T01:00:00Z', suppressedBy: by('i') }),
    alarmSample({ id: 'b', raisedAt: '2026-11-28T02:00:00Z', suppressedBy: by('i') }),
    alarmSample({ id: 'c', suppressedBy: by('other') }),
    alarmSample({ id: 'd' }),
    alarmSample({ id: 'e', suppressedBy: by('i'), closedAt: '2026-11-28T03:00:00Z' }),
  ];
  expect(hiddenBy(alarms, 'i').map(({ id }) => id)).toEqual(['b', 'a']);
});
