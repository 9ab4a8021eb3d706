import { alarmSample } from './alarm-sample';
import { countBySeverity, NO_FILTER, sorted, steady } from './alarm-order';

const at = (minute: number): string => `2026-11-22T02:${String(minute).padStart(2, '0')}:00Z`;
const alarms = [
  alarmSample({ id: 'yellow-new', severity: 'yellow', raisedAt: at(50) }),
  alarmSample({ id: 'red-seen', severity: 'red', raisedAt: at(40), acknowledged: true }),
  alarmSample({ id: 'red-old', severity: 'red', raisedAt: at(10) }),
  alarmSample({ id: 'red-over', severity: 'red', raisedAt: at(45), condition: 'cleared' }),
  alarmSample({
    id: 'blind',
    severity: 'orange',
    raisedAt: at(30),
    condition: 'blind',
    assetName: '中山路 7 号井',
  }),
  alarmSample({ id: 'closed', severity: 'red', raisedAt: at(55), closedAt: at(58) }),
];

it.each([
  [
    'severity, then what nobody has seen, what is over last',
    {},
    'severity',
    'red-old red-seen blind yellow-new red-over',
  ],
  ['by time', {}, 'time', 'yellow-new red-over red-seen blind red-old'],
  ['one severity', { severity: 'red' }, 'severity', 'red-old red-seen red-over'],
  ['what nobody has seen', { show: 'unacknowledged', severity: 'red' }, 'severity', 'red-old red-over'],
  ['blind ones', { show: 'blind' }, 'severity', 'blind'],
  ['those over', { show: 'cleared' }, 'severity', 'red-over'],
  ['words in any order', { text: '7 中山' }, 'severity', 'blind'],
] as const)('%s', (_name, change, by, expected) => {
  expect(sorted(alarms, { ...NO_FILTER, ...change }, by).join(' ')).toBe(expected);
});

it.each([
  ['takes the fresh order when nobody reads', ['a', 'b'], ['c', 'b'], false, 'c b', ''],
  ['puts new ones above and moves nothing', ['a', 'b'], ['b', 'c', 'a'], true, 'c a b', 'c'],
  ['keeps what was closed while it is read', ['a', 'b'], ['b'], true, 'a b', ''],
  ['keeps the order of what is new', ['a'], ['x', 'a', 'y'], true, 'x y a', 'x y'],
])('%s', (_name, shown, fresh, hold, ids, entered) => {
  const order = steady(shown, fresh, hold);
  expect([order.ids.join(' '), order.entered.join(' ')]).toEqual([ids, entered]);
});

it('counts what is open and what nobody has seen; what is over does not count', () => {
  expect(countBySeverity(alarms)).toEqual({
    red: { open: 2, fresh: 1 },
    orange: { open: 1, fresh: 1 },
    yellow: { open: 1, fresh: 1 },
    blue: { open: 0, fresh: 0 },
  });
});
