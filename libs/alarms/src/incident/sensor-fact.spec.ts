import { changesOf, monitorWith, ruleOf } from '../testing/timeline';
import { sensorFact } from './sensor-fact';

const RULE = ruleOf({
  type: 'threshold',
  limits: [{ severity: 'yellow', above: 20, clearBelow: 18 }],
  raiseAfter: { samples: 1 },
  clearAfter: { samples: 2 },
});

it.each([
  ['never over the limit', '0 5, 60 6, 120 7', 'cleared', 3],
  ['on', '0 5, 60 25', 'active', 0],
  ['not over before it has cleared', '0 25, 60 5', 'active', 0],
  ['the reading that cleared it is the first', '0 25, 60 5, 120 5, 180 5', 'cleared', 2],
  ['a reading that cannot be used breaks the run', '0 5, 60 5, 120 bad, 180 5', 'cleared', 1],
  [
    'as many as are remembered',
    Array.from({ length: 30 }, (_, i) => `${i * 60} 5`).join(', '),
    'cleared',
    12,
  ],
])('%s', (_name, timeline, alarm, normalRun) => {
  const monitor = monitorWith([RULE]);
  changesOf(monitor, timeline);
  expect(sensorFact(monitor, 's1')).toMatchObject({ alarm, normalRun, outOfService: false });
});

it('knows silence, and nothing of what is not registered', () => {
  const monitor = monitorWith([RULE]);
  changesOf(monitor, '0 25, 900 tick');
  expect(sensorFact(monitor, 's1')).toMatchObject({ alarm: 'blind', blind: true });
  expect(sensorFact(monitor, 's9')).toBeNull();
});

it('a sensor without a rule is never normal', () => {
  const monitor = monitorWith([RULE]);
  changesOf(monitor, '0 5, 60 5');
  monitor.registry([{ kind: 'rule', op: 'delete', id: 'r1', value: null }], 61_000);
  changesOf(monitor, '120 5, 180 5');
  expect(sensorFact(monitor, 's1')).toMatchObject({ alarm: 'cleared', normalRun: 0 });
});
