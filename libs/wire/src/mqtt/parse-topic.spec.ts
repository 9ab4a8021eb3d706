import { parseTopic } from './parse-topic';

it.each([
  ['anmai/v1/dev-1/telemetry', 'dev-1 telemetry'],
  ['anmai/v1/dev-1/status', 'dev-1 status'],
  ['anmai/v1/dev-1/command', 'dev-1 command'],
  ['anmai/v1/dev-1/command/x', null],
  ['anmai/v1/dev-1/other', null],
  ['anmai/v1/dev-1', null],
  ['anmai/v1//telemetry', null],
  ['anmai/v1/Dev/telemetry', null],
  ['anmai/v2/dev-1/telemetry', null],
  ['/anmai/v1/dev-1/telemetry', null],
  ['v1/devices/me/telemetry', null],
])('%s', (topic, expected) => {
  const parsed = parseTopic(topic);
  expect(parsed === null ? null : `${parsed.deviceId} ${parsed.kind}`).toBe(expected);
});
