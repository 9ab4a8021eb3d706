import type { Records } from './records';
import { buildingFile, house } from './testing/building-samples';
import { asset, by, change, device, makeOrgs, sensor, SYSTEM } from './testing/samples';
import { startTestServer, TEST_NOW, type TestClock, type TestServer } from './testing/test-server';

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
const idsOf = async (query: object, within: string | null = null): Promise<string[]> =>
  (await records.buildings.list({ limit: 100, ...query }, within)).items.map(item => item.id);

describe('a file', () => {
  it('comes back as it was written, with its asset, on its way to the monitor', async () => {
    const file = buildingFile('b1', {
      footprint: house(113.6, 34.7),
      people: { households: 36, residents: 98 },
    });
    const made = await records.buildings.create(file, ENNO);
    expect(made).toEqual({ ...file, grade: null, mergedInto: null, version: 1 });
    expect(await records.buildings.get('b1', null)).toEqual(made);
    expect(await records.assets.get('b1', null)).toMatchObject({
      ...{ kind: 'building', name: file.name, geometry: file.footprint, properties: { population: 98 } },
    });
    const changes = await records.registry.pendingRegistryChanges(100);
    expect(changes.at(-1)?.change).toMatchObject({ kind: 'asset', op: 'put', id: 'b1' });
  });

  it('opens on an asset that is there, keeps its place and what others know, and takes its grade', async () => {
    const there = asset('b1', { kind: 'building', properties: { grade: 'C', custom: 1 } });
    await records.assets.create(there, SYSTEM);
    const made = await records.buildings.create(buildingFile('b1'), ENNO);
    expect(made).toMatchObject({ grade: 'C', footprint: there.geometry });
    expect((await records.assets.get('b1', null))?.properties).toEqual({ grade: 'C', custom: 1 });
  });

  it.each([
    ['an asset that is no building', async () => records.assets.create(asset('b1'), SYSTEM), 'BLD-002'],
    ['one that has a file', async () => records.buildings.create(buildingFile('b1'), SYSTEM), 'PGR-005'],
  ])('does not open on %s', async (_name, prepare, code) => {
    await prepare();
    await expect(records.buildings.create(buildingFile('b1'), ENNO)).rejects.toMatchObject({ code });
  });

  it('changes by version, and tells the registry only what it has to know', async () => {
    await records.buildings.create(buildingFile('b1'), ENNO);
    const before = (await records.registry.pendingRegistryChanges(100)).length;
    const changed = await records.buildings.update(buildingFile('b1', { storeys: 7 }), 1, ENNO);
    expect([changed.version, changed.storeys]).toEqual([2, 7]);
    expect(await records.registry.pendingRegistryChanges(100)).toHaveLength(before);
    const again = records.buildings.update(buildingFile('b1', { storeys: 8 }), 1, ENNO);
    await expect(again).rejects.toMatchObject({ code: 'PGR-006', details: { version: 2 } });
  });

  it('keeps a code for one building alone, and takes no half of what it refuses', async () => {
    const codes = [{ scheme: 'local', code: 'A-1' }] as const;
    await records.buildings.create(buildingFile('b1', { codes }), ENNO);
    const second = records.buildings.create(buildingFile('b2', { codes }), ENNO);
    await expect(second).rejects.toMatchObject({ code: 'BLD-003', details: { owner: 'b1' } });
    expect(await records.assets.get('b2', null)).toBeNull();
    await records.buildings.update(buildingFile('b1'), null, ENNO);
    await records.buildings.create(buildingFile('b2', { codes }), ENNO);
  });

  it('is there for its organisation and those above alone', async () => {
    await records.buildings.create(buildingFile('b1', { orgId: 'gas-co' }), ENNO);
    expect(await records.buildings.get('b1', 'water-co')).toBeNull();
    expect(await idsOf({}, 'water-co')).toEqual([]);
    expect(await idsOf({}, 'city')).toEqual(['b1']);
    const foreign = records.buildings.update(buildingFile('b1'), null, by('w', 'water-co'));
    await expect(foreign).rejects.toMatchObject({ code: 'PGR-004' });
    const moved = records.buildings.update(buildingFile('b1'), null, by('g', 'gas-co'));
    await expect(moved).rejects.toMatchObject({ code: 'PGR-007' });
    const timeline = records.buildings.timeline('b1', { limit: 9 }, 'water-co');
    await expect(timeline).rejects.toMatchObject({ code: 'PGR-004' });
  });

  it('does not crowd the list of what is watched', async () => {
    await records.buildings.create(buildingFile('b1'), ENNO);
    await records.buildings.create(buildingFile('b2'), ENNO);
    await records.assets.create(asset('w1'), SYSTEM);
    await records.devices.create(device('d1', 'b1'), SYSTEM);
    await records.sensors.create(sensor('s1', 'b1', 'd1'), SYSTEM);
    const ids = async (watched: boolean) =>
      (await records.assets.list({ limit: 9, watched }, null)).items.map(item => item.id);
    expect([await ids(true), await ids(false)]).toEqual([['b1', 'w1'], ['b2']]);
  });

  it('follows its asset to another name, place and organisation', async () => {
    await records.buildings.create(buildingFile('b1'), ENNO);
    await records.buildings.create(buildingFile('b2'), ENNO);
    const moved = asset('b1', { kind: 'building', name: '新名字', orgId: 'gas-co' });
    await records.assets.update(moved, null, SYSTEM);
    await records.registry.importRegistry({ assets: [{ ...moved, id: 'b2', name: '又一名' }] }, SYSTEM);
    expect(await records.buildings.get('b1', 'gas-co')).toMatchObject({
      name: '新名字',
      footprint: moved.geometry,
    });
    expect(await idsOf({ q: '又一' }, 'gas-co')).toEqual(['b2']);
  });

  it('leaves its trail without the phones of people', async () => {
    const owner = { kind: 'person', name: '王小明', phone: '13800001234' } as const;
    await records.buildings.create(buildingFile('b1', { owner }), ENNO);
    await records.buildings.update(buildingFile('b1', { owner, storeys: 2 }), 1, ENNO);
    const { items } = await records.audit.list({ limit: 9, subject: 'building/b1' });
    expect(items.map(item => item.action)).toEqual(['building.changed', 'building.created']);
    expect(items[0]?.detail).toMatchObject({ fields: ['storeys'] });
    expect(JSON.stringify(items)).not.toMatch(/13800001234|王小明/);
  });
});

describe('a list', () => {
  beforeEach(async () => {
    const at = { ...buildingFile('x').address };
    const files = [
      buildingFile('b1', { codes: [{ scheme: 'JGJT496', code: '410102-AB77' }], storeys: 3 }),
      buildingFile('b2', { name: '老厂家属院', address: { ...at, street: '棉纺路街道', road: '棉纺路' } }),
      buildingFile('b3', { yearBuilt: { kind: 'unknown' }, protection: 'historic', use: 'public' }),
      buildingFile('b4', { yearBuilt: { kind: 'range', from: 1990, to: 1999 }, structure: 'concrete' }),
    ];
    for (const file of files) await records.buildings.create(file, ENNO);
  });

  it.each<[string, object, string[]]>([
    ['a part of the name', { q: '家属' }, ['b2']],
    ['one character', { q: '棉' }, ['b2']],
    ['a part of a code, in another case and width', { q: ' ａb7' }, ['b1']],
    ['a part of the address over two of its fields', { q: '寨街道人民路12' }, ['b1', 'b3', 'b4']],
    ['what has a meaning in SQL', { q: '%_' }, []],
    ['pairs that stand apart', { q: '家属路' }, []],
    ['a street', { street: '棉纺路街道' }, ['b2']],
    ['a district', { district: '二七区' }, []],
    ['protection', { protection: 'historic' }, ['b3']],
    ['use', { use: 'public' }, ['b3']],
    ['structure', { structure: 'concrete' }, ['b4']],
    ['never appraised', { grade: 'none', structure: 'concrete' }, ['b4']],
    ['a grade', { grade: 'C' }, []],
    ['years, with those that are possible', { yearTo: 1985 }, ['b1', 'b2', 'b3']],
    ['years within a range', { yearFrom: 1995, yearTo: 1996 }, ['b3', 'b4']],
  ])('is narrowed by %s', async (_name, query, expected) => {
    expect(await idsOf(query)).toEqual(expected);
  });

  it('comes in pages', async () => {
    const first = await records.buildings.list({ limit: 3 }, null);
    expect(first.nextCursor).not.toBeNull();
    expect(await idsOf({ cursor: first.nextCursor })).toEqual(['b4']);
  });
});

describe('a timeline', () => {
  it('has what was written, alarms and incidents in order, newest first, in pages and by kind', async () => {
    await records.buildings.create(buildingFile('b1'), ENNO);
    await records.devices.create(device('d1', 'b1'), SYSTEM);
    await records.sensors.create(sensor('s1', 'b1', 'd1'), SYSTEM);
    const changes = [
      change('alm', 1, 'raised', { assetId: 'b1' }),
      change('alm', 2, 'cleared', { assetId: 'b1' }),
    ];
    await records.alarms.applyChanges(changes, { monitor: 'm', seq: 1 });
    clock.advance(60_000);
    const works = [{ year: 1998, kind: 'storeyAdded', note: '' }] as const;
    await records.buildings.update(buildingFile('b1', { renovations: works }), 1, ENNO);
    const all = await records.buildings.timeline('b1', { limit: 9 }, null);
    expect(all.items.map(({ kind, change: word }) => `${kind} ${word}`)).toEqual([
      'file changed',
      'alarm cleared',
      'alarm raised',
      'file created',
      'renovation noted',
    ]);
    expect(all.items[2]).toMatchObject({ severity: 'yellow', refId: 'alm', at: TEST_NOW + 1_000 });
    const first = await records.buildings.timeline('b1', { limit: 2 }, null);
    const rest = await records.buildings.timeline('b1', { limit: 9, cursor: first.nextCursor }, null);
    expect([...first.items, ...rest.items]).toEqual(all.items);
    const alarms = await records.buildings.timeline('b1', { limit: 9, kinds: ['alarm'] }, null);
    expect(alarms.items).toHaveLength(2);
  });

  it('is also that of a building without a file, but of nothing else', async () => {
    await records.assets.create(asset('b9', { kind: 'building' }), SYSTEM);
    await records.assets.create(asset('w9'), SYSTEM);
    expect((await records.buildings.timeline('b9', { limit: 9 }, null)).items).toEqual([]);
    for (const id of ['w9', 'nothing']) {
      const found = records.buildings.timeline(id, { limit: 9 }, null);
      await expect(found).rejects.toMatchObject({ code: 'PGR-004' });
    }
  });
});
