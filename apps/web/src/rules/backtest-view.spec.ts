import type { BacktestReply } from '@anmai/wire';
import { dayCounts, diffRows, faultsByField, inForceOf } from './backtest-view';

type Spell = BacktestReply['alarms'][number];
const spell = (raisedAt: string, severity: Spell['severity'] = 'yellow', clearedAt: string | null = null): Spell => ({
  sensorId: 's1', onsetAt: raisedAt, raisedAt, clearedAt, severity,
}); // prettier-ignore
const A = spell('2026-01-01T00:00:00Z');
const B = spell('2026-01-02T00:00:00Z');
const B_BEFORE = spell('2026-01-02T01:00:00Z', 'orange');
const C = spell('2026-01-03T00:00:00Z');
const GONE = spell('2026-01-01T17:00:00Z');
const REPLY: BacktestReply = {
  sensors: 1,
  readings: 9,
  truncated: false,
  faults: [],
  alarms: [A, B, C],
  perDay: [],
  against: { ruleVersion: 2, came: [C], gone: [GONE], changed: [{ before: B_BEFORE, after: B }], same: 1 },
};

it('gives the alarms of the rule in force back', () => expect(inForceOf(REPLY)).toEqual([A, GONE, B_BEFORE]));
it('has none where no rule is in force', () => expect(inForceOf({ ...REPLY, against: null })).toEqual([]));

it('counts by days of the city, quiet ones too', () => {
  const counts = dayCounts(REPLY, Date.parse('2025-12-31T16:00:00Z'), Date.parse('2026-01-04T16:00:00Z'));
  // 17:00 UTC is the next day in the city.
  expect(counts.map(({ draft, inForce }) => `${draft}/${inForce}`)).toEqual(['1/1', '1/2', '1/0', '0/0']);
});

it('lists the differences by time', () => {
  expect(diffRows(REPLY).map(({ what }) => what)).toEqual(['gone', 'changed', 'came']);
  expect(diffRows({ ...REPLY, against: null }).map(({ what }) => what)).toEqual(['came', 'came', 'came']);
});

it.each([
  ['condition.limits.0.above', 'limits.0.above', 'm'],
  ['rule.condition.limits.1.clearBelow', 'limits.1.clearBelow', 'm'],
  ['condition.per', 'per', 'm'],
  ['name', '', 'name: m'],
  ['from', '', 'from: m'],
])('puts %s at its field', (at, field, message) =>
  expect([...faultsByField([{ at, message: 'm' }])]).toEqual([[field, message]]),
);
