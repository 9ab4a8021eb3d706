import { foldAlarm } from './fold';
import type { OperatorAction } from './alarm';
import { changesOf, monitorWith, ruleOf } from './testing/timeline';

const RULE = ruleOf({
  type: 'threshold',
  limits: [
    { severity: 'yellow', above: 20 },
    { severity: 'red', above: 50 },
  ],
});
const ack = (seenN: number, second: number): OperatorAction => ({
  id: `k${seenN}`,
  alarmId: 'x',
  kind: 'acknowledged',
  actor: 'li',
  at: second * 1000,
  note: null,
  seenN,
});

const view = (timeline: string, ...acks: OperatorAction[]) =>
  foldAlarm(changesOf(monitorWith([RULE]), timeline).slice(0, 4), acks);

it.each([
  ['raised', '0 25', [], 'active', false, null],
  ['acknowledged', '0 25', [ack(1, 10)], 'active', true, null],
  ['rising severity un-acknowledges', '0 25, 60 55', [ack(1, 10)], 'active', false, null],
  ['acknowledged at the top', '0 25, 60 55', [ack(1, 10), ack(2, 70)], 'active', true, null],
  ['falling severity does not', '0 55, 60 25', [ack(1, 10)], 'active', true, null],
  ['cleared, still to be acknowledged', '0 25, 60 1', [], 'cleared', false, null],
  ['cleared after it was acknowledged', '0 25, 60 1', [ack(1, 10)], 'cleared', true, 60],
  ['acknowledged after it cleared', '0 25, 60 1', [ack(2, 90)], 'cleared', true, 90],
  ['blind', '0 25, 60 bad', [], 'blind', false, null],
  ['seeing again', '0 25, 60 bad, 120 25', [], 'active', false, null],
] as const)('%s', (_name, timeline, acks, condition, acknowledged, closedAt) => {
  const alarm = view(timeline, ...acks);
  expect(alarm).toMatchObject({
    condition,
    acknowledged,
    closedAt: closedAt === null ? null : closedAt * 1000,
  });
});

it('explains itself: limit, source and the readings that decided, and who did what in order', () => {
  const alarm = view('0 10, 60 25, 120 1', ack(1, 90));
  expect(alarm.evidence).toEqual({
    limit: { above: 20, clearBelow: 20, unit: '%LEL' },
    source: RULE.source,
    readings: [
      { at: 0, value: 10, quality: 1 },
      { at: 60_000, value: 25, quality: 1 },
    ],
  });
  expect(alarm.history.map(item => `${item.at / 1000} ${item.actor} ${item.change}`)).toEqual([
    '60 system raised',
    '90 li acknowledged',
    '120 system cleared',
  ]);
});
