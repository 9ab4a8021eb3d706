import { addressOf, routeOf } from './route';

it.each([
  ['/', '', 'centre - - -', '/'],
  ['/', '?alarm=al-1', 'centre al-1 - -', '/?alarm=al-1'],
  ['/', '?asset=well-1&sensor=well-1.ch4', 'centre - well-1 well-1.ch4', '/?asset=well-1&sensor=well-1.ch4'],
  ['/', '?list=alarms&incident=in-1&alarm=al-1', 'centre al-1 - -', '/?list=alarms&incident=in-1&alarm=al-1'],
  ['/', '?list=incidents', 'centre - - -', '/'],
  ['/kpi', '', 'kpi - - -', '/kpi'],
  ['/devices', '', 'devices - - -', '/devices'],
  ['/nothing-like-this', '', 'centre - - -', '/'],
])('%s%s', (path, search, expected, address) => {
  const route = routeOf(path, search);
  expect([route.page, route.alarmId ?? '-', route.assetId ?? '-', route.sensorId ?? '-'].join(' ')).toBe(
    expected,
  );
  expect(addressOf(route)).toBe(address);
});
