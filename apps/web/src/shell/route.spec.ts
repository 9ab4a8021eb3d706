import { addressOf, routeOf } from './route';

it.each([
  ['/', '', 'centre - - - -', '/'],
  ['/', '?alarm=al-1', 'centre al-1 - - -', '/?alarm=al-1'],
  [
    '/',
    '?asset=well-1&sensor=well-1.ch4',
    'centre - well-1 well-1.ch4 -',
    '/?asset=well-1&sensor=well-1.ch4',
  ],
  [
    '/',
    '?list=alarms&incident=in-1&alarm=al-1',
    'centre al-1 - - -',
    '/?list=alarms&incident=in-1&alarm=al-1',
  ],
  ['/', '?list=incidents', 'centre - - - -', '/'],
  ['/kpi', '', 'kpi - - - -', '/kpi'],
  ['/devices', '', 'devices - - - -', '/devices'],
  ['/rules', '', 'rules - - - -', '/rules'],
  ['/rules/gas-adjacent', '', 'rules - - - gas-adjacent', '/rules/gas-adjacent'],
  ['/plans', '?tab=settings', 'plans - - - -', '/plans?tab=settings'],
  ['/notify', '', 'notify - - - -', '/notify'],
  ['/incidents/in-1', '', 'centre - - - -', '/?incident=in-1'],
  ['/alarms/al-1', '', 'centre al-1 - - -', '/?list=alarms&alarm=al-1'],
  ['/rules/a/b', '', 'centre - - - -', '/'],
  ['/nothing-like-this', '', 'centre - - - -', '/'],
])('%s%s', (path, search, expected, address) => {
  const route = routeOf(path, search);
  const { page, alarmId, assetId, sensorId, ruleId } = route;
  expect([page, alarmId ?? '-', assetId ?? '-', sensorId ?? '-', ruleId ?? '-'].join(' ')).toBe(expected);
  expect(addressOf(route)).toBe(address);
});
