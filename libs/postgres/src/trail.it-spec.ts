import pg from 'pg';
import { DAY_MS, MINUTE_MS } from '@anmai/kernel';
import type { QuarantineRecord, Records } from './records';
import { SYSTEM, asset, by, device, makeOrgs, rule, sensor } from './testing/samples';
import { startTestServer, TEST_NOW, type TestClock, type TestServer } from './testing/test-server';

let server: TestServer;
let records: Records;
let schema: string;
let clock: TestClock;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());
beforeEach(async () => {
  ({ records, schema, clock } = await server.freshRecords({ quarantineRowsMax: 5 }));
  await makeOrgs(records);
});
afterEach(() => records.close());

/** As whoever owns the database can. */
async function asOwner(sql: string): Promise<void> {
  const client = new pg.Client({ ...server.target, options: `-c search_path=${schema}` });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}

describe('audit', () => {
  it('chains all writes of many at once, without holes', async () => {
    const writes = Array.from({ length: 40 }, (_, n) =>
      records.assets.create(asset(`a${n}`), by(`user-${n % 4}`)),
    );
    await Promise.all(writes);
    expect(await records.audit.verifyAudit()).toMatchObject({ intact: true, rows: 44 });
    const page = await records.audit.list({ limit: 3, actor: 'user-1' });
    expect(page.items).toHaveLength(3);
    const next = await records.audit.list({ limit: 100, actor: 'user-1', cursor: page.nextCursor });
    expect(next.items).toHaveLength(7);
    expect(next.items[0]!.seq).toBeLessThan(page.items[2]!.seq);
  });

  it('has no row for a write that was refused', async () => {
    await records.assets.create(asset('a'), SYSTEM);
    await expect(records.assets.create(asset('a'), SYSTEM)).rejects.toMatchObject({ code: 'PGR-005' });
    expect(await records.audit.verifyAudit()).toMatchObject({ intact: true, rows: 5 });
  });

  it.each([
    ['a changed detail', `update audit set detail = '{"after":{"name":"x"}}' where seq = 3`, 3],
    ['a changed actor', `update audit set actor = 'nobody' where seq = 2`, 2],
    ['a changed instant', `update audit set at = at + interval '1 ms' where seq = 2`, 2],
    ['a removed row', `delete from audit where seq = 2`, 2],
    [
      'a row put in',
      `insert into audit select seq + 1, at, actor, action, subject, detail, hash, hash from audit where seq = 4`,
      5,
    ],
    ['a changed hash', `update audit set hash = repeat('a', 64) where seq = 1`, 1],
  ])('notices %s', async (_name, sql, brokenSeq) => {
    await expect(asOwner(sql.replace('insert', 'update audit set seq = seq; insert'))).rejects.toThrow(
      'append-only',
    );
    await asOwner(`alter table audit disable trigger audit_append_only; ${sql}`);
    expect(await records.audit.verifyAudit()).toMatchObject({ intact: false, brokenSeq });
  });

  it('keeps odd values so that they verify again', async () => {
    const detail = {
      b: [1e21, -0, 0.1, 1e-7, 9007199254740993],
      a: { 你好: '🚨', __proto__: null, '': undefined },
    };
    await records.audit.append({ actor: 'x', action: 'y', subject: 'z', detail });
    expect(await records.audit.verifyAudit()).toMatchObject({ intact: true, rows: 5 });
  });

  it('never holds a secret', async () => {
    await records.assets.create(asset('a'), SYSTEM);
    await records.devices.create(device('d', 'a'), SYSTEM);
    await records.credentials.create({ username: 'u', deviceId: 'd', secretHash: 'SECRET' }, SYSTEM);
    const user = {
      username: 'li',
      displayName: '李',
      role: 'viewer',
      orgId: 'city',
      passwordHash: 'SECRET',
    } as const;
    await records.users.create(user, SYSTEM);
    await records.users.setPassword('li', 'SECRET2', SYSTEM);
    const { items } = await records.audit.list({ limit: 100 });
    expect(items.map(item => item.action)).toContain('user.passwordSet');
    expect(JSON.stringify(items)).not.toContain('SECRET');
  });
});

describe('outbox and snapshot', () => {
  it('hands out changes in the order of their writes until they are journaled', async () => {
    await records.assets.create(asset('a'), SYSTEM);
    await records.rules.create(rule('r'), SYSTEM);
    const pending = await records.registry.pendingRegistryChanges(100);
    expect(pending.map(row => row.change.id)).toEqual(['city', 'gas-co', 'gas-east', 'water-co', 'a', 'r']);
    expect(pending[4]!.change).toEqual({
      id: 'a',
      kind: 'asset',
      op: 'put',
      value: { ...asset('a'), version: 1 },
    });
    const snapshot = await records.registry.registrySnapshot();
    expect(snapshot).toMatchObject({ version: pending[5]!.version, rules: [{ id: 'r', version: 1 }] });
    await records.registry.markJournaled(pending[4]!.version);
    expect((await records.registry.pendingRegistryChanges(100)).map(row => row.change.id)).toEqual(['r']);
    expect((await records.registry.registrySnapshot()).version).toBe(snapshot.version);
  });

  it('never shows a later change before an earlier one', async () => {
    const seen: number[] = [];
    const writes = Promise.all(
      Array.from({ length: 30 }, (_, n) => records.assets.create(asset(`a${n}`), SYSTEM)),
    );
    let done = false;
    void writes.then(() => (done = true));
    do {
      const rows = await records.registry.pendingRegistryChanges(100);
      const last = rows.at(-1);
      seen.push(...rows.map(row => row.version));
      if (last !== undefined) await records.registry.markJournaled(last.version);
    } while (!done || (await records.registry.pendingRegistryChanges(1)).length > 0);
    await writes;
    expect(seen).toHaveLength(34);
    expect(seen).toEqual([...seen].sort((a, b) => a - b));
  });
});

describe('importRegistry', () => {
  it('takes 2,000 rows well under 2 s, and again as edits', async () => {
    const n = Array.from({ length: 660 }, (_, index) => index);
    const rows = {
      orgs: [{ id: 'heat-co', name: '供热', parentId: 'city' }],
      assets: n.map(i =>
        asset(`w${i}`, { orgId: 'heat-co', parentId: i % 10 === 0 ? null : `w${i - (i % 10)}` }),
      ),
      devices: n.map(i => device(`d${i}`, `w${i}`)),
      sensors: n.map(i => sensor(`s${i}`, `w${i}`, `d${i}`)),
      credentials: [{ username: 'u', deviceId: 'd0', secretHash: 'x' }],
    };
    const started = performance.now();
    const counts = { orgs: 1, assets: 660, devices: 660, sensors: 660, credentials: 1 };
    expect(await records.registry.importRegistry(rows, SYSTEM)).toEqual({ ok: true, value: counts });
    expect(performance.now() - started).toBeLessThan(2_000);
    expect(await records.assets.get('w11', 'heat-co')).toEqual({ ...rows.assets[11], version: 1 });
    expect(await records.sensors.get('s7', null)).toEqual({ ...rows.sensors[7], version: 1 });
    const again = {
      assets: [{ ...rows.assets[0]!, geometry: null }],
      sensors: [{ ...rows.sensors[0]!, range: null }],
    };
    await records.registry.importRegistry(again, SYSTEM);
    expect(await records.assets.get('w0', null)).toEqual({ ...again.assets[0], version: 2 });
    expect(await records.sensors.get('s0', null)).toEqual({ ...again.sensors[0], version: 2 });
    expect(await records.registry.pendingRegistryChanges(9_999)).toHaveLength(4 + 1 + 1980 + 1 + 2);
    expect(await records.audit.verifyAudit()).toMatchObject({ intact: true, rows: 6 });
  });

  it('may swap two channels', async () => {
    const two = [sensor('s1', 'a', 'd', { channel: 'x' }), sensor('s2', 'a', 'd', { channel: 'y' })];
    const base = { assets: [asset('a')], devices: [device('d', 'a')] };
    await records.registry.importRegistry({ ...base, sensors: two }, SYSTEM);
    const swapped = [{ ...two[0]!, channel: 'y' }, { ...two[1]!, channel: 'x' }]; // prettier-ignore
    expect(await records.registry.importRegistry({ sensors: swapped }, SYSTEM)).toMatchObject({ ok: true });
  });

  it('gives back every fault and writes nothing', async () => {
    await records.assets.create(asset('water', { orgId: 'water-co' }), SYSTEM);
    await records.assets.create(asset('gas', { orgId: 'gas-co' }), SYSTEM);
    await records.devices.create(device('d-gas', 'gas'), SYSTEM);
    await records.sensors.create(sensor('taken', 'gas', 'd-gas', { channel: 'c' }), SYSTEM);
    const before = await records.registry.registrySnapshot();
    const rows = {
      orgs: [{ id: 'o1', name: 'o1', parentId: 'o2' }, { id: 'o2', name: 'o2', parentId: 'o1' }, { id: 'o3', name: 'o3', parentId: null }], // prettier-ignore
      assets: [
        asset('n1', { orgId: 'gas-co' }),
        asset('n1', { orgId: 'gas-co' }),
        asset('water', { orgId: 'gas-co' }),
      ],
      devices: [device('d1', 'nowhere'), device('d2', 'water')],
      sensors: [sensor('s1', 'gas', 'd-gas', { channel: 'c' }), sensor('s2', 'n1', 'no')],
    };
    const result = await records.registry.importRegistry(rows, by('eng', 'gas-co'));
    expect(result.ok).toBe(false);
    const faults = result.ok ? [] : result.error.map(({ list, index, code }) => `${list}[${index}] ${code}`);
    expect(faults.sort()).toEqual([
      'assets[1] duplicate',
      'assets[2] not_visible',
      'devices[0] unknown_reference',
      'orgs[0] cycle',
      'orgs[1] cycle',
      'orgs[2] not_visible',
      'sensors[0] duplicate',
      'sensors[1] unknown_reference',
    ]);
    expect(await records.registry.registrySnapshot()).toEqual(before);
  });

  it('rolls back assets that would be below themselves', async () => {
    const rows = { assets: [asset('x', { parentId: 'y' }), asset('y', { parentId: 'x' })] };
    await expect(records.registry.importRegistry(rows, SYSTEM)).rejects.toMatchObject({ code: 'PGR-015' });
    expect(await records.assets.get('x', null)).toBeNull();
  });
});

describe('quarantine', () => {
  const record = (id: string, second: number, over: Partial<QuarantineRecord> = {}): QuarantineRecord => ({
    id,
    deviceId: 'dev-9',
    topic: 'anmai/v1/dev-9/telemetry',
    reason: 'not_json',
    detail: 'bad',
    payload: Uint8Array.of(0, 255, 1),
    count: 1,
    firstAt: TEST_NOW + second * 1_000,
    lastAt: TEST_NOW + second * 1_000,
    ...over,
  });
  const ids = async (within: string | null = null, over = {}) =>
    (await records.quarantine.list({ limit: 99, ...over }, within)).items.map(row => row.id).join(' ');

  it('keeps the newest and counts the rest', async () => {
    await records.quarantine.put([1, 2, 3, 4, 5, 6, 7].map(n => record(`q${n}`, n)));
    expect(await ids()).toBe('q7 q6 q5 q4 q3');
    await records.quarantine.put([record('q8', 8)]);
    expect(await records.quarantine.totals()).toEqual({ kept: 5, dropped: 3 });
    expect((await records.quarantine.get('q8', null))?.payload).toEqual(Uint8Array.of(0, 255, 1));
  });

  it('takes the same again, and anything as text', async () => {
    await records.quarantine.put([
      record('q', 1, { count: 4 }),
      record('q', 2, { detail: 'nul \0 half \ud800' }),
    ]);
    await records.quarantine.put([record('q', 9, { count: 3, topic: '\0' })]);
    await records.quarantine.put([record('odd', 0, { detail: 'nul \0 half \ud800', topic: `'; drop` })]);
    expect(await records.quarantine.get('q', null)).toMatchObject({ count: 4, firstAt: TEST_NOW + 1_000, lastAt: TEST_NOW + 9_000 }); // prettier-ignore
    expect(await records.quarantine.get('odd', null)).toMatchObject({ detail: 'nul \ufffd half \ufffd', topic: `'; drop` }); // prettier-ignore
  });

  it('shows a device to its organisation, and what nobody registered to the root', async () => {
    await records.assets.create(asset('gas', { orgId: 'gas-co' }), SYSTEM);
    await records.devices.create(device('known', 'gas'), SYSTEM);
    await records.quarantine.put([
      record('k', 1, { deviceId: 'known' }),
      record('u', 2),
      record('n', 3, { deviceId: null }),
    ]);
    expect(await ids()).toBe('n u k');
    expect(await ids('city')).toBe('n u k');
    expect(await ids('gas-co')).toBe('k');
    expect(await ids('water-co')).toBe('');
    const adopted = await records.quarantine.markAdopted('k', TEST_NOW, by('op', 'gas-co'));
    expect(adopted.adoptedAt).toBe(TEST_NOW);
    expect(await ids()).toBe('n u');
    expect(await ids(null, { adopted: true })).toBe('k');
    await expect(records.quarantine.markAdopted('u', 1, by('op', 'gas-co'))).rejects.toMatchObject({
      code: 'PGR-004',
    });
  });
});

describe('idempotency', () => {
  const request = { key: 'k1', actor: 'li', route: 'POST /assets', requestHash: 'h1' };
  const reply = { status: 201, body: '{"b":1,"a":2}' };

  it.each([
    ['the same again: the stored reply', request, { state: 'replay', ...reply }],
    ['another actor: begins', { ...request, actor: 'wang' }, { state: 'started' }],
    ['another body: refused', { ...request, requestHash: 'h2' }, 'PGR-010'],
    ['another route: refused', { ...request, route: 'POST /rules' }, 'PGR-010'],
  ])('%s', async (_name, second, expected) => {
    expect(await records.idempotency.begin(request, TEST_NOW)).toEqual({ state: 'started' });
    await records.idempotency.finish(request, reply);
    const outcome = await records.idempotency
      .begin(second, TEST_NOW)
      .catch((error: { code: string }) => error.code);
    expect(outcome).toEqual(expected);
  });

  it('starts one of many at once', async () => {
    const tries = Array.from(
      { length: 8 },
      () =>
      records.idempotency.begin(request, TEST_NOW).then(start => start.state, (error: { code: string }) => error.code), // prettier-ignore
    );
    expect((await Promise.all(tries)).sort()).toEqual([...Array<string>(7).fill('PGR-011'), 'started']);
  });

  it('frees a key that was abandoned, went stale, or is a day old', async () => {
    await records.idempotency.begin(request, TEST_NOW);
    await records.idempotency.abandon(request);
    expect(await records.idempotency.begin(request, TEST_NOW)).toEqual({ state: 'started' });
    await expect(records.idempotency.begin(request, TEST_NOW + MINUTE_MS - 1)).rejects.toMatchObject({
      code: 'PGR-011',
    });
    expect(await records.idempotency.begin(request, TEST_NOW + MINUTE_MS)).toEqual({ state: 'started' });
    await records.idempotency.finish(request, reply);
    const start = TEST_NOW + MINUTE_MS;
    expect(await records.idempotency.sweep(start + DAY_MS - 1)).toBe(0);
    expect(await records.idempotency.begin(request, start + DAY_MS - 1)).toMatchObject({ state: 'replay' });
    expect(await records.idempotency.begin(request, start + DAY_MS)).toEqual({ state: 'started' });
    clock.advance(1);
  });
});
