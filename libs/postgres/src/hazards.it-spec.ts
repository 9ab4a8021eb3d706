import { HAZARD_TERMS, hazardTimers, type HazardRefusal, type HazardStep } from '@anmai/lifecycle';
import { err, ok } from '@anmai/kernel';
import type { Records } from './records';
import { appraisal, hazardHead, makeBuilding, registered } from './testing/hazard-samples';
import { by, change, makeOrgs, SYSTEM } from './testing/samples';
import { startTestServer, TEST_NOW, type TestServer } from './testing/test-server';

let server: TestServer;
let records: Records;
let schema: string;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());
beforeEach(async () => {
  ({ records, schema } = await server.freshRecords());
  await makeOrgs(records);
  await makeBuilding(records);
});
afterEach(() => records.close());

const yes = () => ok(true as const);
const refusal: HazardRefusal = { code: 'step.outOfOrder', why: 'w', instead: 'i' };
const gradeOf = async (id = 'b1') => (await records.assets.get(id, null))!.properties['grade'];
const pending = async () =>
  (await records.registry.pendingRegistryChanges(100)).map(row => [row.change.kind, row.change.id]);
const actions = async () =>
  (await records.audit.list({ limit: 50 })).items.map(row => `${row.action} ${row.subject}`);
/** What the timeline was told, oldest first; read by SQL, since the timeline has a repository of its own. */
async function events(): Promise<string[]> {
  const { Client } = (await import('pg')).default;
  const client = new Client(server.target);
  await client.connect();
  const { rows } = await client.query<{ kind: string; change: string }>(
    `select kind, change from ${schema}.building_event order by at, written_at, id`,
  );
  await client.end();
  return rows.map(row => `${row.kind} ${row.change}`);
}
const page = { limit: 10 };

describe('appraisals', () => {
  it('set the grade of the asset, and tell the registry, the trail and the timeline', async () => {
    await records.registry.markJournaled(1_000);
    const filed = await records.appraisals.file(appraisal('a1', { grade: 'D' }), yes, by('enno'));
    expect(filed).toMatchObject({ ok: true, value: { gradeBefore: 'C', gradeAfter: 'D', planEnded: null } });
    expect(await gradeOf()).toBe('D');
    expect(await pending()).toEqual([['asset', 'b1']]);
    expect((await actions()).slice(0, 2)).toEqual(['appraisal.filed appraisal/a1', 'asset.graded asset/b1']);
    expect(await events()).toEqual(['appraisal filed']);
  });

  it('change nothing when they are refused', async () => {
    const no = () => err({ code: 'basis.notReport', why: 'w', instead: 'i' } as const);
    expect((await records.appraisals.file(appraisal('a1', { grade: 'A' }), no, by('enno'))).ok).toBe(false);
    expect(await gradeOf()).toBe('C');
    expect((await records.appraisals.list(page, null)).items).toEqual([]);
  });

  it('that come late do not undo a newer one', async () => {
    await records.appraisals.file(appraisal('new', { grade: 'D', reportedAt: TEST_NOW }), yes, by('enno'));
    await records.appraisals.file(
      appraisal('old', { grade: 'B', reportedAt: TEST_NOW - 1 }),
      yes,
      by('enno'),
    );
    expect(await gradeOf()).toBe('D');
    const rows = (await records.appraisals.list({ ...page, buildingId: 'b1' }, null)).items;
    expect(rows.map(row => [row.id, row.isInForce])).toEqual([['old', false], ['new', true]]); // prettier-ignore
  });

  it('that correct another one count in its place', async () => {
    await records.appraisals.file(appraisal('wrong', { grade: 'D', reportedAt: TEST_NOW }), yes, by('enno'));
    const right = appraisal('right', { grade: 'B', reportedAt: TEST_NOW - 9, replacesId: 'wrong' });
    await records.appraisals.file(right, yes, by('enno'));
    expect(await gradeOf()).toBe('B');
  });

  it('are judged with what is known of the building and its reports', async () => {
    await records.appraisals.file(appraisal('a1'), yes, by('enno'));
    await records.appraisals.file(
      appraisal('a2'),
      known => {
        expect(known.building).toMatchObject({ id: 'b1', grade: 'C', protection: null, orgId: 'city' });
        expect(known.present.map(each => each.id)).toEqual(['a1']);
        return ok(true);
      },
      by('enno'),
    );
    expect.assertions(2);
  });

  it('are of a visible building alone, once, and for good', async () => {
    await makeBuilding(records, 'gas-house', 'gas-co');
    const other = appraisal('a1', { buildingId: 'gas-house' });
    await expect(records.appraisals.file(other, yes, by('w', 'water-co'))).rejects.toMatchObject({ code: 'PGR-004' });
    await records.appraisals.file(other, yes, by('g', 'gas-co'));
    await expect(records.appraisals.file(other, yes, by('g', 'gas-co'))).rejects.toMatchObject({ code: 'PGR-005' });
    expect(await records.appraisals.get('a1', 'water-co')).toBeNull();
    expect((await records.appraisals.get('a1', 'gas-co'))!.buildingName).toBe('楼 gas-house');
  }); // prettier-ignore
});

describe('the grade of a registered building', () => {
  const building = async () => {
    const { version: _v, ...asset } = (await records.assets.get('b1', null))!;
    return asset;
  };
  it('is not changed, set or lost by an edit of the registry', async () => {
    const asset = await building();
    for (const properties of [{ grade: 'A' }, { grade: 'D' }, {}]) {
      const edit = records.assets.update({ ...asset, properties }, null, SYSTEM);
      await expect(edit).rejects.toMatchObject({ code: 'GRD-002' });
    }
    await makeBuilding(records, 'b2', 'city', null);
    const { version: _v, ...plain } = (await records.assets.get('b2', null))!;
    const set = records.assets.update({ ...plain, properties: { grade: 'C' } }, null, SYSTEM);
    await expect(set).rejects.toMatchObject({ code: 'GRD-002' });
    await records.assets.update({ ...asset, properties: { grade: 'C', floor: 3 } }, null, SYSTEM);
    expect((await building()).properties).toEqual({ grade: 'C', floor: 3 });
  });

  it('is not changed by an import', async () => {
    const asset = await building();
    const result = await records.registry.importRegistry(
      { assets: [{ ...asset, properties: { grade: 'A' } }] },
      SYSTEM,
    );
    expect(result).toMatchObject({ ok: false, error: [{ list: 'assets', id: 'b1', code: 'grade' }] });
    expect(await gradeOf()).toBe('C');
    expect((await records.registry.importRegistry({ assets: [asset] }, SYSTEM)).ok).toBe(true);
  });
});

describe('hazards', () => {
  const terms = HAZARD_TERMS;
  it('are told of, taken through a step, and told to the timeline', async () => {
    await records.hazards.report(hazardHead('h1'), by('ines'));
    const taken = await records.hazards.take(registered('s1', 'h1'), yes, null);
    expect(taken).toMatchObject({ ok: true, value: { stage: 'registered', level: 'severe', buildingName: '楼 b1' } });
    const file = (await records.hazards.file('h1', null))!;
    expect(file.steps).toEqual([registered('s1', 'h1')]);
    expect(file.row.nextDueAt).toBe(TEST_NOW + 1_000 + 2 * 3_600_000);
    expect(await events()).toEqual(['hazard found', 'hazard registered']);
  }); // prettier-ignore

  it('stay as they are when a step is refused', async () => {
    await records.hazards.report(hazardHead('h1'), by('ines'));
    const taken = await records.hazards.take(registered('s1', 'h1'), () => err(refusal), null);
    expect(taken).toEqual({ ok: false, error: refusal });
    expect((await records.hazards.file('h1', null))!.steps).toEqual([]);
    expect(await events()).toEqual(['hazard found']);
  });

  it('take the same step once', async () => {
    await records.hazards.report(hazardHead('h1'), by('ines'));
    await records.hazards.take(registered('s1', 'h1'), yes, null);
    await expect(records.hazards.take(registered('s1', 'h1'), yes, null)).rejects.toMatchObject({
      code: 'PGR-005',
    });
  });

  it('are seen by whom the building belongs to, and by whom they were given', async () => {
    await makeBuilding(records, 'gas-house', 'gas-co');
    await records.hazards.report(hazardHead('h1', { buildingId: 'gas-house' }), by('g', 'gas-co'));
    expect(await records.hazards.get('h1', 'water-co')).toBeNull();
    await expect(records.hazards.report(hazardHead('h2', { buildingId: 'gas-house' }), by('w', 'water-co'))).rejects.toMatchObject({ code: 'PGR-004' });
    await records.hazards.take(registered('s1', 'h1'), yes, null);
    const dispatched = { ...registered('s2', 'h1'), kind: 'dispatched', payload: { orgId: 'water-co', person: '王', dueAt: null, note: '' } } as const;
    await records.hazards.take(dispatched, yes, null);
    expect(await records.hazards.get('h1', 'water-co')).toMatchObject({ orgName: '供水' });
    expect(await records.hazards.get('h1', 'gas-east')).toBeNull();
    const lost = { ...dispatched, id: 's3', payload: { ...dispatched.payload, orgId: 'nobody' } };
    await expect(records.hazards.take(lost, yes, null)).rejects.toMatchObject({ code: 'PGR-007' });
  }); // prettier-ignore

  it.each<[HazardStep['kind'], boolean]>([
    ['registered', false],
    ['dismissed', false],
    ['dispatched', false],
    ['appraisalCommissioned', false],
    ['appraised', false],
    ['controlled', true],
    ['controlLifted', false],
    ['repairStarted', true],
    ['repaired', true],
    ['accepted', false],
    ['sentBack', false],
    ['closed', false],
    ['extensionAsked', true],
    ['extensionGranted', false],
    ['extensionRefused', false],
    ['lookedBack', false],
    ['reopened', false],
  ])('%s by whom it was given to repair: %s', async (kind, isTheirs) => {
    await makeBuilding(records, 'gas-house', 'gas-co');
    await records.hazards.report(hazardHead('h1', { buildingId: 'gas-house' }), by('g', 'gas-co'));
    const payload = { orgId: 'water-co', person: '王', dueAt: null, note: '' };
    await records.hazards.take({ ...registered('s1', 'h1'), kind: 'dispatched', payload }, yes, null);
    const step = { ...registered('s2', 'h1'), kind, payload } as unknown as HazardStep;
    const asked: string[] = [];
    const refuse = () => {
      asked.push(kind);
      return err(refusal);
    };
    const taken = records.hazards.take(step, refuse, 'water-co');
    if (isTheirs) expect((await taken).ok).toBe(false);
    else await expect(taken).rejects.toMatchObject({ code: 'HAZ-004', status: 403 });
    expect((await records.hazards.take(step, refuse, 'gas-co')).ok).toBe(false);
    expect(asked).toHaveLength(isTheirs ? 2 : 1);
  });

  it('know whether their alarm is on, and which appraisals there are', async () => {
    await records.appraisals.file(appraisal('a1'), yes, by('enno'));
    await records.alarms.applyChanges([change('al', 1, 'raised', { assetId: 'b1' })], { monitor: 'm', seq: 1 });
    await records.hazards.report(hazardHead('h1', { source: 'alarm', sourceId: 'al' }), by('otto'));
    const seen: unknown[] = [];
    const look = (known: { alarmIsOn: boolean; appraisalIds: readonly string[] }) => {
      seen.push([known.alarmIsOn, known.appraisalIds]);
      return ok(true as const);
    };
    await records.hazards.take(registered('s1', 'h1'), look, null);
    await records.alarms.applyChanges([change('al', 2, 'blinded', { assetId: 'b1' })], { monitor: 'm', seq: 2 });
    await records.hazards.take(registered('s2', 'h1'), look, null);
    await records.alarms.applyChanges([change('al', 3, 'restored', { assetId: 'b1' }), change('al', 4, 'cleared', { assetId: 'b1' })], { monitor: 'm', seq: 3 });
    await records.hazards.take(registered('s3', 'h1'), look, null);
    expect(seen).toEqual([[true, ['a1']], [true, ['a1']], [false, ['a1']]]);
  }); // prettier-ignore

  it('are listed by state, and told overdue once for each rung', async () => {
    await records.hazards.report(hazardHead('h1'), by('ines'));
    await records.hazards.report(hazardHead('h2', { foundAt: TEST_NOW + 5 }), by('ines'));
    await records.hazards.take(registered('s1', 'h2'), yes, null);
    const list = async (state: 'open' | 'overdue' | 'closed', now: number, q?: string) =>
      (await records.hazards.list({ ...page, state, now, q }, null)).items.map(row => row.id);
    expect(await list('open', TEST_NOW)).toEqual(['h2', 'h1']);
    expect(await list('open', TEST_NOW, '隐患 H1')).toEqual(['h1']);
    expect(await list('overdue', TEST_NOW + 3 * 3_600_000)).toEqual(['h2']);
    expect(await list('closed', TEST_NOW)).toEqual([]);
    const now = TEST_NOW + 25 * 3_600_000;
    const due = (await records.hazards.list({ ...page, state: 'overdue', now }, null)).items;
    expect(due.map(row => row.id)).toEqual(['h2', 'h1']);
    const note = async () =>
      records.hazards.noteOverdue(due[1]!, hazardTimers(due[1]!, terms, now), now);
    expect([await note(), await note()]).toEqual([1, 0]);
    expect((await records.hazards.file('h1', null))!.overdue).toMatchObject([{ kind: 'register', escalateTo: 'owner' }]);
    const first = await records.hazards.list({ limit: 1, state: 'overdue', now }, null);
    const second = await records.hazards.list({ limit: 1, state: 'overdue', now, cursor: first.nextCursor }, null);
    expect([first, second].map(each => each.items[0]!.id)).toEqual(['h2', 'h1']);
  }); // prettier-ignore

  it('follow other terms at once, and keep each version', async () => {
    await records.hazards.report(hazardHead('h1'), by('ines'));
    expect(await records.hazards.terms()).toEqual({ ...terms, version: 0 });
    await records.hazards.putTerms({ ...terms, registerHours: 1 }, 0, by('enno'));
    expect((await records.hazards.get('h1', null))!.nextDueAt).toBe(TEST_NOW + 3_600_000);
    await expect(records.hazards.putTerms(terms, 0, by('enno'))).rejects.toMatchObject({ code: 'PGR-006' });
    expect((await records.hazards.terms()).version).toBe(1);
  });

  it('follow a term that there was not before, and lose one that is taken away; dismissed ones have none', async () => {
    const minor = { level: 'minor', note: '' } as const;
    for (const id of ['h1', 'h2', 'h3']) await records.hazards.report(hazardHead(id), by('ines'));
    for (const id of ['h1', 'h3']) await records.hazards.take({ ...registered(`s-${id}`, id), kind: 'registered', payload: minor }, yes, null);
    await records.hazards.take({ ...registered('s-off', 'h3'), kind: 'dismissed', payload: { note: '误报', fileIds: [] } }, yes, null);
    const dueWith = async (dispatch: number | null, version: number) => {
      const levels = { ...terms.levels, minor: { ...terms.levels.minor, dispatch } };
      await records.hazards.putTerms({ ...terms, levels }, version, by('enno'));
      const rows = await Promise.all(['h1', 'h2', 'h3'].map(id => records.hazards.get(id, null)));
      return rows.map(row => (row!.nextDueAt === null ? null : (row!.nextDueAt - TEST_NOW) / 3_600_000));
    };
    expect(await dueWith(null, 0)).toEqual([null, 24, null]);
    expect(await dueWith(2, 1)).toEqual([2 + 1 / 3_600, 24, null]);
  }); // prettier-ignore

  it('give statistics what they rest on', async () => {
    await records.hazards.report(hazardHead('h1'), by('ines'));
    await records.hazards.take(registered('s1', 'h1'), yes, null);
    const [one] = await records.hazards.counted(TEST_NOW, TEST_NOW + 1, terms, null);
    expect(one).toMatchObject({ hazard: { id: 'h1', level: 'severe' }, reopenedAt: [], wasLate: false });
    expect(await records.hazards.counted(TEST_NOW, TEST_NOW + 1, terms, 'water-co')).toEqual([]);
  });
});
