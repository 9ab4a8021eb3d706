/* eslint-disable @typescript-eslint/no-unsafe-assignment, @typescript-eslint/no-unsafe-member-access */
/* eslint-disable @typescript-eslint/no-unsafe-argument, @typescript-eslint/no-unsafe-call */
/* eslint-disable @typescript-eslint/no-unsafe-return -- replies of every shape are looked into here */
import { createHash } from 'node:crypto';
import { assetReply, importReply, pageOf, sensorReply } from '@anmai/wire';
import { startApiBed, type ApiBed, type Json, type Reply } from '../testing/api-bed';

let bed: ApiBed;
beforeAll(async () => {
  bed = await startApiBed();
});
afterAll(() => bed.stop());

const well = (id: string, over: object = {}): Json => ({
  id,
  kind: 'gas.well',
  name: `人民路 ${id}`,
  geometry: { type: 'Point', coordinates: [114.3, 34.8] },
  parentId: null,
  orgId: 'gas-co',
  properties: {},
  ...over,
});
const device = (id: string, assetId: string | null): Json => ({ id, name: id, assetId, model: 'M1' });
const sensor = (id: string, assetId: string, deviceId: string, over: object = {}): Json => ({
  id,
  assetId,
  deviceId,
  channel: id,
  quantity: 'gas.combustible',
  unit: '%LEL',
  expectedEverySeconds: 60,
  range: { min: 0, max: 100 },
  ...over,
});
const post = (
  path: string,
  body: unknown,
  as = 'enno',
  headers: Record<string, string> = {},
): Promise<Reply> => bed.call('POST', `/api/v1${path}`, { as, body, headers });
const get = (path: string, as = 'enno'): Promise<Reply> => bed.call('GET', `/api/v1${path}`, { as });

describe('create, read, edit', () => {
  it('answers 201 with the created thing, in the shape of GET, and tells the journal first', async () => {
    const before = bed.journal.published;
    const made = await post('/assets', well('well-1', { properties: { grade: 'C' } }));
    expect(made.status).toBe(201);
    expect(assetReply.parse(made.body)).toEqual(made.body);
    expect(made.body).toMatchObject({ ...well('well-1', { properties: { grade: 'C' } }), version: 1 });
    expect([made.headers.get('location'), made.headers.get('etag')]).toEqual([
      '/api/v1/assets/well-1',
      '"1"',
    ]);
    expect((await get('/assets/well-1')).body).toEqual(made.body);
    expect(bed.journal.published).toBe(before + 1);
  });

  it('makes an id where none is given, and a name out of the id', async () => {
    const asset = await post('/assets', well('x', { id: undefined }));
    expect(asset.body.id).toMatch(/^asset-[0-9a-f]{16}$/);
    const dev = await post('/devices', { id: 'nameless', assetId: null });
    expect(dev.body).toMatchObject({ id: 'nameless', name: 'nameless', online: false, lastSeenAt: null });
  });

  it('succeeds while the journal is away: the outbox keeps the change', async () => {
    bed.journal.isAway = true;
    const made = await post('/assets', well('well-offline'));
    bed.journal.isAway = false;
    expect(made.status).toBe(201);
    const waiting = await bed.records.registry.pendingRegistryChanges(1_000);
    expect(waiting.map(row => row.change.id)).toContain('well-offline');
  });

  it('edits one version, and says which one is current when it was another', async () => {
    await post('/assets', well('well-e'));
    const put = (name: string, version: string): Promise<Reply> =>
      bed.call('PUT', '/api/v1/assets/well-e', {
        as: 'enno',
        body: well('well-e', { name }),
        headers: { 'if-match': version },
      });
    expect(await put('second', '"1"')).toMatchObject({ status: 200, body: { name: 'second', version: 2 } });
    const stale = await put('third', '"1"');
    expect([stale.status, stale.body.currentVersion, stale.headers.get('etag')]).toEqual([412, 2, '"2"']);
    const patched = await bed.call('PATCH', '/api/v1/assets/well-e', {
      as: 'enno',
      body: { properties: { grade: 'D' } },
    });
    expect(patched.body).toMatchObject({ name: 'second', properties: { grade: 'D' }, version: 3 });
  });

  it('keeps an id for ever: another one in the body of an edit is refused', async () => {
    await post('/assets', well('well-i'));
    const body = well('well-j');
    const reply = await bed.call('PUT', '/api/v1/assets/well-i', { as: 'enno', body });
    expect(reply.body.code).toBe('API-002');
  });

  it('refuses a second one of the same id, and the removal of what others refer to', async () => {
    await post('/assets', well('well-d'));
    expect((await post('/assets', well('well-d'))).status).toBe(409);
    await post('/devices', device('dev-d', 'well-d'));
    const remove = (path: string): Promise<Reply> => bed.call('DELETE', `/api/v1${path}`, { as: 'enno' });
    expect((await remove('/assets/well-d')).status).toBe(409);
    expect((await remove('/devices/dev-d')).status).toBe(204);
    expect((await remove('/assets/well-d')).status).toBe(204);
    expect((await get('/assets/well-d')).status).toBe(404);
  });

  it.each([
    ["'; DROP TABLE asset; --"],
    ['" OR 1=1 /*'],
    ['你好 🛠️ ‰ ℃'],
    ['%_\\'],
    ['<script>alert(1)</script>'],
  ])('keeps the name %s as it is, and finds it', async name => {
    const made = await post(
      '/assets',
      well(`odd-${Buffer.from(name).toString('hex').slice(0, 40)}`, { name }),
    );
    expect([made.status, made.body.name]).toEqual([201, name]);
    const found = await get(`/assets?q=${encodeURIComponent(name)}`);
    expect(found.body.items.map((a: Json) => a.name)).toEqual([name]);
  });
});

describe('bad input', () => {
  it.each<[string, string, Json, number, string]>([
    ['a NUL in the name', '/assets', well('b', { name: 'a\0b' }), 400, 'name'],
    ['a NUL in the properties', '/assets', well('b', { properties: { a: ['x\0'] } }), 400, 'properties'],
    ['half a character', '/assets', well('b', { name: 'a\ud800' }), 400, 'name'],
    ['a number as name', '/assets', well('b', { name: 5 }), 400, 'name'],
    ['an unknown kind', '/assets', well('b', { kind: 'gas.volcano' }), 400, 'kind'],
    ['an unknown field', '/assets', well('b', { colour: 'red' }), 400, '(body)'],
    ['an id with capitals', '/assets', well('Big'), 400, 'id'],
    ['an id of 65 characters', '/assets', well('x'.repeat(65)), 400, 'id'],
    ['latitude 91', '/assets', well('b', { geometry: { type: 'Point', coordinates: [114, 91] } }), 400, 'geometry.coordinates.1'],
    ['an open ring', '/assets', well('b', { geometry: { type: 'Polygon', coordinates: [[[0, 0], [1, 0], [1, 1], [0, 1]]] } }), 400, 'geometry.coordinates.0'],
    ['an unknown unit', '/sensors', sensor('b', 'w', 'd', { unit: 'furlong' }), 400, 'unit'],
    ['an unknown quantity', '/sensors', sensor('b', 'w', 'd', { quantity: 'love' }), 400, 'quantity'],
    ['a unit that does not fit', '/sensors', sensor('b', 'w', 'd', { unit: 'mm/h' }), 400, 'unit'],
    ['an interval of 0', '/sensors', sensor('b', 'w', 'd', { expectedEverySeconds: 0 }), 400, 'expectedEverySeconds'],
    ['a range upside down', '/sensors', sensor('b', 'w', 'd', { range: { min: 5, max: 5 } }), 400, 'range.min'],
    ['a text as interval', '/sensors', sensor('b', 'w', 'd', { expectedEverySeconds: '60' }), 400, 'expectedEverySeconds'],
    ['an unknown organisation', '/assets', well('b', { orgId: 'nobody' }), 422, ''],
    ['an unknown asset', '/sensors', sensor('b', 'nowhere', 'nothing'), 422, ''],
  ])('refuses %s', async (_name, path, body, status, at) => {
    const reply = await post(path, body);
    expect(reply.status).toBe(status);
    if (at !== '') expect(reply.body.faults.map((f: Json) => f.at)).toContain(at);
    expect((await get('/assets/b')).status).toBe(404);
  }); // prettier-ignore
});

describe('organisations', () => {
  beforeAll(async () => {
    await post('/assets', well('gas-well'));
    await post('/assets', well('east-well', { orgId: 'gas-east' }));
    await post('/assets', well('water-well', { orgId: 'water-co' }));
    await post('/devices', device('water-dev', 'water-well'));
    await post('/sensors', sensor('water-sensor', 'water-well', 'water-dev'));
  });

  it('shows one’s own and what is below', async () => {
    const seen = (await get('/assets?limit=1000', 'gas-engineer')).body.items.map((a: Json) => a.orgId);
    expect(new Set(seen)).toEqual(new Set(['gas-co', 'gas-east']));
    expect((await get('/assets/east-well', 'gas-engineer')).status).toBe(200);
  });

  it.each<[string, string, Json?]>([
    ['GET', '/assets/water-well'],
    ['PUT', '/assets/water-well', { kind: 'building', name: 'x', orgId: 'gas-co' }],
    ['PATCH', '/assets/water-well', { name: 'taken' }],
    ['DELETE', '/assets/water-well'],
    ['GET', '/devices/water-dev'],
    ['POST', '/devices/water-dev/credentials'],
    ['GET', '/devices/water-dev/credentials'],
    ['GET', '/sensors/water-sensor'],
    ['GET', '/sensors/water-sensor/readings'],
    ['GET', '/sensors/water-sensor/series'],
    ['GET', '/live?sensors=water-sensor'],
    ['GET', '/orgs/water-co'],
  ])('answers 404, not 403, to %s %s of another organisation', async (method, path, body) => {
    const reply = await bed.call(method, `/api/v1${path}`, { as: 'gas-engineer', body });
    expect(reply.status).toBe(404);
    expect((await get('/assets/water-well')).body.name).toBe('人民路 water-well');
  });

  it('keeps one from writing into another organisation', async () => {
    const made = await post('/assets', well('planted', { orgId: 'water-co' }), 'gas-engineer');
    expect([404, 422]).toContain(made.status);
    expect((await get('/assets/planted')).status).toBe(404);
  });

  it('holds an administrator of a company to the company', async () => {
    const users = await get('/users', 'gas-admin');
    expect(new Set(users.body.items.map((u: Json) => u.orgId))).toEqual(new Set(['gas-co']));
    expect((await get('/users/root', 'gas-admin')).status).toBe(404);
    const made = await post(
      '/users',
      { username: 'spy', displayName: 'x', role: 'admin', orgId: 'city', password: 'long enough pw' },
      'gas-admin',
    );
    expect([404, 422]).toContain(made.status);
    const self = await bed.call('PATCH', '/api/v1/users/gas-admin', {
      as: 'gas-admin',
      body: { role: 'viewer' },
    });
    expect(self.body.code).toBe('API-008');
  });
});

describe('lists', () => {
  it('pages without holes, in the shape of the contract', async () => {
    const ids: string[] = [];
    let cursor = '';
    do {
      const page = await get(`/assets?limit=3${cursor}`);
      pageOf(assetReply).parse(page.body);
      ids.push(...page.body.items.map((a: Json) => a.id));
      cursor = page.body.nextCursor === null ? '' : `&cursor=${page.body.nextCursor}`;
    } while (cursor !== '');
    const all = (await get('/assets?limit=1000')).body.items.map((a: Json) => a.id);
    expect(ids).toEqual(all);
    expect(new Set(ids).size).toBe(ids.length);
  });
});

describe('device credentials', () => {
  it('show the password once, keep only a hash, and go away', async () => {
    await post('/devices', device('dev-c', null));
    const made = await post('/devices/dev-c/credentials', undefined);
    expect([made.status, Object.keys(made.body).sort()]).toEqual([201, ['password', 'username']]);
    const { username, password } = made.body;
    expect(password).toMatch(/^[\w-]{27}$/);
    const listed = await get('/devices/dev-c/credentials');
    expect(listed.text).not.toContain(password);
    expect(listed.body.items).toMatchObject([{ username, revokedAt: null }]);
    const path = `/api/v1/devices/dev-c/credentials/${username}`;
    expect((await bed.call('DELETE', path, { as: 'enno' })).status).toBe(204);
    expect((await get('/devices/dev-c/credentials')).body.items[0].revokedAt).not.toBeNull();
    expect((await bed.call('DELETE', `${path}x`, { as: 'enno' })).status).toBe(404);
  });

  it('come again under the same Idempotency-Key, though no password is kept in the clear', async () => {
    await post('/devices', device('dev-k', null));
    const key = { 'idempotency-key': 'cred-1' };
    const first = await post('/devices/dev-k/credentials', undefined, 'enno', key);
    const again = await post('/devices/dev-k/credentials', undefined, 'enno', key);
    expect(again.body).toEqual(first.body);
    expect(again.headers.get('idempotency-replayed')).toBe('true');
    const route = 'POST /api/v1/devices/dev-k/credentials';
    const requestHash = createHash('sha256').update('/api/v1/devices/dev-k/credentials\nnull').digest('hex');
    const asked = { key: 'cred-1', actor: 'enno', route, requestHash };
    const kept = await bed.records.idempotency.begin(asked, bed.clock.now());
    expect(kept.state).toBe('replay');
    expect(JSON.stringify(kept)).not.toContain(first.body.password);
    expect((await get('/devices/dev-k/credentials')).body.items).toHaveLength(1);
  }); // prettier-ignore
});

describe('Idempotency-Key', () => {
  it('does a thing once, and refuses the key for another thing', async () => {
    const headers = { 'idempotency-key': 'make-well' };
    const body = well('idem-1', { id: undefined });
    const first = await post('/assets', body, 'enno', headers);
    const again = await post('/assets', body, 'enno', headers);
    expect([again.status, again.body, again.headers.get('idempotency-replayed')]).toEqual([201, first.body, 'true']);
    expect(again.headers.get('etag')).toBe('"1"');
    const other = await post('/assets', well('idem-2'), 'enno', headers);
    expect([other.status, other.body.code]).toEqual([422, 'PGR-010']);
  }); // prettier-ignore

  it('keeps no refusal: what was mended can be sent under the same key', async () => {
    const headers = { 'idempotency-key': 'try-again' };
    const body = well('idem-3', { orgId: 'later' });
    expect((await post('/assets', body, 'enno', headers)).status).toBe(422);
    await post('/orgs', { id: 'later', name: '后来', parentId: 'city' }, 'root');
    expect((await post('/assets', body, 'enno', headers)).status).toBe(201);
  });
});

describe('import', () => {
  const importJson = (body: unknown, as = 'enno'): Promise<Reply> => post('/registry/import', body, as);

  it('takes many things at once, and the same again', async () => {
    const rows = {
      assets: [well('imp-1'), well('imp-2', { parentId: 'imp-1' })],
      devices: [device('imp-dev', 'imp-1')],
      sensors: [sensor('imp-s1', 'imp-1', 'imp-dev'), sensor('imp-s2', 'imp-2', 'imp-dev')],
    };
    const first = await importJson(rows);
    expect(importReply.parse(first.body)).toEqual({ orgs: 0, assets: 2, devices: 1, sensors: 2 });
    expect((await importJson(rows)).status).toBe(200);
    sensorReply.parse((await get('/sensors/imp-s2')).body);
  });

  it('lists every fault by its row and writes nothing', async () => {
    const reply = await importJson({
      assets: [well('imp-ok'), well('imp-bad', { kind: 'volcano' })],
      sensors: [sensor('imp-s3', 'imp-ok', 'imp-dev', { unit: 'furlong', expectedEverySeconds: -1 })],
    });
    expect([reply.status, reply.body.code]).toEqual([422, 'API-003']);
    const at = reply.body.faults.map((f: Json) => f.at);
    expect(at).toEqual(['assets.1.kind', 'sensors.0.unit', 'sensors.0.expectedEverySeconds']);
    const unknown = await importJson({ sensors: [sensor('imp-s4', 'nowhere', 'imp-dev'), sensor('imp-s5', 'imp-1', 'nothing')] });
    expect(unknown.body.faults.map((f: Json) => f.at)).toEqual(['sensors.0', 'sensors.1']);
    expect((await get('/assets/imp-ok')).status).toBe(404);
  }); // prettier-ignore

  it.each([
    ['UTF-8 with a mark', (text: string): Uint8Array => Buffer.from(`\ufeff${text}`)],
    // 井 in GB 18030, which is what Excel writes.
    ['GB 18030', (text: string): Uint8Array => Buffer.concat(text.split('井').flatMap((part, i) => (i === 0 ? [Buffer.from(part)] : [Buffer.from([0xbe, 0xae]), Buffer.from(part)])))],
  ])('takes CSV in %s', async (name, bytes) => {
    const id = name.startsWith('UTF') ? 'csv-u' : 'csv-g';
    const csv = [
      'record,id,kind,name,lon,lat,orgId,assetId,deviceId,channel,quantity,unit,expectedEverySeconds,rangeMin,rangeMax',
      `asset,${id},gas.well,井,114.3,34.8,gas-co,,,,,,,,`,
      `device,${id}-d,,,,,,${id},,,,,,,`,
      `sensor,${id}-s,,,,,,${id},${id}-d,ch4,gas.combustible,%LEL,60,0,100`,
    ].join('\r\n');
    const reply = await bed.call('POST', '/api/v1/registry/import', {
      as: 'enno',
      body: bytes(csv),
      headers: { 'content-type': 'text/csv' },
    });
    expect(reply.body).toEqual({ orgs: 0, assets: 1, devices: 1, sensors: 1 });
    expect((await get(`/assets/${id}`)).body).toMatchObject({ name: '井', geometry: { coordinates: [114.3, 34.8] } });
    expect((await get(`/sensors/${id}-s`)).body).toMatchObject({ range: { min: 0, max: 100 }, channel: 'ch4' });
  }); // prettier-ignore

  it('names the line of a CSV that is wrong', async () => {
    const csv = 'record,id,kind,name,orgId\nasset,csv-1,gas.well,a,gas-co\nasset,csv-2,volcano,b,gas-co\n';
    const reply = await bed.call('POST', '/api/v1/registry/import', {
      as: 'enno',
      body: csv,
      headers: { 'content-type': 'text/csv' },
    });
    expect(reply.body.faults).toMatchObject([{ at: 'row 3.kind' }]);
    expect((await get('/assets/csv-1')).status).toBe(404);
  });

  it('takes more than 1 MB, and leaves organisations to administrators', async () => {
    const assets = Array.from({ length: 2_000 }, (_, i) => well(`bulk-${i}`, { properties: { note: 'x'.repeat(600) } }));
    const startedAt = performance.now();
    expect((await importJson({ assets })).body.assets).toBe(2_000);
    expect(performance.now() - startedAt).toBeLessThan(5_000);
    const orgs = [{ id: 'new-org', name: '新', parentId: 'city' }];
    expect((await importJson({ orgs })).body.code).toBe('API-001');
    expect((await importJson({ orgs }, 'root')).body.orgs).toBe(1);
  }); // prettier-ignore
});
