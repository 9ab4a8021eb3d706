import fc from 'fast-check';
import type { Monitor } from './monitor';
import type { RegistryChange } from './registry-change';
import { sensorSnapshot, type SensorSnapshot } from './sensor-snapshot';
import { restoreMonitor } from './snapshot';
import type { KeptComposites } from './composite/composite-engine';
import { changesOf, monitorWith, ruleOf } from './testing/timeline';

const RULES = [
  ruleOf({
    type: 'threshold',
    limits: [
      { severity: 'yellow', above: 20, clearBelow: 18 },
      { severity: 'red', above: 50 },
    ],
    raiseAfter: { samples: 2, of: 3 },
    clearAfter: { seconds: 90 },
  }),
  ruleOf(
    { type: 'threshold', limits: [{ severity: 'orange', above: 30 }], raiseAfter: { seconds: 60 } },
    { id: 'r2' },
  ),
  ruleOf({ type: 'noData', after: { missed: 2 } }, { id: 'r3' }),
  ruleOf(
    {
      type: 'composite',
      of: [{ ruleId: 'r1', minSeverity: 'red' }, { ruleId: 'r2' }, { ruleId: 'r3' }],
      need: { atLeast: 2 },
      related: 'sensor',
      withinSeconds: 900,
      severity: 'red',
    },
    { id: 'r4' },
  ),
];

const yellow = (above: number) => ({ limits: [{ severity: 'yellow' as const, above }] });
/** One of each kind whose limits are on a derived value; low limits, so that noise raises. */
const DERIVED = [
  ruleOf({ type: 'rate', per: 'minute', ...yellow(2) }, { id: 'd1' }),
  ruleOf({ type: 'trend', per: 'day', ...yellow(1) }, { id: 'd2' }),
  ruleOf({ type: 'changepoint', ...yellow(5) }, { id: 'd3' }),
  ruleOf({ type: 'baseline', ...yellow(1) }, { id: 'd4' }),
  ruleOf({ type: 'nightFlow', ...yellow(1) }, { id: 'd5' }),
  ruleOf({ type: 'flatLine', tolerance: 1, ...yellow(100) }, { id: 'd6' }),
  ruleOf({ type: 'quality', of: 3, ...yellow(0.5) }, { id: 'd7' }),
  ruleOf(
    { type: 'forecast', target: { above: 70 }, per: 'minute', limits: [{ severity: 'red', below: 30 }] },
    { id: 'd8' },
  ),
];

/** Through JSON, as a disk would. */
function reborn(monitor: Monitor): Monitor {
  const registry = JSON.parse(JSON.stringify([...monitor.directory.entries()])) as RegistryChange[];
  const sensors = [...monitor.sensors].map(([id, state]): [string, SensorSnapshot] => [
    id,
    JSON.parse(JSON.stringify(sensorSnapshot(state))) as SensorSnapshot,
  ]);
  const composites = JSON.parse(JSON.stringify(monitor.composites.kept())) as KeptComposites;
  return restoreMonitor(registry, sensors, monitor.watching, composites);
}

/** Seconds to the next cell, how late its device time is, and what it holds. */
const cell = fc.tuple(
  fc.integer({ min: 1, max: 200 }),
  fc.oneof(
    { weight: 4, arbitrary: fc.constant(0) },
    { weight: 1, arbitrary: fc.integer({ min: 0, max: 900 }) },
  ),
  fc.constantFrom('1', '19', '25', '31', '60', 'bad', 'none', 'tick'),
);

function timelineOf(cells: readonly (readonly [number, number, string])[]): string[] {
  let now = 0;
  return cells.map(([dt, late, what]) => {
    now += dt;
    return what === 'tick' ? `${now} tick` : `${now}@${now - late} ${what}`;
  });
}

it('goes on after a restart as if nothing had happened, whatever the timeline and wherever the cut', () => {
  fc.assert(
    fc.property(fc.array(cell, { minLength: 2, maxLength: 60 }), fc.nat(58), (cells, cut) => {
      const timeline = timelineOf(cells);
      const at = 1 + (cut % (timeline.length - 1));
      const whole = changesOf(monitorWith(RULES), timeline.join(', '));
      const first = monitorWith(RULES);
      const before = changesOf(first, timeline.slice(0, at).join(', '));
      const after = changesOf(reborn(first), timeline.slice(at).join(', '));
      expect([...before, ...after]).toEqual(whole);
    }),
    { numRuns: 300 },
  );
});

it('goes on after a restart with all that its features have learned', () => {
  const value = fc.oneof(
    { weight: 9, arbitrary: fc.integer({ min: 0, max: 60 }).map(String) },
    { weight: 1, arbitrary: fc.constant('bad') },
  );
  const cells = fc.array(fc.tuple(fc.integer({ min: 20, max: 90 }), fc.constantFrom(0, 0, 0, 70), value), {
    minLength: 30,
    maxLength: 120,
  });
  const raised = new Set<string>();
  fc.assert(
    fc.property(cells, fc.integer({ min: 5, max: 25 }), (some, cut) => {
      const timeline = timelineOf(some);
      const whole = changesOf(monitorWith(DERIVED), timeline.join(', '));
      const first = monitorWith(DERIVED);
      const before = changesOf(first, timeline.slice(0, cut).join(', '));
      const after = changesOf(reborn(first), timeline.slice(cut).join(', '));
      expect([...before, ...after]).toEqual(whole);
      for (const change of whole) raised.add(change.ruleId);
    }),
    { numRuns: 60 },
  );
  // Those that need days to learn have features.spec of their own.
  expect([...raised]).toEqual(expect.arrayContaining(['d1', 'd4', 'd6', 'd7']));
});

it('raises and clears each alarm once and numbers its changes without holes, whatever the timeline', () => {
  fc.assert(
    fc.property(fc.array(cell, { minLength: 1, maxLength: 80 }), cells => {
      const changes = changesOf(monitorWith(RULES), timelineOf(cells).join(', '));
      const byAlarm = new Map<string, typeof changes>();
      for (const change of changes)
        byAlarm.set(change.alarmId, [...(byAlarm.get(change.alarmId) ?? []), change]);
      for (const track of byAlarm.values()) {
        expect(track.map(change => change.n)).toEqual(track.map((_, i) => i + 1));
        expect(track.map(change => change.kind).join(' ')).toMatch(
          /^raised( escalated| deescalated| blinded| restored)*( cleared)?$/,
        );
      }
      expect(new Set(changes.map(change => change.id)).size).toBe(changes.length);
    }),
    { numRuns: 300 },
  );
});
