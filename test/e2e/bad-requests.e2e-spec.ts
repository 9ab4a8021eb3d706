/* eslint-disable @typescript-eslint/no-unsafe-assignment */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SignJWT } from 'jose';
import type { AlarmShape, Page, Problem } from '@anmai/wire';
import { ApiClient, type Reply } from '../support/api-client';
import { connectDevice, register, send } from '../support/device';
import { eventually } from '../support/eventually';
import { removeDataDirs, startServer, type ServerProcess } from '../support/server-process';

let server: ServerProcess;
let api: ApiClient;

beforeAll(async () => {
  server = await startServer();
  api = await ApiClient.login(server.http);
  await register(api, 'good', [{ channel: 'ch4' }]);
});
afterAll(async () => {
  await server.stop();
  removeDataDirs();
});

/** Whatever was asked: the next one is answered. */
afterEach(async () => {
  expect((await api.get('/sensors/good.ch4')).status).toBe(200);
});

describe('a request', () => {
  const asset = (over: object): object => ({ kind: 'gas.well', name: 'x', orgId: 'city', ...over });
  const sensor = (over: object): object => ({
    id: 'odd',
    assetId: 'good',
    deviceId: 'good',
    channel: 'odd',
    quantity: 'gas.combustible',
    unit: '%LEL',
    expectedEverySeconds: 60,
    ...over,
  });
  const rule = (condition: object): object => ({
    name: 'r',
    appliesTo: {},
    condition,
    source: { kind: 'assumption', why: 'test', reviewBy: '2027-06-30' },
  });
  const JSON_TYPE = { 'content-type': 'application/json' };
  const { parse } = JSON;

  it.each<[string, string, string, unknown, Record<string, string>, number, string]>([
    ['half of a JSON text', 'POST', '/assets', '{"id":', JSON_TYPE, 400, 'HTP-400'],
    ['no body', 'POST', '/assets', undefined, {}, 400, 'VAL-001'],
    ['a list for an object', 'POST', '/assets', [], {}, 400, 'VAL-001'],
    ['text for a body', 'POST', '/assets', 'id=1', { 'content-type': 'text/plain' }, 415, 'HTP-415'],
    ['a form', 'POST', '/assets', 'id=1', { 'content-type': 'application/x-www-form-urlencoded' }, 415, 'HTP-415'],
    ['2 MB', 'POST', '/assets', asset({ properties: { a: 'x'.repeat(2_000_000) } }), {}, 413, 'HTP-413'],
    ['a number for a name', 'POST', '/assets', asset({ name: 7 }), {}, 400, 'VAL-001'],
    ['a misspelt field', 'POST', '/assets', asset({ nmae: 'x' }), {}, 400, 'VAL-001'],
    ['an unknown kind', 'POST', '/assets', asset({ kind: 'gas.balloon' }), {}, 400, 'VAL-001'],
    ['an id with a quote', 'POST', '/assets', asset({ id: "a' OR 1=1" }), {}, 400, 'VAL-001'],
    ['an id in capitals', 'POST', '/assets', asset({ id: 'WELL' }), {}, 400, 'VAL-001'],
    ['an id of 65 characters', 'POST', '/assets', asset({ id: 'a'.repeat(65) }), {}, 400, 'VAL-001'],
    ['a NUL in a name', 'POST', '/assets', asset({ name: 'a\u0000b' }), {}, 400, 'VAL-001'],
    ['half a character in a name', 'POST', '/assets', asset({ name: 'a\ud800' }), {}, 400, 'VAL-001'],
    ['an organisation that is not there', 'POST', '/assets', asset({ orgId: 'nobody' }), {}, 422, 'PGR-'],
    ['a parent that is not there', 'POST', '/assets', asset({ parentId: 'nobody' }), {}, 422, 'PGR-'],
    ['a place outside the world', 'POST', '/assets', asset({ geometry: { type: 'Point', coordinates: [190, 0] } }), {}, 400, 'VAL-001'],
    ['__proto__ in the properties', 'POST', '/assets', parse('{"kind":"gas.well","name":"x","orgId":"city","__proto__":{"a":1}}'), {}, 400, ''],
    ['an unknown unit', 'POST', '/sensors', sensor({ unit: 'furlong' }), {}, 400, 'VAL-001'],
    ['a unit of something else', 'POST', '/sensors', sensor({ unit: 'Cel' }), {}, 400, 'VAL-001'],
    ['an unknown quantity', 'POST', '/sensors', sensor({ quantity: 'love' }), {}, 400, 'VAL-001'],
    ['a range the wrong way round', 'POST', '/sensors', sensor({ range: { min: 5, max: 1 } }), {}, 400, 'VAL-001'],
    ['an interval of nothing', 'POST', '/sensors', sensor({ expectedEverySeconds: 0 }), {}, 400, 'VAL-001'],
    ['a device that is not there', 'POST', '/sensors', sensor({ deviceId: 'nobody' }), {}, 422, 'PGR-'],
    ['a channel that is taken', 'POST', '/sensors', sensor({ channel: 'ch4' }), {}, 409, 'PGR-'],
    ['an id that is taken', 'POST', '/sensors', sensor({ id: 'good.ch4', channel: 'other' }), {}, 409, 'PGR-'],
    ['a rule without limits', 'POST', '/rules', rule({ type: 'threshold', limits: [] }), {}, 400, 'VAL-001'],
    ['a rule that clears above its limit', 'POST', '/rules', rule({ type: 'threshold', limits: [{ severity: 'red', above: 1, clearBelow: 2 }] }), {}, 400, 'VAL-001'],
    ['a rule of an unknown type', 'POST', '/rules', rule({ type: 'hunch' }), {}, 400, 'VAL-001'],
    ['a rule in a colour that is none', 'POST', '/rules', rule({ type: 'threshold', limits: [{ severity: 'pink', above: 1 }] }), {}, 400, 'VAL-001'],
    ['a limit of 0 rows', 'GET', '/assets?limit=0', undefined, {}, 400, 'VAL-001'],
    ['a limit of 1,001 rows', 'GET', '/assets?limit=1001', undefined, {}, 400, 'VAL-001'],
    ['a cursor of one’s own', 'GET', '/assets?cursor=abc', undefined, {}, 400, 'VAL-004'],
    ['an unknown filter', 'GET', '/assets?colour=red', undefined, {}, 400, 'VAL-001'],
    ['a time that is none', 'GET', '/alarms?from=yesterday', undefined, {}, 400, 'VAL-001'],
    ['a window the wrong way round', 'GET', '/sensors/good.ch4/readings?from=2026-01-02T00:00:00Z&to=2026-01-01T00:00:00Z', undefined, {}, 400, 'VAL-001'],
    ['three points', 'GET', '/sensors/good.ch4/series?points=3', undefined, {}, 400, 'VAL-001'],
    ['a thing that is not there', 'GET', '/assets/nothing', undefined, {}, 404, ''],
    ['an id that cannot be one', 'GET', "/assets/' OR 1=1--", undefined, {}, 400, 'VAL-001'],
    ['a broken escape', 'GET', '/assets/%zz', undefined, {}, 400, 'HTP-4'],
    ['a way out of the folder', 'GET', '/../../../../etc/passwd', undefined, {}, 404, 'HTP-404'],
    ['an address that leads nowhere', 'GET', '/nowhere', undefined, {}, 404, 'HTP-404'],
    ['a method that is not meant', 'DELETE', '/alarms', undefined, {}, 404, 'HTP-404'],
    ['an If-Match that is none', 'PATCH', '/assets/good', { name: 'x' }, { 'if-match': 'new' }, 400, 'VAL-002'],
    ['an Idempotency-Key that is none', 'POST', '/assets', asset({ id: 'k' }), { 'idempotency-key': 'a b' }, 400, 'VAL-003'],
    ['a comment without words', 'POST', '/alarms/none/comment', { note: '  ' }, {}, 400, 'VAL-001'],
    ['an alarm that is not there', 'POST', '/alarms/none/acknowledge', {}, {}, 404, ''],
  ])('with %s is refused with a reason and a remedy', async (_name, method, path, body, headers, status, code) => {
    const reply = await api.call<Problem>(method, path, body, headers);
    expect([reply.status, reply.body]).toEqual([
      status,
      expect.objectContaining({ status, code: expect.stringMatching(`^${code}`), detail: expect.stringMatching(/.{3}/), remedy: expect.stringMatching(/.{10}/) }),
    ]);
    expect(reply.headers.get('content-type')).toMatch(/^application\/problem\+json/);
    expect(JSON.stringify(reply.body)).not.toMatch(/node_modules|at \w+ \(|select |insert into/i);
  }); // prettier-ignore

  it.each([
    `Robert'); DROP TABLE asset;--`,
    '<script>alert(1)</script>',
    'reading,sensor=x value=1 1',
    '${7*7} {{7*7}} %s %n',
    '井盖 №12 😀 ‮gnp.exe',
    '\\',
    '%',
  ])('names a thing %s, and gets just that back', async name => {
    const made = await api.post<{ id: string; name: string }>('/assets', asset({ name }));
    expect([made.status, made.body.name]).toEqual([201, name]);
    expect((await api.get<{ name: string }>(`/assets/${made.body.id}`)).body.name).toBe(name);
    const found = await api.get<Page<{ name: string }>>(`/assets?q=${encodeURIComponent(name)}`);
    expect(found.body.items.map(item => item.name)).toContain(name);
    expect(found.body.items.every(item => item.name.includes(name))).toBe(true);
  });
});

describe('a token', () => {
  const withToken = (token: string): Promise<Reply<Problem>> =>
    fetch(`${server.http}/api/v1/assets`, { headers: { authorization: token } }).then(async reply => ({
      status: reply.status,
      body: (await reply.json()) as Problem,
      headers: reply.headers,
    }));
  const signed = (secret: Uint8Array, iat: number, alg = 'HS256'): Promise<string> => {
    const [, payload = ''] = api.token.split('.');
    const claims = JSON.parse(Buffer.from(payload, 'base64url').toString()) as Record<string, unknown>;
    return new SignJWT({ ...claims, iat, exp: iat + 900 }).setProtectedHeader({ alg }).sign(secret);
  };
  const now = (): number => Math.floor(Date.now() / 1_000);
  const tampered = (): string => {
    const [head, payload = '', mark] = api.token.split('.');
    const claims = Buffer.from(payload, 'base64url').toString().replace('admin', 'other');
    return [head, Buffer.from(claims).toString('base64url'), mark].join('.');
  };
  const unsigned = (): string =>
    `${Buffer.from('{"alg":"none"}').toString('base64url')}.${api.token.split('.')[1]}.`;

  it.each<[string, () => string | Promise<string>, string]>([
    ['that is missing', () => '', 'AUT-001'],
    ['of another scheme', () => 'Basic YWRtaW46eA==', 'AUT-001'],
    ['that is no token', () => 'Bearer abc', 'AUT-003'],
    ['that was altered', () => `Bearer ${tampered()}`, 'AUT-003'],
    ['without a signature', () => `Bearer ${unsigned()}`, 'AUT-003'],
    ['of another platform', async () => `Bearer ${await signed(new Uint8Array(32), now())}`, 'AUT-003'],
    ['that has expired', async () => `Bearer ${await signed(secret(), now() - 3_600)}`, 'AUT-002'],
  ])('%s is refused', async (_name, make, code) => {
    const { status, body } = await withToken(await make());
    expect([status, body.code]).toEqual([401, code]);
    expect(body.remedy).toMatch(/.{10}/);
  });

  const secret = (): Uint8Array =>
    Buffer.from(readFileSync(join(server.dataDir, 'token-secret'), 'utf8').trim(), 'hex');

  it('made with the secret itself is taken: the rows above fail for their own reasons', async () => {
    expect((await withToken(`Bearer ${await signed(secret(), now())}`)).status).toBe(200);
  });

  it.each([
    ['a wrong password', { username: 'admin', password: 'guess-guess' }, 401, 'AUT-005'],
    ['an unknown user', { username: 'nobody', password: 'guess-guess' }, 401, 'AUT-005'],
    ['SQL for a name', { username: "admin' --", password: 'guess-guess' }, 401, 'AUT-005'],
    ['no password', { username: 'admin' }, 400, 'VAL-001'],
    ['an object for a password', { username: 'admin', password: { $ne: '' } }, 400, 'VAL-001'],
  ])('is not given for %s', async (_name, body, status, code) => {
    const reply = await api.post<Problem>('/auth/login', body);
    expect([reply.status, reply.body.code]).toEqual([status, code]);
  });
});

describe('what belongs to another organisation', () => {
  let water: ApiClient;
  let alarmId: string;

  beforeAll(async () => {
    for (const id of ['gas-co', 'water-co']) await api.must('/orgs', { id, name: id, parentId: 'city' });
    await api.must('/registry/import', {
      assets: [{ id: 'gas-well', kind: 'gas.well', name: 'g', orgId: 'gas-co' }],
      devices: [{ id: 'gas-dev', assetId: 'gas-well' }],
      sensors: [
        {
          id: 'gas-dev.ch4',
          assetId: 'gas-well',
          deviceId: 'gas-dev',
          channel: 'ch4',
          quantity: 'gas.combustible',
          unit: '%LEL',
          expectedEverySeconds: 60,
        },
      ],
    });
    await api.must('/rules', {
      id: 'gas-rule',
      name: 'r',
      appliesTo: { sensorIds: ['gas-dev.ch4'] },
      condition: { type: 'threshold', limits: [{ severity: 'red', above: 50 }] },
      source: { kind: 'assumption', why: 'test', reviewBy: '2027-06-30' },
    });
    const login = await api.must<{ username: string; password: string }>('/devices/gas-dev/credentials');
    const client = await connectDevice(server.mqtt, { deviceId: 'gas-dev', ...login });
    await send(client, 'gas-dev', Date.now(), { ch4: 80 });
    await client.endAsync();
    alarmId = await eventually(
      async () => (await api.get<Page<AlarmShape>>('/alarms?asset=gas-well')).body.items[0]?.id,
    );
    const user = { username: 'wanda', displayName: 'W', role: 'engineer', orgId: 'water-co' };
    await api.must('/users', { ...user, password: 'a-long-secret-1' });
    water = await ApiClient.login(server.http, 'wanda', 'a-long-secret-1');
  });

  it.each<[string, string, unknown?, object?]>([
    ['GET', '/assets/gas-well'],
    ['PATCH', '/assets/gas-well', { name: 'mine' }],
    ['DELETE', '/assets/gas-well'],
    ['GET', '/devices/gas-dev'],
    ['POST', '/devices/gas-dev/credentials'],
    ['GET', '/devices/gas-dev/credentials'],
    ['GET', '/sensors/gas-dev.ch4'],
    ['PATCH', '/sensors/gas-dev.ch4', { expectedEverySeconds: 5 }],
    ['DELETE', '/sensors/gas-dev.ch4'],
    ['GET', '/sensors/gas-dev.ch4/readings'],
    ['GET', '/sensors/gas-dev.ch4/series'],
    ['GET', '/alarms/{alarm}'],
    ['POST', '/alarms/{alarm}/acknowledge', {}],
    ['POST', '/alarms/{alarm}/comment', { note: 'x' }],
    ['GET', '/orgs/gas-co'],
    ['GET', '/live?sensors=gas-dev.ch4'],
  ])('is not there: %s %s', async (method, path, body) => {
    const reply = await water.call<Problem>(method, path.replace('{alarm}', alarmId), body);
    expect([reply.status, reply.body.remedy]).toEqual([404, expect.stringMatching(/.{10}/)]);
  });

  it.each(['/assets', '/devices', '/sensors', '/alarms', '/orgs', '/quarantine'])(
    'is in no list: %s',
    async path => {
      const { body } = await water.get<Page<{ id: string }>>(`${path}?limit=1000`);
      expect(JSON.stringify(body.items)).not.toMatch(/gas-|good|bad-/);
    },
  );

  it('cannot be taken over, or silenced by a rule', async () => {
    const taken = await water.post<Problem>('/registry/import', {
      assets: [{ id: 'gas-well', kind: 'gas.well', name: 'mine', orgId: 'water-co' }],
    });
    expect(taken.status).toBe(422);
    expect((await api.get<{ orgId: string }>('/assets/gas-well')).body.orgId).toBe('gas-co');
    const silenced = await water.call<Problem>('PATCH', '/rules/gas-rule', { enabled: false });
    expect([silenced.status, silenced.body.code]).toEqual([403, 'API-005']);
  });
});
