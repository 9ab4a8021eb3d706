import type { Asset } from '@anmai/catalog';
import { BAD, GOOD } from '@anmai/readings';
import { Monitor } from '../monitor';
import type { CompositeCondition, Rule } from '../rule';
import { ASSET, ruleOf, SENSOR } from '../testing/timeline';

const MINUTE = 60_000;
/** a - b - c along the pipe, d 50 m beside a, e far away; each has the sensors gas and flow. */
const PLACES: Readonly<Record<string, readonly [number, readonly string[]]>> = {
  a: [0, ['b']],
  b: [0.01, ['c']],
  c: [0.02, []],
  d: [0.0005, []],
  e: [1, []],
};
const above = (id: string, quantity: string): Rule =>
  ruleOf(
    {
      type: 'threshold',
      limits: [
        { severity: 'yellow', above: 20 },
        { severity: 'orange', above: 50 },
      ],
    },
    { id, appliesTo: { quantity } },
  );
const composite = (condition: Partial<CompositeCondition>): Rule =>
  ruleOf(
    {
      type: 'composite',
      of: [{ ruleId: 'gas' }],
      need: { atLeast: 2 },
      related: 'neighbours',
      withinSeconds: 600,
      severity: 'red',
      ...condition,
    },
    { id: 'both' },
  );

function monitorOf(rule: Rule): Monitor {
  const monitor = new Monitor();
  const assets = Object.entries(PLACES).map(([id, [lon, links]]): Asset => {
    return { ...ASSET, id, geometry: { type: 'Point', coordinates: [114 + lon, 34] }, links };
  });
  const sensors = Object.keys(PLACES).flatMap(id => [
    { ...SENSOR, id: `${id}.gas`, assetId: id, quantity: 'gas.combustible' },
    { ...SENSOR, id: `${id}.flow`, assetId: id, quantity: 'gas.flow' },
  ]);
  monitor.registry(
    [
      ...assets.map(value => ({ kind: 'asset', op: 'put', id: value.id, value }) as const),
      ...sensors.map(value => ({ kind: 'sensor', op: 'put', id: value.id, value }) as const),
      ...[above('gas', 'gas.combustible'), above('flow', 'gas.flow'), rule].map(
        value => ({ kind: 'rule', op: 'put', id: value.id, value }) as const,
      ),
    ],
    0,
  );
  return monitor;
}

/** '0 a.gas 25, 1 b.gas 25' (minute, sensor, value or bad); gives the changes of the composite alone. */
function run(monitor: Monitor, timeline: string): string {
  const out: string[] = [];
  for (const cell of timeline.split(', ')) {
    const [minute, sensorId = '', value] = cell.split(' ');
    const at = Number(minute) * MINUTE;
    const quality = value === 'bad' ? BAD : GOOD;
    const reading = { sensorId, at, value: value === 'bad' ? 999 : Number(value), quality };
    for (const change of monitor.readings([reading], at))
      if (change.ruleId === 'both')
        out.push(`${minute} ${change.kind} ${change.severity} ${change.sensorId}`);
  }
  return out.join(', ');
}

it.each([
  ['one alone is none', {}, '0 a.gas 25', ''],
  ['two neighbours, on the earlier one', {}, '0 a.gas 25, 1 b.gas 25', '1 raised red a.gas'],
  ['against the flow as well', {}, '0 b.gas 25, 1 a.gas 25', '1 raised red b.gas'],
  ['two apart are none', {}, '0 a.gas 25, 1 c.gas 25', ''],
  ['the same well twice is one witness', { of: [{ ruleId: 'gas' }] }, '0 a.gas 25, 1 a.gas 55', ''],
  ['too late', {}, '0 a.gas 25, 11 b.gas 25', ''],
  ['just in time', {}, '0 a.gas 25, 10 b.gas 25', '10 raised red a.gas'],
  ['ends when one ends', {}, '0 a.gas 25, 1 b.gas 25, 2 b.gas 1', '1 raised red a.gas, 2 cleared red a.gas'],
  ['a third holds it up', {}, '0 b.gas 25, 1 a.gas 25, 2 c.gas 25, 3 a.gas 1', '1 raised red b.gas'],
  ['is told once for all three', {}, '0 b.gas 25, 1 a.gas 25, 2 c.gas 25', '1 raised red b.gas'],
  [
    'blind is not over',
    {},
    '0 a.gas 25, 1 b.gas 25, 2 b.gas bad, 3 b.gas 25, 4 b.gas 1',
    '1 raised red a.gas, 2 blinded red a.gas, 3 restored red a.gas, 4 cleared red a.gas',
  ],
  [
    'from a severity on',
    { of: [{ ruleId: 'gas', minSeverity: 'orange' }] },
    '0 a.gas 55, 1 b.gas 25, 2 b.gas 55',
    '2 raised red a.gas',
  ],
  [
    'below that severity again',
    { of: [{ ruleId: 'gas', minSeverity: 'orange' }] },
    '0 a.gas 55, 1 b.gas 55, 2 b.gas 25',
    '1 raised red a.gas, 2 cleared red a.gas',
  ],
  [
    'all of two rules on one asset',
    { of: [{ ruleId: 'gas' }, { ruleId: 'flow' }], need: 'all', related: 'asset' },
    '0 a.gas 25, 1 b.flow 25, 2 a.flow 25',
    '2 raised red a.gas',
  ],
  [
    'within a distance',
    { related: { withinMeters: 100 } },
    '0 a.gas 25, 1 b.gas 25, 2 d.gas 25',
    '2 raised red a.gas',
  ],
  ['any one', { need: 'any' }, '0 e.gas 25, 1 e.gas 1', '0 raised red e.gas, 1 cleared red e.gas'],
] as const)('%s', (_name, condition, timeline, expected) => {
  expect(run(monitorOf(composite(condition)), timeline)).toBe(expected);
});

it('names the alarms that made it, and stands on its asset', () => {
  const monitor = monitorOf(composite({}));
  const alarms = ['a', 'b'].flatMap(id =>
    monitor.readings([{ sensorId: `${id}.gas`, at: 0, value: 25, quality: GOOD }], 0),
  );
  const [first, second, both] = alarms;
  expect(both!.evidence.derived).toEqual({
    alarms: [first!.alarmId, second!.alarmId].sort().join(' '),
    count: 2,
  });
  expect(monitor.composites.openOn(both!.sensorId).map(open => open.rank)).toEqual([4]);
});

it('knows the alarms that were open before the rule came, and ends with the rule', () => {
  const monitor = monitorOf(composite({ need: { atLeast: 9 } }));
  run(monitor, '0 a.gas 25');
  const rule = composite({});
  monitor.registry([{ kind: 'rule', op: 'put', id: rule.id, value: { ...rule, version: 2 } }], MINUTE);
  expect(run(monitor, '2 b.gas 25')).toBe('2 raised red a.gas');
  const ended = monitor.registry([{ kind: 'rule', op: 'delete', id: rule.id, value: null }], 3 * MINUTE);
  expect(ended.map(change => `${change.kind} ${change.reason}`)).toEqual([
    'cleared rule is no longer in force',
  ]);
  expect(run(monitor, '4 b.gas 1')).toBe('');
});
