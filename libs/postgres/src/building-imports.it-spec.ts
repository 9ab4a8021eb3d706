import { ok } from '@anmai/kernel';
import type { BuildingImportMode, BuildingImportRow, Records } from './records';
import { buildingFile, house } from './testing/building-samples';
import { appraisal } from './testing/hazard-samples';
import { asset, by, makeOrgs, SYSTEM } from './testing/samples';
import { startTestServer, type TestClock, type TestServer } from './testing/test-server';

let server: TestServer;
let records: Records;
let clock: TestClock;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());
beforeEach(async () => {
  ({ records, clock } = await server.freshRecords());
  await makeOrgs(records);
});
afterEach(() => records.close());

const ENNO = by('enno');
const row = (
  n: number,
  patch: BuildingImportRow['patch'] = {},
  orgId: string | null = 'city',
): BuildingImportRow => ({
  ...{ row: n + 1, id: `b${n}`, orgId, newOrgId: 'city' },
  patch: { name: `${n} 号楼`, address: { road: '人民路', number: `${n}` }, ...patch },
});
const run = (rows: readonly BuildingImportRow[], mode: BuildingImportMode = 'all', who = ENNO) =>
  records.buildingImports.run(rows, { jobId: 'job', mode, faulty: 0 }, who, async () => undefined);
const code = (text: string) => ({ codes: [{ scheme: 'local', code: text }] as const });

describe('an import', () => {
  it('writes files, assets, codes, timelines and the way to the monitor', async () => {
    const outcome = await run([row(1, code('A')), row(2, { storeys: 6 })]);
    expect(outcome).toMatchObject({
      written: true,
      counts: { created: 2, updated: 0, faulty: 0 },
      faults: [],
    });
    expect(await records.buildings.get('b2', null)).toMatchObject({ storeys: 6, version: 1, grade: null });
    expect(await records.assets.get('b1', null)).toMatchObject({ kind: 'building', name: '1 号楼' });
    const changes = await records.registry.pendingRegistryChanges(9);
    expect(changes.slice(-2).map(each => each.change)).toMatchObject([{ id: 'b1', op: 'put' }, { id: 'b2' }]);
    expect(changes.at(-1)?.change.value).toEqual(await records.assets.get('b2', null));
    const { items } = await records.buildings.timeline('b1', { limit: 9 }, null);
    expect(items.map(item => item.change)).toEqual(['imported']);
    expect((await records.audit.list({ limit: 1 })).items[0]?.action).toBe('buildings.imported');
    expect(await records.audit.verifyAudit()).toMatchObject({ intact: true });
  });

  it('updates what the rows say, leaves the rest, and writes nothing of what does not change', async () => {
    await run([row(1, { storeys: 6, ...code('A') }), row(2)]);
    const again = await run([row(1, { heightM: 18 }), row(2)]);
    expect(again.counts).toMatchObject({ created: 0, updated: 1, unchanged: 1 });
    expect(await records.buildings.get('b1', null)).toMatchObject({
      storeys: 6,
      heightM: 18,
      version: 2,
      ...code('A'),
    });
    expect((await records.buildings.get('b2', null))?.version).toBe(1);
  });

  const faulty: readonly BuildingImportRow[] = [
    row(1),
    { ...row(2), patch: { storeys: 2 } },
    row(3, {}, 'nobody'),
    { ...row(4), id: 'w1' },
    { ...row(5), id: 'gone' },
  ];
  const prepareFaulty = async (): Promise<void> => {
    await records.assets.create(asset('w1'), SYSTEM);
    await records.buildings.create(buildingFile('gone'), ENNO);
    await records.buildings.create(buildingFile('kept'), ENNO);
    await records.buildingDuplicates.merge('kept', 'gone', '同一幢', ENNO);
  };
  const FAULTS = ['3 required', '4 unknownOrg', '5 notABuilding', '6 merged'];

  it('writes nothing when one row is faulty, and names every one', async () => {
    await prepareFaulty();
    const outcome = await run(faulty);
    expect(outcome.written).toBe(false);
    expect(outcome.faults.map(fault => `${fault.row} ${fault.code}`)).toEqual(FAULTS);
    expect(await records.assets.get('b1', null)).toBeNull();
  });

  it('writes the good rows when that was asked for', async () => {
    await prepareFaulty();
    const outcome = await run(faulty, 'good');
    expect(outcome).toMatchObject({ written: true, counts: { created: 1, faulty: 3, warned: 1 } });
    expect(outcome.faults.map(fault => `${fault.row} ${fault.code}`)).toEqual(FAULTS);
    expect(await records.buildings.get('b1', null)).not.toBeNull();
  });

  it('writes nothing when faults were found before', async () => {
    const options = { jobId: 'job', mode: 'all', faulty: 1 } as const;
    const outcome = await records.buildingImports.run([row(1)], options, ENNO, async () => undefined);
    expect(outcome).toMatchObject({ written: false, counts: { faulty: 1 } });
  });

  it('touches nothing of another organisation', async () => {
    await records.buildings.create(buildingFile('b1', { orgId: 'water-co' }), ENNO);
    const outcome = await run([row(1, {}, 'gas-co'), row(2, {}, 'water-co')], 'all', by('g', 'gas-co'));
    expect(outcome.faults.map(fault => fault.code)).toEqual(['idTaken', 'unknownOrg']);
  });

  it('leaves a building with its organisation where the row names none', async () => {
    await records.buildings.create(buildingFile('b1', { orgId: 'gas-co' }), ENNO);
    await records.assets.create(asset('b2', { kind: 'building', orgId: 'gas-co' }), SYSTEM);
    await run([row(1, { storeys: 4 }, null), row(2, {}, null), row(3, {}, null), row(4, {}, 'water-co')]);
    const orgs = await Promise.all(
      ['b1', 'b2', 'b3', 'b4'].map(async id => (await records.buildings.get(id, null))?.orgId),
    );
    expect(orgs).toEqual(['gas-co', 'gas-co', 'city', 'water-co']);
  });

  /** Something happens between looking at the rows and writing them. */
  const runWhile = (rows: readonly BuildingImportRow[], mode: BuildingImportMode, meanwhile: () => Promise<unknown>) =>
    records.buildingImports.run(rows, { jobId: 'job', mode, faulty: 0 }, ENNO, async ({ state }) => {
      if (state === 'writing') await meanwhile();
    }); // prettier-ignore
  const edits: readonly [string, () => Promise<unknown>][] = [
    ['edited the file', () => records.buildings.update(buildingFile('b1', { storeys: 9 }), null, ENNO)],
    ['graded the asset', () => records.appraisals.file(appraisal('a1', { buildingId: 'b1', grade: 'D' }), () => ok(true), ENNO)],
    ['made the file', () => records.buildings.create(buildingFile('b2', { storeys: 9 }), ENNO)],
  ]; // prettier-ignore
  it.each(edits)('does not undo what someone who %s did meanwhile', async (_name, edit) => {
    await records.buildings.create(buildingFile('b1'), ENNO);
    const rows = [row(1, { storeys: 2 }), row(2, { storeys: 2 }), row(3)];
    const storeys = async () =>
      Promise.all(['b1', 'b2'].map(async id => (await records.buildings.get(id, null))?.storeys ?? null));
    let edited: unknown;
    const outcome = await runWhile(rows, 'all', async () => {
      await edit();
      edited = await storeys();
    });
    expect(outcome).toMatchObject({ written: false, counts: { created: 0, updated: 0, faulty: 1 } });
    expect(outcome.faults.map(fault => `${fault.code} ${fault.level}`)).toEqual(['changedMeanwhile error']);
    expect([await storeys(), await records.buildings.get('b3', null)]).toEqual([edited, null]);
  });

  it('writes the other rows when that was asked for', async () => {
    await records.buildings.create(buildingFile('b1'), ENNO);
    const edit = () => records.buildings.update(buildingFile('b1', { storeys: 9 }), null, ENNO);
    const outcome = await runWhile([row(1, { storeys: 2 }), row(2)], 'good', edit);
    expect(outcome).toMatchObject({ written: true, counts: { created: 1, updated: 0, faulty: 1 } });
    expect(outcome.faults).toMatchObject([{ row: 2, code: 'changedMeanwhile', value: 'b1' }]);
    expect(await records.buildings.get('b1', null)).toMatchObject({ storeys: 9, version: 2 });
  });

  it('leaves a code with the building that has it, says so, and proposes the pair', async () => {
    await records.buildings.create(buildingFile('old', code('A')), ENNO);
    const outcome = await run([row(1, code('A')), row(2, code('B')), row(3, code('B'))]);
    expect(outcome).toMatchObject({ written: true, counts: { created: 3, warned: 2, proposed: 2 } });
    expect(outcome.faults).toMatchObject([
      { row: 2, level: 'warning', code: 'codeTaken', value: 'A → old' },
      { row: 4, level: 'warning', code: 'codeTaken', value: 'B → b2' },
    ]);
    const pairs = await records.buildingDuplicates.list({ limit: 9 }, null);
    expect(pairs.items.map(pair => pair.reasons)).toEqual([['sameCode'], ['sameCode']]);
  });
});

describe('the job of an import', () => {
  const job = { id: 'j1', orgId: 'gas-co', actor: 'enno', fileName: '台账.csv', mode: 'all' } as const;

  it('runs alone, tells how far it is, and is there for its organisation', async () => {
    await records.buildingImports.begin(job);
    await expect(records.buildingImports.begin({ ...job, id: 'j2' })).rejects.toMatchObject({
      code: 'BLD-007',
    });
    const fault = { row: 2, column: 'name', level: 'error', code: 'required', value: '' } as const;
    await records.buildingImports.note('j1', {
      state: 'checking',
      rowsTotal: 9,
      rowsDone: 3,
      faults: [fault],
    });
    expect(await records.buildingImports.get('j1', 'gas-co')).toMatchObject({ rowsDone: 3, faults: [fault] });
    expect(await records.buildingImports.get('j1', 'water-co')).toBeNull();
    expect(await records.buildingImports.list('city')).toMatchObject([{ id: 'j1', faults: [] }]);
    await records.buildingImports.note('j1', { state: 'done', endedAt: clock.now() });
    await records.buildingImports.begin({ ...job, id: 'j2' });
  });

  it('reads as failed when its program is gone, and keeps nobody from importing', async () => {
    await records.buildingImports.begin(job);
    clock.advance(60_000);
    expect(await records.buildingImports.get('j1', null)).toMatchObject({ state: 'failed' });
    await records.buildingImports.begin({ ...job, id: 'j2' });
  });
});

describe('duplicates', () => {
  const at = { ...buildingFile('x').address };
  const open = async () => (await records.buildingDuplicates.list({ limit: 9 }, null)).items;

  it.each([
    ['the same name and address', { name: '老楼' }, { name: '老 楼' }, [['sameNameAndAddress']]],
    ['outlines that overlap', { footprint: house(113, 34) }, { footprint: house(113.00005, 34) }, [['overlap']]],
    ['two points in one place', { footprint: { type: 'Point', coordinates: [113, 34] } as const }, { footprint: { type: 'Point', coordinates: [113, 34.00003] } as const }, [['near']]],
    ['a point in the middle of an outline', { footprint: house(113, 34) }, { footprint: { type: 'Point', coordinates: [113.0001, 34.00005] } as const }, [['near']]],
    ['neighbours', { footprint: house(113, 34) }, { footprint: house(113.0002, 34) }, []],
    ['another address', { name: '老楼' }, { name: '老楼', address: { ...at, number: '13 号' } }, []],
  ])('are proposed for %s', async (_name, one, other, reasons) => {
    await records.buildings.create(buildingFile('b1', one), ENNO);
    await records.buildings.create(buildingFile('b2', other), ENNO);
    expect((await open()).map(pair => pair.reasons)).toEqual(reasons);
  }); // prettier-ignore

  it('go on as one when a person says so, with one timeline, and are found by it', async () => {
    await records.buildings.create(buildingFile('b1', { name: '老楼', ...code('A') }), ENNO);
    clock.advance(1_000);
    await records.buildings.create(buildingFile('b2', { name: '老楼', heightM: 18, ...code('B') }), ENNO);
    clock.advance(1_000);
    const kept = await records.buildingDuplicates.merge('b1', 'b2', '现场核实为同一幢', by('root'));
    expect(kept).toMatchObject({ id: 'b1', heightM: 18, version: 2 });
    expect(kept.codes.map(each => each.code)).toEqual(['A', 'B']);
    expect(await records.buildings.get('b2', null)).toMatchObject({ mergedInto: 'b1' });
    expect(await open()).toEqual([]);
    expect((await records.buildings.list({ limit: 9, q: 'B' }, null)).items.map(item => item.id)).toEqual([
      'b1',
    ]);
    const { items } = await records.buildings.timeline('b1', { limit: 9 }, null);
    const told = items.map(item => `${item.buildingId} ${item.change}`);
    expect(told.sort()).toEqual(['b1 created', 'b1 merged', 'b2 created', 'b2 mergedAway']);
    const edit = records.buildings.update(buildingFile('b2'), null, ENNO);
    await expect(edit).rejects.toMatchObject({ code: 'BLD-004', details: { survivor: 'b1' } });
    await expect(records.buildingDuplicates.merge('b1', 'b2', 'x', ENNO)).rejects.toMatchObject({
      code: 'BLD-008',
    });
  });

  it('do not lose the grade of an appraisal', async () => {
    await records.assets.create(asset('b1', { kind: 'building', properties: { grade: 'C' } }), SYSTEM);
    await records.buildings.create(buildingFile('b1', { name: '老楼' }), ENNO);
    await records.buildings.create(buildingFile('b2', { name: '老楼' }), ENNO);
    await expect(records.buildingDuplicates.merge('b2', 'b1', 'x', ENNO)).rejects.toMatchObject({
      code: 'BLD-008',
    });
    expect(await records.buildingDuplicates.merge('b1', 'b2', 'x', ENNO)).toMatchObject({ grade: 'C' });
  });

  it('stay apart when a person says so, also when they are found again', async () => {
    await records.buildings.create(buildingFile('b1', { name: '老楼' }), ENNO);
    await records.buildings.create(buildingFile('b2', { name: '老楼' }), ENNO);
    const [pair] = await open();
    await records.buildingDuplicates.keepApart(pair!.id, '两幢不同的楼', ENNO);
    await records.buildings.update(buildingFile('b1', { name: '老楼', storeys: 3 }), null, ENNO);
    expect(await open()).toEqual([]);
    const again = records.buildingDuplicates.keepApart(pair!.id, 'x', ENNO);
    await expect(again).rejects.toMatchObject({ code: 'BLD-009' });
  });

  it('show and settle only what one may see both of', async () => {
    await records.buildings.create(buildingFile('b1', { name: '老楼', orgId: 'gas-co' }), ENNO);
    await records.buildings.create(buildingFile('b2', { name: '老楼', orgId: 'water-co' }), ENNO);
    const [pair] = await open();
    expect((await records.buildingDuplicates.list({ limit: 9 }, 'gas-co')).items).toEqual([]);
    const gas = by('g', 'gas-co');
    const call = records.buildingDuplicates.keepApart(pair!.id, 'x', gas);
    await expect(call).rejects.toMatchObject({ code: 'PGR-004' });
    await expect(records.buildingDuplicates.merge('b1', 'b2', 'x', gas)).rejects.toMatchObject({
      code: 'PGR-004',
    });
  });
});

describe('a map', () => {
  const BOX = [113, 34, 114, 35] as const;
  it('has what touches its box, and nothing of what has no place or went', async () => {
    await records.buildings.create(buildingFile('in', { footprint: house(113.5, 34.5) }), ENNO);
    await records.buildings.create(buildingFile('edge', { footprint: house(112.9999, 34.5) }), ENNO);
    await records.buildings.create(buildingFile('out', { footprint: house(115, 34.5) }), ENNO);
    await records.buildings.create(buildingFile('nowhere'), ENNO);
    const map = await records.buildings.map(BOX, {}, null);
    expect(map.buildings.map(each => each.id).sort()).toEqual(['edge', 'in']);
    expect((await records.buildings.map(BOX, { q: 'out' }, null)).total).toBe(0);
  });

  it('counts by area what is too many to draw, and loses none', async () => {
    const rows = Array.from({ length: 2_500 }, (_, n) =>
      row(n, {
        footprint: { type: 'Point', coordinates: [113 + (n % 50) / 50, 34 + Math.floor(n / 50) / 50] },
      }),
    );
    await run(rows);
    const map = await records.buildings.map(BOX, {}, null);
    expect([map.buildings.length, map.total]).toEqual([0, 2_500]);
    expect(map.clusters.length).toBeLessThanOrEqual(25 * 25);
    const part = await records.buildings.map([113, 34, 113.3, 34.3], {}, null);
    expect([part.clusters.length, part.buildings.length]).toEqual([0, 16 * 16]);
  });
});
