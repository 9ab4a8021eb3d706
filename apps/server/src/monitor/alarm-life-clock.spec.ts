import type { AlarmDetail } from '@anmai/postgres';
import { alarmShape, LiveRing } from '../api';
import { AlarmLifeClock } from './alarm-life-clock';

const alarm = (id: string, revision: number): AlarmDetail => ({
  id,
  revision,
  ruleId: 'r1',
  ruleVersion: 1,
  sensorId: 's1',
  assetId: 'a1',
  severity: 'yellow',
  condition: 'active',
  acknowledged: false,
  onsetAt: 0,
  raisedAt: 0,
  clearedAt: null,
  closedAt: null,
  evidence: {
    limit: {},
    source: { kind: 'assumption', why: 'test', reviewBy: '2027-06-30' },
    readings: [],
  },
  history: [],
  lastN: 1,
  ruleName: 'r1',
  sensorName: 's1',
  assetName: 'a1',
  orgId: null,
});

/** A clock over records that hold `rows`; `heard`: `id revision` of each event of the stream. */
function bed({ inCharge = true, due = 0 } = {}) {
  const live = new LiveRing('t');
  const heard: string[] = [];
  live.subscribe({ sensorIds: new Set() }, event => {
    if (event.name === 'alarm') heard.push(`${event.data.id} ${event.data.revision}`);
  });
  const rows: AlarmDetail[] = [];
  const looked: number[] = [];
  const faults: unknown[] = [];
  const state = { isUp: true, isAway: false, due };
  const clock = new AlarmLifeClock({
    live,
    inCharge,
    clock: { now: () => 7 },
    isUp: () => state.isUp,
    failed: error => faults.push(error),
    alarms: {
      newestRevision: async () => Math.max(0, ...rows.map(row => row.revision)),
      passTime: async (now, limit) => {
        if (state.isAway) throw new Error('away');
        looked.push(now);
        const taken = Math.min(limit, state.due);
        state.due -= taken;
        return taken;
      },
      changedSince: async (revision, limit) =>
        rows
          .filter(row => row.revision > revision)
          .sort((a, b) => a.revision - b.revision)
          .slice(0, limit),
    },
  });
  return { clock, live, heard, rows, looked, faults, state };
}

it('begins with what is new after its start', async () => {
  const { clock, heard, rows } = bed();
  rows.push(alarm('old', 5));
  await clock.look();
  rows.push(alarm('a', 6));
  await clock.look();
  await clock.look();
  expect(heard).toEqual(['a 6']);
});

it('does not say again what its own process has said', async () => {
  const { clock, heard, rows, live } = bed();
  await clock.look();
  rows.push(alarm('a', 3), alarm('b', 4));
  live.publish({ name: 'alarm', orgId: null, data: alarmShape(alarm('a', 3)) });
  await clock.look();
  expect(heard).toEqual(['a 3', 'b 4']);
});

it('says what was told from memory again once the records have it', async () => {
  const { clock, heard, rows, live } = bed();
  await clock.look();
  live.publish({ name: 'alarm', orgId: null, data: alarmShape(alarm('a', 0)) });
  rows.push(alarm('a', 1));
  await clock.look();
  expect(heard).toEqual(['a 0', 'a 1']);
});

it.each([
  ['in charge it looks at all that is due, in turns', true, 401, 3],
  ['looking on it moves nothing', false, 401, 0],
])('%s', async (_name, inCharge, due, turns) => {
  const { clock, looked } = bed({ inCharge, due });
  await clock.look();
  expect(looked).toHaveLength(turns);
});

it('waits for the records, and goes on where it was', async () => {
  const { clock, heard, rows, faults, state } = bed();
  await clock.look();
  state.isAway = true;
  rows.push(alarm('a', 1));
  await clock.look();
  expect([heard, faults]).toEqual([[], [new Error('away')]]);
  state.isAway = false;
  state.isUp = false;
  await clock.look();
  expect(heard).toEqual([]);
  state.isUp = true;
  await clock.look();
  expect(heard).toEqual(['a 1']);
});
