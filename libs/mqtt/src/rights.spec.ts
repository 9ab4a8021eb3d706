import { filterMatches, maySubscribe, mayPublish, reachesTelemetry } from './rights';

it.each([
  ['anmai/v1/dev-1/telemetry', true],
  ['anmai/v1/dev-1/status', true],
  ['v1/devices/me/telemetry', true],
  ['anmai/v1/dev-1/command', false],
  ['anmai/v1/dev-1/telemetry/x', false],
  ['anmai/v1/dev-10/telemetry', false],
  ['anmai/v1/dev-2/telemetry', false],
  ['$SYS/x', false],
  ['', false],
])('dev-1 may publish to %s: %s', (topic, expected) => expect(mayPublish('dev-1', topic)).toBe(expected));

it.each([
  ['anmai/v1/dev-1/command', true],
  ['anmai/v1/dev-1/command/valve', true],
  ['anmai/v1/dev-1/command/#', true],
  ['anmai/v1/dev-1/status', true],
  ['anmai/v1/dev-1/telemetry', true],
  ['anmai/v1/dev-1/#', true],
  ['anmai/v1/dev-1/+', true],
  ['anmai/v1/dev-1/+/x', true],
  ['anmai/v1/dev-1', false],
  ['anmai/v1/dev-1/', false],
  ['anmai/v1/dev-1/other', false],
  ['anmai/v1/dev-1/#/x', false],
  ['anmai/v1/dev-10/command', false],
  ['anmai/v1/+/command', false],
  ['anmai/v1/#', false],
  ['+/v1/dev-1/command', false],
  ['#', false],
  ['+/#', false],
  ['$SYS/#', false],
  ['$share/g/anmai/v1/dev-1/command', false],
  ['v1/devices/me/telemetry', false],
])('dev-1 may subscribe to %s: %s', (filter, expected) =>
  expect(maySubscribe('dev-1', filter)).toBe(expected),
);

it.each([
  ['a/b', 'a/b', true],
  ['a/b', 'a/b/c', false],
  ['a/+', 'a/b', true],
  ['a/+', 'a', false],
  ['a/+', 'a/', true],
  ['a/+/c', 'a/b/c', true],
  ['a/#', 'a/b/c', true],
  ['a/#', 'a', true],
  ['a/#', 'ab', false],
  ['#', 'a/b', true],
])('filter %s, topic %s: %s', (filter, topic, expected) =>
  expect(filterMatches(filter, topic)).toBe(expected),
);

it.each([
  ['anmai/v1/dev-1/telemetry', true],
  ['anmai/v1/dev-1/#', true],
  ['anmai/v1/dev-1/+', true],
  ['anmai/v1/dev-1/command', false],
  ['anmai/v1/dev-1/+/x', false],
])('%s reaches telemetry: %s', (filter, expected) =>
  expect(reachesTelemetry('dev-1', filter)).toBe(expected),
);
