import { presenceChanges, spanWith, type DeviceNow, type PresenceChange } from './presence';

const device = (deviceId: string, isOnline: boolean, orgId = 'gas'): DeviceNow => ({
  deviceId,
  isOnline,
  orgId,
});
const known = (...rows: readonly [id: string, isOnline: boolean | null, orgId?: string][]) =>
  new Map(
    rows.map(([deviceId, isOnline, orgId = 'gas']): [string, PresenceChange] => [
      deviceId,
      { deviceId, isOnline, orgId, at: 0 },
    ]),
  );
const shown = (changes: readonly PresenceChange[]): string =>
  changes.map(each => `${each.deviceId} ${each.isOnline === null ? 'gone' : each.isOnline ? 'on' : 'off'} ${each.orgId}`).join(', '); // prettier-ignore

it.each([
  [
    'a new device is noted, heard or not',
    known(),
    [device('b', true), device('a', false)],
    'a off gas, b on gas',
  ],
  ['nothing when nothing changed', known(['a', true]), [device('a', true)], ''],
  ['it fell silent', known(['a', true]), [device('a', false)], 'a off gas'],
  ['it passed to another owner', known(['a', true]), [device('a', true, 'water')], 'a on water'],
  ['it was taken out of the registry', known(['a', false]), [], 'a gone gas'],
  ['which is noted once', known(['a', null]), [], ''],
  ['and it came back', known(['a', null]), [device('a', false)], 'a off gas'],
])('%s', (_name, before, devices, expected) => {
  const changes = presenceChanges(before, devices, 7);
  expect(shown(changes)).toBe(expected);
  expect(changes.every(each => each.at === 7)).toBe(true);
});

it.each([
  ['the first look begins one', null, 5, { from: 5, to: 5 }],
  ['the next lengthens it', { from: 5, to: 10 }, 15, { from: 5, to: 15 }],
  ['at most so far', { from: 5, to: 10 }, 20, { from: 5, to: 20 }],
  ['then another begins', { from: 5, to: 10 }, 21, { from: 21, to: 21 }],
  ['a clock that was put back a little changes nothing', { from: 5, to: 10 }, 8, { from: 5, to: 10 }],
  ['further back another begins', { from: 5, to: 10 }, 4, { from: 4, to: 4 }],
])('%s', (_name, span, at, expected) => expect(spanWith(span, at, 10)).toEqual(expected));
