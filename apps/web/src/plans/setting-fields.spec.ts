import { DEFAULT_LIFE_SETTINGS } from '@anmai/alarms';
import { withValue } from '../rules/condition-fields';
import { changedPaths, isProvisional } from './setting-fields';

const edited = withValue(
  withValue(DEFAULT_LIFE_SETTINGS, 'reAlarmMs.red', 900_000),
  'chatter.quietMs',
  60_000,
);

it('tells which figures were changed', () => {
  expect(changedPaths(DEFAULT_LIFE_SETTINGS, DEFAULT_LIFE_SETTINGS)).toEqual([]);
  expect(changedPaths(DEFAULT_LIFE_SETTINGS, edited)).toEqual(['reAlarmMs.red', 'chatter.quietMs']);
});

it.each([
  ['reAlarmMs.blue', false, true],
  ['reAlarmMs.red', false, false],
  ['dutyMs.identify', true, false],
  ['clearReadingsMin', false, true],
])('%s: with a source %s, provisional %s', (path, hasSource, expected) =>
  expect(isProvisional(edited, path, hasSource)).toBe(expected),
);
