import { ruleOf } from '@anmai/alarms/testing/timeline';
import { replayRules } from './replay-rules';

const column = (name: string) => ({ column: name, sensorId: name, quantity: 'generic.value', unit: '/' });
const above = (id: string, sensorId: string) =>
  ruleOf(
    { type: 'threshold', limits: [{ severity: 'yellow', above: 20 }] },
    { id, appliesTo: { sensorIds: [sensorId] } },
  );
const both = ruleOf(
  {
    type: 'composite',
    of: [{ ruleId: 'falls' }, { ruleId: 'rises' }],
    need: 'all',
    related: 'asset',
    withinSeconds: 120,
    severity: 'red',
  },
  { id: 'both' },
);

it('a composite is replayed over the alarms of its parts, whatever column they are in', () => {
  const values = [
    [0, 'a', 1], [0, 'b', 1], [60, 'a', 30], [60, 'b', 1], [120, 'a', 30], [120, 'b', 30], [180, 'a', 1], [180, 'b', 30],
  ] as const; // prettier-ignore
  const lines = replayRules(
    [both, above('falls', 'a'), above('rises', 'b')],
    [column('a'), column('b')],
    values.map(([second, name, value]) => ({ column: name, at: second * 1_000, value })),
  );
  const told = [...lines].map(({ at, rule, to }) => `${at.slice(14, 19)} ${rule} ${to}`);
  expect(told).toEqual([
    '01:00 falls yellow',
    '02:00 rises yellow',
    '02:00 both red',
    '03:00 falls normal',
    '03:00 both normal',
  ]);
});
