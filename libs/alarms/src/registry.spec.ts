import { ASSET, monitorWith, ruleOf, run, SENSOR } from './testing/timeline';
import type { Monitor } from './monitor';
import type { Rule } from './rule';

const above = (limit: number): Rule['condition'] => ({
  type: 'threshold',
  limits: [{ severity: 'yellow', above: limit }],
});
const put = (monitor: Monitor, rule: Rule, second: number): string =>
  monitor
    .registry([{ kind: 'rule', op: 'put', id: rule.id, value: rule }], second * 1000)
    .map(change => `${change.kind} (${change.reason})`)
    .join();

describe('a rule that changes under an open alarm', () => {
  it('keeps the alarm until a reading clears it under the new version', () => {
    const monitor = monitorWith([ruleOf(above(20))]);
    run(monitor, '0 25');
    expect(put(monitor, ruleOf(above(30), { version: 2 }), 10)).toBe('');
    expect(run(monitor, '60 25')).toBe('60 cleared yellow');
  });

  it('keeps one alarm when the reading is above both limits', () => {
    const monitor = monitorWith([ruleOf(above(20))]);
    run(monitor, '0 25');
    put(monitor, ruleOf(above(22), { version: 2 }), 10);
    expect(run(monitor, '60 25, 120 1')).toBe('120 cleared yellow');
  });

  it('explains itself when the level of the open alarm is gone', () => {
    const monitor = monitorWith([ruleOf({ type: 'threshold', limits: [{ severity: 'red', above: 50 }] })]);
    run(monitor, '0 60');
    put(monitor, ruleOf(above(20), { version: 2 }), 10);
    expect(run(monitor, '60 25, 120 1')).toBe('60 deescalated yellow, 120 cleared yellow');
  });

  it.each([
    ['disabled', ruleOf(above(20), { version: 2, enabled: false })],
    ['narrowed to others', ruleOf(above(20), { version: 2, appliesTo: { sensorIds: ['other'] } })],
  ])('ends it with a reason when it is %s', (_name, rule) => {
    const monitor = monitorWith([ruleOf(above(20))]);
    run(monitor, '0 25');
    expect(put(monitor, rule, 10)).toBe('cleared (rule no longer covers this sensor)');
  });

  it('ends it with a reason when the sensor goes', () => {
    const monitor = monitorWith([ruleOf(above(20))]);
    run(monitor, '0 25');
    const changes = monitor.registry([{ kind: 'sensor', op: 'delete', id: SENSOR.id, value: null }], 5_000);
    expect(changes.map(change => change.reason)).toEqual(['sensor was removed']);
    expect(run(monitor, '9999 tick')).toBe('');
  });

  it('leaves a running hold alone when something unrelated changes', () => {
    const monitor = monitorWith([ruleOf({ ...above(20), raiseAfter: { samples: 2 } } as Rule['condition'])]);
    run(monitor, '0 25');
    monitor.registry(
      [{ kind: 'asset', op: 'put', id: ASSET.id, value: { ...ASSET, name: 'renamed' } }],
      10_000,
    );
    put(monitor, ruleOf(above(90), { id: 'r9' }), 20);
    expect(run(monitor, '60 25')).toBe('60 raised yellow');
  });

  it('throws the old values away when the unit changes', () => {
    const monitor = monitorWith([ruleOf({ ...above(20), raiseAfter: { samples: 2 } } as Rule['condition'])]);
    run(monitor, '0 25');
    monitor.registry(
      [{ kind: 'sensor', op: 'put', id: SENSOR.id, value: { ...SENSOR, unit: 'ppm' } }],
      10_000,
    );
    expect(monitor.sensors.get('s1')!.steps).toEqual([]);
    expect(run(monitor, '60 25')).toBe('');
  });
});

describe('scope', () => {
  it.each([
    [{}, true],
    [{ sensorIds: ['s1'] }, true],
    [{ sensorIds: ['s2'] }, false],
    [{ quantity: 'gas.combustible' }, true],
    [{ quantity: 'gas.combustible', assetKind: 'building' }, false],
    [{ assetKind: 'gas.well' }, true],
    [{ orgId: 'gas-co' }, true],
    [{ orgId: 'city' }, true],
    [{ orgId: 'water-co' }, false],
    [{ grade: 'D' }, false],
  ])('%j covers the sensor: %s', (appliesTo, covered) => {
    const monitor = monitorWith([ruleOf(above(20), { appliesTo })]);
    const value = { id: 'gas-co', name: '', parentId: 'city', path: ['city', 'gas-co'] };
    monitor.registry([{ kind: 'org', op: 'put', id: 'gas-co', value }], 0);
    expect(run(monitor, '1 25')).toBe(covered ? '1 raised yellow' : '');
  });
});

it('knows at once of a new rule that cannot be used, and forgets it when it goes', () => {
  const monitor = monitorWith([ruleOf(above(20))]);
  run(monitor, '0 25');
  const condition = { ...above(20), unit: 'MPa' } as Rule['condition'];
  put(monitor, ruleOf(condition, { id: 'odd' }), 10);
  const faults = (): string[] => monitor.sensors.get('s1')!.watches.faults.map(fault => fault.ruleId);
  expect(faults()).toEqual(['odd']);
  monitor.registry([{ kind: 'rule', op: 'delete', id: 'odd', value: null }], 20_000);
  expect(faults()).toEqual([]);
  expect(run(monitor, '60 1')).toBe('60 cleared yellow');
});
