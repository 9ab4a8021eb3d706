import { mayCallDuty, mayEndWatch, mayStandDownDuty, mayStartWatch } from '@anmai/lifecycle';
import { ok } from '@anmai/kernel';
import type { Records } from './records';
import { LIST_LIMIT_MAX } from './record-shapes';
import { appraisal, makeBuilding, watchPlan } from './testing/hazard-samples';
import { by, change, makeOrgs, rule, SYSTEM } from './testing/samples';
import { startTestServer, TEST_NOW, type TestServer } from './testing/test-server';

let server: TestServer;
let records: Records;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());
beforeEach(async () => {
  ({ records } = await server.freshRecords());
  await makeOrgs(records);
  await makeBuilding(records);
});
afterEach(() => records.close());

const yes = () => ok(true as const);
const start = (plan = watchPlan('w1'), author = by('enno')) =>
  records.watches.start(plan, (building, open) => mayStartWatch(building.grade, open), author);
const MINUTE = 60_000;
let seq = 0;
/** Changes of an alarm of the building. */
const alarms = (...changes: Parameters<typeof change>[]) =>
  records.alarms.applyChanges(
    changes.map(([id, n, kind, over]) => change(id, n, kind, { assetId: 'b1', ...over })),
    { monitor: 'm', seq: ++seq },
  );

describe('a monitoring plan', () => {
  it('is in force once, and the building is no longer listed as unwatched', async () => {
    expect(await records.watches.unwatched(null)).toEqual([
      { buildingId: 'b1', buildingName: '楼 b1', grade: 'C' },
    ]);
    expect(await start()).toMatchObject({ ok: true, value: { version: 1, buildingName: '楼 b1' } });
    expect(await start(watchPlan('w2'))).toMatchObject({ ok: false, error: { code: 'plan.twice' } });
    expect(await records.watches.unwatched(null)).toEqual([]);
    expect((await records.watches.ofBuilding('b1', null))!.id).toBe('w1');
  });

  it('is for C and D alone', async () => {
    await makeBuilding(records, 'b2', 'city', 'B');
    const answer = await start(watchPlan('w2', { buildingId: 'b2' }));
    expect(answer).toMatchObject({ ok: false, error: { code: 'plan.grade' } });
  });

  it('is edited from the version that was seen', async () => {
    await start();
    const edit = (version: number) =>
      records.watches.edit('w1', version, plan => ok({ ...watchPlan('w1'), ...strip(plan), patrolEveryDays: 1 }), by('enno'));
    expect(await edit(1)).toMatchObject({ ok: true, value: { version: 2, patrolEveryDays: 1 } });
    await expect(edit(1)).rejects.toMatchObject({ code: 'PGR-006', details: { version: 2 } });
  }); // prettier-ignore

  it('belongs to the organisation of the building', async () => {
    await makeBuilding(records, 'gas-house', 'gas-co');
    await start(watchPlan('w2', { buildingId: 'gas-house' }), by('g', 'gas-co'));
    expect(await records.watches.get('w2', 'water-co')).toBeNull();
    expect((await records.watches.list({ state: 'open', limit: 9 }, 'gas-co')).items.map(row => row.id)).toEqual(['w2']);
    await expect(records.watches.edit('w2', null, plan => ok(plan), by('w', 'water-co'))).rejects.toMatchObject({ code: 'PGR-004' });
  }); // prettier-ignore

  it('ends by a report that says B, within the write that files it', async () => {
    await start();
    const end = () => records.watches.end('w1', mayEndWatch, by('enno'));
    expect(await end()).toMatchObject({ ok: false, error: { code: 'end.noAppraisal' } });
    await records.appraisals.file(appraisal('still', { filedAt: TEST_NOW + 1 }), yes, by('enno'));
    expect(await end()).toMatchObject({ ok: false, error: { code: 'end.stillDangerous' } });
    const relief = appraisal('b', { grade: 'B', reportedAt: TEST_NOW + 2, filedAt: TEST_NOW + 2 });
    const filed = await records.appraisals.file(relief, yes, by('enno'));
    expect(filed).toMatchObject({ ok: true, value: { planEnded: { id: 'w1', endedByAppraisalId: 'b' } } });
    expect(await records.watches.ofBuilding('b1', null)).toBeNull();
    expect((await records.watches.get('w1', null))!.endedAt).toBe(TEST_NOW + 2);
    expect((await records.watches.list({ state: 'ended', limit: 9 }, null)).items).toHaveLength(1);
  });

  it('follows a report that says D', async () => {
    await start();
    await records.appraisals.file(appraisal('d', { grade: 'D', filedAt: TEST_NOW + 1 }), yes, by('enno'));
    expect(await records.watches.ofBuilding('b1', null)).toMatchObject({ grade: 'D', appraisalId: 'd', version: 2 });
  }); // prettier-ignore
});

/** Without what the row has beside the plan. */
function strip(row: Awaited<ReturnType<Records['watches']['get']>>) {
  const { version: _v, buildingName: _b, orgId: _o, ...plan } = row!;
  return plan;
}

describe('an alarm of a watched building', () => {
  it('demands a special check-up; a red one starts the duty list, each once', async () => {
    await start();
    await alarms(['al', 1, 'raised']);
    expect(await records.watches.tellAlarms(TEST_NOW + MINUTE)).toEqual({ rounds: 0, demands: 1 });
    await alarms(['al', 2, 'escalated', { severity: 'red' }]);
    expect(await records.watches.tellAlarms(TEST_NOW + 2 * MINUTE)).toEqual({ rounds: 1, demands: 1 });
    expect(await records.watches.tellAlarms(TEST_NOW + 3 * MINUTE)).toEqual({ rounds: 0, demands: 0 });
    const [round] = await records.watches.openRounds(null);
    expect(round).toMatchObject({ alarmId: 'al', severity: 'red', startedAt: TEST_NOW + 2 * MINUTE, confirmBy: TEST_NOW + 62 * MINUTE, people: watchPlan('w1').duty });
    const [demand] = await records.watches.demands({ open: true }, null);
    expect(demand).toMatchObject({ cause: 'alarm', severity: 'red', alarmIds: ['al'], metAt: null });
    expect((await records.assets.get('b1', null))!.properties['grade']).toBe('C');
  }); // prettier-ignore

  it('that was red for a moment still starts it, and so does one that is over meanwhile', async () => {
    await start();
    await alarms(['a', 1, 'raised', { severity: 'red' }], ['a', 2, 'deescalated'], ['a', 3, 'cleared']);
    expect(await records.watches.tellAlarms(TEST_NOW + MINUTE)).toEqual({ rounds: 1, demands: 1 });
  });

  it('joins the demand that waits; after that one is met it demands anew', async () => {
    await start();
    await alarms(['a', 1, 'raised']);
    await records.watches.tellAlarms(TEST_NOW + MINUTE);
    await alarms(['b', 1, 'raised', { severity: 'orange' }]);
    await records.watches.tellAlarms(TEST_NOW + MINUTE);
    const [one] = await records.watches.demands({ open: true, buildingId: 'b1' }, null);
    expect(one).toMatchObject({ alarmIds: ['a', 'b'], severity: 'orange' });
    const met = await records.watches.meetDemand(one!.id, 'chk-1', TEST_NOW + 2 * MINUTE, by('ines'));
    expect(met).toMatchObject({ checkupId: 'chk-1', metAt: TEST_NOW + 2 * MINUTE });
    expect(await records.watches.meetDemand(one!.id, 'chk-2', TEST_NOW, by('ines'))).toEqual(met);
    expect(await records.watches.tellAlarms(TEST_NOW + 3 * MINUTE)).toEqual({ rounds: 0, demands: 0 });
    await alarms(['c', 1, 'raised']);
    expect(await records.watches.tellAlarms(TEST_NOW + 3 * MINUTE)).toEqual({ rounds: 0, demands: 1 });
  });

  it('that becomes worse after its demand was met demands anew, once for each rise', async () => {
    await start();
    const tell = () => records.watches.tellAlarms(TEST_NOW + 3 * MINUTE);
    const meet = async (checkupId: string) => {
      const [one] = await records.watches.demands({ open: true }, null);
      await records.watches.meetDemand(one!.id, checkupId, TEST_NOW + 2 * MINUTE, by('ines'));
      return [one!.severity, one!.alarmIds];
    };
    await alarms(['a', 1, 'raised']);
    await tell();
    expect(await meet('chk-1')).toEqual(['yellow', ['a']]);
    await alarms(['a', 2, 'escalated', { severity: 'orange' }]);
    expect(await tell()).toEqual({ rounds: 0, demands: 1 });
    expect(await tell()).toEqual({ rounds: 0, demands: 0 });
    expect(await meet('chk-2')).toEqual(['orange', ['a']]);
    await alarms(
      ['a', 3, 'deescalated', { severity: 'yellow' }],
      ['a', 4, 'escalated', { severity: 'orange' }],
    );
    expect(await tell()).toEqual({ rounds: 0, demands: 0 });
    await alarms(['a', 5, 'escalated', { severity: 'red' }]);
    expect(await tell()).toEqual({ rounds: 1, demands: 1 });
    expect(await meet('chk-3')).toEqual(['red', ['a']]);
    expect(await tell()).toEqual({ rounds: 0, demands: 0 });
  });

  it('of a C or D building that nobody watches demands a check-up all the same; of another one nothing', async () => {
    await makeBuilding(records, 'b2', 'city', 'B');
    await alarms(
      ['a', 1, 'raised', { severity: 'red' }],
      ['b', 1, 'raised', { severity: 'red', assetId: 'b2' }],
    );
    expect(await records.watches.tellAlarms(TEST_NOW + MINUTE)).toEqual({ rounds: 0, demands: 1 });
    expect(await records.watches.demands({ open: true, buildingId: 'b1' }, null)).toHaveLength(1);
  });

  it('counts for nothing when it is only silence', async () => {
    await records.rules.create(
      { ...rule('r1'), condition: { type: 'noData', after: { missed: 3 } } },
      SYSTEM,
    );
    await start();
    await alarms(['a', 1, 'raised', { severity: 'red' }]);
    expect(await records.watches.tellAlarms(TEST_NOW + MINUTE)).toEqual({ rounds: 0, demands: 0 });
  });

  it('counts from the severity that the plan names', async () => {
    await start(watchPlan('w1', { checkupFrom: 'orange' }));
    await alarms(['a', 1, 'raised']);
    expect(await records.watches.tellAlarms(TEST_NOW + MINUTE)).toEqual({ rounds: 0, demands: 0 });
  });

  it('is listed for the report with the worst that it was', async () => {
    await alarms(['a', 1, 'raised', { severity: 'red' }], ['a', 2, 'deescalated'], ['a', 3, 'cleared']);
    const list = await records.watches.alarms('b1', TEST_NOW, TEST_NOW + MINUTE);
    expect(list).toMatchObject([{ id: 'a', severity: 'red', ruleName: 'r1' }]);
    expect(await records.watches.alarms('b1', TEST_NOW + MINUTE, TEST_NOW + 2 * MINUTE)).toEqual([]);
  });

  it('is not left out of the report when it is the worst of very many', async () => {
    const old = Array.from({ length: LIST_LIMIT_MAX }, (_, i) => `a${i}`);
    await alarms(...old.map((id): Parameters<typeof change> => [id, 1, 'raised']));
    await alarms(['z', 2, 'raised', { severity: 'red' }]);
    const list = await records.watches.alarms('b1', TEST_NOW, TEST_NOW + MINUTE);
    expect(list).toHaveLength(LIST_LIMIT_MAX);
    expect(list.filter(each => each.severity === 'red').map(each => each.id)).toEqual(['z']);
  });
});

describe('the duty list', () => {
  const call = (id: string, personId: string, outcome: 'noAnswer' | 'told' | 'left') =>
    records.watches.call(
      roundId,
      { id, personId, at: TEST_NOW + MINUTE, by: 'otto', outcome, note: '' },
      round => mayCallDuty(round, personId),
      null,
    );
  let roundId: string;
  beforeEach(async () => {
    await start();
    await alarms(['al', 1, 'raised', { severity: 'red' }]);
    await records.watches.tellAlarms(TEST_NOW);
    roundId = (await records.watches.openRounds(null))[0]!.id;
  });

  it('keeps each call', async () => {
    await call('c1', 'p1', 'noAnswer');
    const after = await call('c2', 'p1', 'left');
    expect(after).toMatchObject({ ok: true, value: { calls: [{ outcome: 'noAnswer', at: TEST_NOW + MINUTE, by: 'otto' }, { outcome: 'left' }] } });
    expect(await call('c3', 'p9', 'left')).toMatchObject({ ok: false, error: { code: 'call.unknown' } });
    expect((await records.watches.round(roundId, null))!.calls).toHaveLength(2);
    expect(await records.watches.round(roundId, 'water-co')).toBeNull();
  }); // prettier-ignore

  it('stays as it was when the plan changes, and ends by a person', async () => {
    await records.watches.edit('w1', null, plan => ok({ ...strip(plan), duty: [] }), by('enno'));
    expect((await records.watches.round(roundId, null))!.people).toHaveLength(1);
    const end = (note: string) =>
      records.watches.standDown(roundId, note, round => mayStandDownDuty(round, note), by('otto'));
    expect(await end('')).toMatchObject({ ok: false, error: { code: 'stand.noteMissing' } });
    expect(await end('误报')).toMatchObject({ ok: true, value: { stoodDownBy: 'otto', stoodDownNote: '误报' } });
    expect(await records.watches.openRounds(null)).toEqual([]);
    expect(await call('c1', 'p1', 'left')).toMatchObject({ ok: false, error: { code: 'call.over' } });
  }); // prettier-ignore
});

it('a demand for another reason waits once', async () => {
  const demand = (id: string) =>
    records.watches.demand(
      { id, buildingId: 'b1', cause: 'earthquake', severity: null, reason: '4.5 级', demandedAt: TEST_NOW, demandedBy: 'enno' },
      by('enno'),
    );
  expect((await demand('d1')).id).toBe('d1');
  expect((await demand('d2')).id).toBe('d1');
}); // prettier-ignore
