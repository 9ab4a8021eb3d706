import { monitorWith, ruleOf, run } from '@anmai/alarms/testing/timeline';
import { ruleCoverage } from './rule-coverage';

const limits = [{ severity: 'yellow' as const, above: 20 }];

it('tells of a rule whose unit does not fit a sensor that it covers', () => {
  const monitor = monitorWith([
    ruleOf({ type: 'threshold', limits }, { id: 'fits' }),
    ruleOf({ type: 'threshold', limits, unit: 'MPa' }, { id: 'odd' }),
    ruleOf({ type: 'noData', after: { missed: 2 } }, { id: 'silent' }),
    ruleOf({ type: 'threshold', limits }, { id: 'elsewhere', appliesTo: { sensorIds: ['other'] } }),
  ]);
  const coverage = ruleCoverage(monitor);
  expect(coverage.get('fits')).toEqual({ sensors: 1, learning: 0, blind: 0, faultCount: 0, faults: [] });
  expect(coverage.get('silent')).toMatchObject({ sensors: 1 });
  expect(coverage.get('elsewhere')).toMatchObject({ sensors: 0, faultCount: 0 });
  const odd = coverage.get('odd')!;
  expect([odd.sensors, odd.faultCount]).toEqual([0, 1]);
  expect(odd.faults).toEqual([{ sensorId: 's1', reason: expect.stringContaining('MPa') as string }]);
});

it('a rule without its companion is blind, not learning, however long it has been', () => {
  const companions = [{ quantity: 'temperature' }];
  const monitor = monitorWith([
    ruleOf({ type: 'threshold', limits, companions }, { id: 'corrected' }),
    ruleOf({ type: 'threshold', limits }, { id: 'plain' }),
  ]);
  run(monitor, '0 1, 60 1');
  const coverage = ruleCoverage(monitor);
  expect(coverage.get('corrected')).toMatchObject({ sensors: 1, learning: 0, blind: 1 });
  expect(coverage.get('plain')).toMatchObject({ sensors: 1, learning: 0, blind: 0 });
  run(monitor, '600 tick');
  expect(ruleCoverage(monitor).get('plain')).toMatchObject({ blind: 1 });
});
