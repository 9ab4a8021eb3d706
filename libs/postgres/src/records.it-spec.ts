import type { Records } from './records';
import { SYSTEM, asset, by, device, makeOrgs, rule, sensor } from './testing/samples';
import { startTestServer, type TestServer } from './testing/test-server';

let server: TestServer;
let records: Records;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());
beforeEach(async () => {
  ({ records } = await server.freshRecords());
  await makeOrgs(records);
});
afterEach(() => records.close());

const codeOf = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => 'done',
    (error: { code?: unknown }) => error.code ?? error,
  );

describe('assets, devices, sensors', () => {
  it('gives back what was created, with version 1', async () => {
    const well = asset('well-1', {
      links: ['well-2'],
      properties: { grade: 'C', nested: { list: [1, null] } },
    });
    expect(await records.assets.create(well, SYSTEM)).toEqual({ ...well, version: 1 });
    expect(await records.assets.get('well-1', null)).toEqual({ ...well, version: 1 });
    const dev = device('dev-1', 'well-1', { model: 'M1' });
    expect(await records.devices.create(dev, SYSTEM)).toEqual({ ...dev, version: 1 });
    const ch4 = sensor('well-1.ch4', 'well-1', 'dev-1', { range: null });
    expect(await records.sensors.create(ch4, SYSTEM)).toEqual({ ...ch4, version: 1 });
    expect(await records.sensors.list({ limit: 9, assetId: 'well-1' }, null)).toEqual({
      items: [{ ...ch4, version: 1 }],
      nextCursor: null,
    });
  });

  it('edits one version, once', async () => {
    await records.assets.create(asset('a'), SYSTEM);
    const edited = asset('a', { name: 'new', geometry: null });
    expect(await records.assets.update(edited, 1, SYSTEM)).toEqual({ ...edited, version: 2 });
    await expect(records.assets.update(asset('a'), 1, SYSTEM)).rejects.toMatchObject({
      code: 'PGR-006',
      status: 412,
      details: { version: 2 },
    });
    expect(await records.assets.update(asset('a'), null, SYSTEM)).toMatchObject({ version: 3 });
  });

  it.each<[string, () => Promise<unknown>, string]>([
    ['an id that is taken', () => records.assets.create(asset('a'), SYSTEM), 'PGR-005'],
    ['an unknown organisation', () => records.assets.create(asset('b', { orgId: 'no' }), SYSTEM), 'PGR-007'],
    ['an unknown parent', () => records.assets.create(asset('b', { parentId: 'no' }), SYSTEM), 'PGR-007'],
    ['itself as parent', () => records.assets.update(asset('a', { parentId: 'a' }), null, SYSTEM), 'PGR-015'],
    [
      'a parent below itself',
      () => records.assets.update(asset('a', { parentId: 'a2' }), null, SYSTEM),
      'PGR-015',
    ],
    ['an unknown asset of a device', () => records.devices.create(device('x', 'no'), SYSTEM), 'PGR-007'],
    [
      'an unknown device of a sensor',
      () => records.sensors.create(sensor('x', 'a', 'no'), SYSTEM),
      'PGR-007',
    ],
    [
      'a channel twice',
      () => records.sensors.create(sensor('x', 'a', 'd', { channel: 's' }), SYSTEM),
      'PGR-005',
    ],
    ['removing what is referred to', () => records.assets.remove('a', null, SYSTEM), 'PGR-009'],
    ['removing a device with sensors', () => records.devices.remove('d', null, SYSTEM), 'PGR-009'],
    ['removing what is not there', () => records.assets.remove('no', null, SYSTEM), 'PGR-004'],
    ['removing another version', () => records.sensors.remove('s', 7, SYSTEM), 'PGR-006'],
    ['a NUL in a name', () => records.assets.create(asset('n', { name: 'a\0b' }), SYSTEM), 'PGR-008'],
    [
      'a NUL in properties',
      () => records.assets.create(asset('n', { properties: { a: '\0' } }), SYSTEM),
      'PGR-008',
    ],
    [
      'half a character',
      () => records.assets.create(asset('n', { properties: { a: '\ud800' } }), SYSTEM),
      'PGR-008',
    ],
    ['a NUL in a query', () => records.assets.list({ limit: 1, q: '\0' }, null), 'PGR-008'],
    ['a NUL in an id', () => records.assets.get('\0', null), 'PGR-008'],
  ])('refuses %s', async (_name, work, code) => {
    await records.assets.create(asset('a'), SYSTEM);
    await records.assets.create(asset('a2', { parentId: 'a' }), SYSTEM);
    await records.devices.create(device('d', 'a'), SYSTEM);
    await records.sensors.create(sensor('s', 'a', 'd'), SYSTEM);
    const before = await records.registry.registrySnapshot();
    expect(await codeOf(work())).toBe(code);
    expect(await records.registry.registrySnapshot()).toEqual(before);
  });

  it.each([`'; DROP TABLE asset; --`, '100%_\\', '🚨 你好', '"quoted" $1 {a}', 'a\u0301\u202e', ''])(
    'keeps %j as it is, and finds it',
    async name => {
      await records.assets.create(asset('odd', { name, properties: { [name]: name } }), SYSTEM);
      await records.assets.create(asset('plain', { name: 'plain' }), SYSTEM);
      const found = await records.assets.list({ limit: 9, q: name }, null);
      expect(found.items[0]?.name).toBe(name);
      expect(found.items).toHaveLength(name === '' ? 2 : 1);
    },
  );

  it('pages without holes or repeats while others write', async () => {
    const ids = Array.from({ length: 23 }, (_, n) => `p-${String(n).padStart(2, '0')}`);
    for (const id of ids) await records.assets.create(asset(id, { kind: 'paged' }), SYSTEM);
    const seen: string[] = [];
    let cursor: string | null = null;
    do {
      const page = await records.assets.list({ limit: 5, kind: 'paged', cursor }, null);
      seen.push(...page.items.map(item => item.id));
      cursor = page.nextCursor;
      if (seen.length === 10) await records.assets.remove('p-03', null, SYSTEM);
    } while (cursor !== null);
    expect(seen).toEqual(ids);
  });

  it('keeps a last full page from offering an empty one', async () => {
    for (const id of ['a', 'b']) await records.assets.create(asset(id), SYSTEM);
    expect((await records.assets.list({ limit: 2 }, null)).nextCursor).toBeNull();
    expect((await records.assets.list({ limit: 1 }, null)).nextCursor).toBe('a');
  });
});

describe('visibility', () => {
  beforeEach(async () => {
    await records.assets.create(asset('east', { orgId: 'gas-east' }), SYSTEM);
    await records.assets.create(asset('gas', { orgId: 'gas-co' }), SYSTEM);
    await records.assets.create(asset('water', { orgId: 'water-co' }), SYSTEM);
    for (const id of ['east', 'gas', 'water']) {
      await records.devices.create(device(`d-${id}`, id), SYSTEM);
      await records.sensors.create(sensor(`s-${id}`, id, `d-${id}`), SYSTEM);
    }
    await records.devices.create(device('d-loose', null), by('eng', 'gas-co'));
    await records.devices.create(device('d-nobody', null), SYSTEM);
  });

  it.each([
    [null, 'east,gas,water', 'd-east,d-gas,d-loose,d-nobody,d-water', 's-east,s-gas,s-water', 4],
    ['city', 'east,gas,water', 'd-east,d-gas,d-loose,d-water', 's-east,s-gas,s-water', 4],
    ['gas-co', 'east,gas', 'd-east,d-gas,d-loose', 's-east,s-gas', 2],
    ['gas-east', 'east', 'd-east', 's-east', 1],
    ['no-such', '', '', '', 0],
  ])('lists for %s', async (within, assets, devices, sensors, orgs) => {
    const ids = (page: { items: readonly { id: string }[] }): string =>
      page.items.map(item => item.id).join();
    expect(ids(await records.assets.list({ limit: 99 }, within))).toBe(assets);
    expect(ids(await records.devices.list({ limit: 99 }, within))).toBe(devices);
    expect(ids(await records.sensors.list({ limit: 99 }, within))).toBe(sensors);
    expect((await records.orgs.list({ limit: 99 }, within)).items).toHaveLength(orgs);
  });

  it.each<[string, (within: string) => Promise<unknown>, unknown]>([
    ['get an asset', within => records.assets.get('water', within), null],
    ['get a sensor', within => records.sensors.get('s-water', within), null],
    ['get an organisation', within => records.orgs.get('water-co', within), null],
    [
      'list by its organisation',
      async w => (await records.assets.list({ limit: 9, orgId: 'water-co' }, w)).items,
      [],
    ],
    ['edit', w => codeOf(records.assets.update(asset('water', { orgId: w }), null, by('x', w))), 'PGR-004'],
    ['remove', w => codeOf(records.sensors.remove('s-water', null, by('x', w))), 'PGR-004'],
    [
      'give away',
      w => codeOf(records.assets.update(asset('gas', { orgId: 'water-co' }), null, by('x', w))),
      'PGR-007',
    ],
    [
      'create there',
      w => codeOf(records.assets.create(asset('new', { orgId: 'water-co' }), by('x', w))),
      'PGR-007',
    ],
    ['hang a device on it', w => codeOf(records.devices.create(device('n', 'water'), by('x', w))), 'PGR-007'],
    [
      'make credentials',
      w => codeOf(records.credentials.create(credential('u', 'd-water'), by('x', w))),
      'PGR-004',
    ],
    ['see credentials', w => codeOf(records.credentials.ofDevice('d-water', w)), 'PGR-004'],
    [
      'make a root',
      w => codeOf(records.orgs.create({ id: 'r', name: 'r', parentId: null }, by('x', w))),
      'PGR-007',
    ],
    [
      'rename it',
      w => codeOf(records.orgs.update({ id: 'city', name: 'x', parentId: null }, null, by('x', w))),
      'PGR-004',
    ],
  ])('does not let another organisation %s', async (_name, work, expected) => {
    expect(await work('gas-co')).toEqual(expected);
  });
});

const credential = (username: string, deviceId: string) => ({
  username,
  deviceId,
  secretHash: 'ab'.repeat(32),
});

describe('organisations', () => {
  it('knows the path of each, and moves all below', async () => {
    expect((await records.orgs.get('gas-east', null))?.path).toEqual(['city', 'gas-co', 'gas-east']);
    await records.orgs.update({ id: 'gas-co', name: '燃气', parentId: 'water-co' }, 1, SYSTEM);
    expect((await records.orgs.get('gas-east', null))?.path).toEqual([
      'city',
      'water-co',
      'gas-co',
      'gas-east',
    ]);
    expect((await records.orgs.list({ limit: 9 }, 'water-co')).items.map(org => org.id)).toEqual([
      'gas-co', 'gas-east', 'water-co',
    ]); // prettier-ignore
    const pending = await records.registry.pendingRegistryChanges(99);
    expect(pending.slice(4).map(row => row.change.id).sort()).toEqual(['gas-co', 'gas-east']); // prettier-ignore
  });

  it.each([['city', 'gas-east'], ['gas-co', 'gas-co']])('refuses %s below %s', async (id, parentId) => {
    expect(await codeOf(records.orgs.update({ id, name: id, parentId }, null, SYSTEM))).toBe('PGR-015');
  }); // prettier-ignore

  it('refuses an id that is taken', async () => {
    expect(await codeOf(records.orgs.create({ id: 'city', name: 'x', parentId: null }, SYSTEM))).toBe(
      'PGR-005',
    );
  });
});

describe('rules', () => {
  it('keeps every version, and frees neither number nor id', async () => {
    expect(await records.rules.create(rule('r', 20), SYSTEM)).toEqual({ ...rule('r', 20), version: 1 });
    await records.rules.update(rule('r', 30), 1, by('eng'));
    expect(await codeOf(records.rules.update(rule('r', 40), 1, SYSTEM))).toBe('PGR-006');
    expect(await records.rules.get('r')).toEqual({ ...rule('r', 30), version: 2 });
    expect(await records.rules.get('r', 1)).toEqual({ ...rule('r', 20), version: 1 });
    expect((await records.rules.versions('r')).map(({ version, actor }) => [version, actor])).toEqual([
      [2, 'eng'], [1, 'system'],
    ]); // prettier-ignore
    await records.rules.remove('r', 2, SYSTEM);
    expect(await records.rules.get('r')).toBeNull();
    expect((await records.rules.list({ limit: 9 })).items).toEqual([]);
    expect(await records.rules.get('r', 2)).toEqual({ ...rule('r', 30), version: 2 });
    expect(await codeOf(records.rules.create(rule('r'), SYSTEM))).toBe('PGR-005');
  });
});

describe('credentials', () => {
  it('go with their device', async () => {
    await records.assets.create(asset('a'), SYSTEM);
    await records.devices.create(device('d', 'a'), SYSTEM);
    const { createdAt, ...made } = await records.credentials.create(credential('u1', 'd'), SYSTEM);
    expect(made).toEqual({ ...credential('u1', 'd'), revokedAt: null });
    expect(createdAt).toBeGreaterThan(0);
    await records.credentials.create(credential('u2', 'd'), SYSTEM);
    expect(await codeOf(records.credentials.create(credential('u1', 'd'), SYSTEM))).toBe('PGR-005');
    await records.credentials.revoke('u2', SYSTEM);
    await records.credentials.revoke('u2', SYSTEM);
    expect((await records.registry.registrySnapshot()).credentials).toEqual([
      { ...credential('u1', 'd'), revoked: false },
    ]);
    await records.devices.remove('d', null, SYSTEM);
    const changes = (await records.registry.pendingRegistryChanges(99)).map(
      ({ change }) => `${change.op} ${change.id}`,
    );
    expect(changes.slice(6)).toEqual(['put u1', 'put u2', 'put u2', 'delete u1', 'delete u2', 'delete d']);
  });
});
