import { CLEAR_READINGS_MAX, clearReadingsSince } from './clear-readings';
import type { ThresholdCondition } from './rule';
import { changesOf, monitorWith, ruleOf } from './testing/timeline';

const LEVEL: ThresholdCondition = {
  type: 'threshold',
  limits: [{ severity: 'yellow', above: 20, clearBelow: 18 }],
};

it.each([
  ['the reading that cleared it is the first', LEVEL, '0 25, 60 1', 60, 1],
  ['each usable one after it counts', LEVEL, '0 25, 60 1, 120 2, 180 3', 60, 3],
  ['none from before the return', LEVEL, '0 1, 60 25, 120 1, 180 1', 120, 2],
  ['one that cannot be used breaks the row', LEVEL, '0 25, 60 1, 120 bad, 180 1', 60, 1],
  ['none while the newest cannot be used', LEVEL, '0 25, 60 1, 120 1, 180 bad', 60, 0],
  ['none of a sensor that fell silent', LEVEL, '0 25, 60 1, 120 1, 900 tick', 60, 0],
  [
    'one over the limit that does not raise yet breaks it',
    { ...LEVEL, raiseAfter: { samples: 3 } },
    '0 25, 60 25, 120 25, 180 1, 240 1, 300 25',
    180,
    0,
  ],
  ['one in the deadband is no alarm', LEVEL, '0 25, 60 1, 120 19', 60, 2],
])('%s', (_name, condition, timeline, sinceS, expected) => {
  const monitor = monitorWith([ruleOf(condition)]);
  changesOf(monitor, timeline);
  expect(clearReadingsSince(monitor.sensors.get('s1')!, 'r1', sinceS * 1_000)).toBe(expected);
});

it('counts every usable reading for a rule without limits on the sensor', () => {
  const monitor = monitorWith([ruleOf(LEVEL)]);
  changesOf(monitor, '0 25, 60 25, 120 bad, 180 25');
  expect(clearReadingsSince(monitor.sensors.get('s1')!, 'silence', 0)).toBe(1);
});

it('counts as many as are remembered', () => {
  const monitor = monitorWith([ruleOf(LEVEL)]);
  changesOf(monitor, Array.from({ length: 30 }, (_, i) => `${i * 60} 1`).join(', '));
  expect(clearReadingsSince(monitor.sensors.get('s1')!, 'r1', 0)).toBe(CLEAR_READINGS_MAX);
});
