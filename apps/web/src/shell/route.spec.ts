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
  ['/buildings', '', 'buildings - - - -', '/buildings'],
  ['/buildings', '?view=import', 'buildings - - - -', '/buildings?view=import'],
  ['/buildings/b-1', '?view=timeline', 'buildings - - - - b-1', '/buildings/b-1?view=timeline'],
  ['/plans', '?tab=settings', 'plans - - - -', '/plans?tab=settings'],
  ['/notify', '', 'notify - - - -', '/notify'],
  ['/incidents/in-1', '', 'centre - - - -', '/?incident=in-1'],
  ['/alarms/al-1', '', 'centre al-1 - - -', '/?list=alarms&alarm=al-1'],
  ['/rules/a/b', '', 'centre - - - -', '/'],
  ['/nothing-like-this', '', 'centre - - - -', '/'],
])('%s%s', (path, search, expected, address) => {
  const route = routeOf(path, search);
  const { page, alarmId, assetId, sensorId, ruleId, buildingId } = route;
  const ids = [alarmId, assetId, sensorId, ruleId].map(id => id ?? '-');
  expect([page, ...ids, ...(buildingId === null ? [] : [buildingId])].join(' ')).toBe(expected);
  expect(addressOf(route)).toBe(address);
});
