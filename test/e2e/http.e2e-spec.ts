/* eslint-disable @typescript-eslint/no-unsafe-assignment */
import { EmbeddedPostgres, openRecords } from '@anmai/postgres';
import type { MqttClient } from 'mqtt';
import type {
  HealthShape,
  AlarmShape,
  AssetShape,
  DeviceShape,
  Page,
  Problem,
  QuarantineShape,
  ReadingsReply,
  RuleShape,
  SensorShape,
  SeriesReply,
} from '@anmai/wire';
import {
  adoptReply,
  alarmReply,
  assetReply,
  deviceReply,
  healthReply,
  newCredentialReply,
  orgReply,
  pageOf,
  problemReply,
  quarantineReply,
  readingsReply,
  ruleReply,
  sensorReply,
  seriesReply,
} from '@anmai/wire';
import { ApiClient } from '../support/api-client';
import { connectDevice, send } from '../support/device';
import { eventually } from '../support/eventually';
import { removeDataDirs, startServer, type ServerProcess } from '../support/server-process';
import { ASSET, DEVICE, RULE, SENSOR } from './contract-bodies';
import { EventStream } from './event-stream';

let server: ServerProcess;
let api: ApiClient;
let client: MqttClient;
const streams: EventStream[] = [];

beforeAll(async () => {
  server = await startServer();
  api = await ApiClient.login(server.http);
  await api.must('/orgs', { id: 'gas-co', name: '燃气公司', parentId: 'city' });
});
afterEach(() => streams.splice(0).forEach(stream => stream.close()));
afterAll(async () => {
  await client?.endAsync(true);
  await server.stop();
  removeDataDirs();
});

const start = Date.now() - 600_000;
const iso = (ms: number): string => new Date(start + ms).toISOString();
const say = (ms: number, ch4: number | null): Promise<void> => send(client, 'dev-1', start + ms, { ch4 });
const firstAlarm = (fits: (alarm: AlarmShape) => boolean = () => true): Promise<AlarmShape> =>
  eventually(async () => (await api.get<Page<AlarmShape>>('/alarms?state=all')).body.items.find(fits));
async function live(options: { sensors?: string; lastEventId?: string } = {}): Promise<EventStream> {
  const stream = await EventStream.open(server.http, api.token, options);
  streams.push(stream);
  return stream;
}

describe('registry', () => {
  it('takes the bodies of the contract and gives them back', async () => {
    const asset = await api.post<AssetShape>('/assets', ASSET);
    expect([asset.status, asset.headers.get('etag')]).toEqual([201, '"1"']);
    expect(assetReply.parse(asset.body)).toMatchObject({ ...ASSET, version: 1 });
    const device = await api.post<DeviceShape>('/devices', DEVICE);
    expect([device.status, deviceReply.parse(device.body)]).toMatchObject([201, DEVICE]);
    const sensor = await api.post<SensorShape>('/sensors', SENSOR);
    expect([sensor.status, sensorReply.parse(sensor.body)]).toMatchObject([201, SENSOR]);
    const login = await api.post('/devices/dev-1/credentials');
    expect([login.status, Object.keys(newCredentialReply.parse(login.body)).sort()]).toEqual([
      201,
      ['password', 'username'],
    ]);
    client = await connectDevice(server.mqtt, { deviceId: 'dev-1', ...newCredentialReply.parse(login.body) });
    for (const [path, shape] of [
      ['/assets/well-0012', assetReply],
      ['/devices/dev-1', deviceReply],
      ['/sensors/well-0012.ch4', sensorReply],
      ['/orgs/gas-co', orgReply],
    ] as const) {
      const reply = await api.get(path);
      expect([path, reply.status, shape.safeParse(reply.body).success]).toEqual([path, 200, true]);
    }
    const listed = await api.get('/sensors?assetId=well-0012');
    expect(
      pageOf(sensorReply)
        .parse(listed.body)
        .items.map(item => item.id),
    ).toEqual(['well-0012.ch4']);
  });

  it('makes an id where none is given', async () => {
    const { id: _, ...unnamed } = ASSET;
    const { body } = await api.post<AssetShape>('/assets', unnamed);
    expect(body.id).toMatch(/^[a-z0-9][a-z0-9._-]{0,63}$/);
    expect((await api.call('DELETE', `/assets/${body.id}`)).status).toBe(204);
    expect((await api.get(`/assets/${body.id}`)).status).toBe(404);
  });

  it('an edit stands on the version that it names', async () => {
    const edit = (name: string, version: string | null) =>
      api.call<AssetShape & Problem>(
        'PATCH',
        '/assets/well-0012',
        { name },
        version === null ? {} : { 'if-match': version },
      );
    const first = await edit('甲', '"1"');
    expect([first.status, first.body.version, first.headers.get('etag')]).toEqual([200, 2, '"2"']);
    const late = await edit('乙', '"1"');
    expect([late.status, late.body.currentVersion]).toEqual([412, 2]);
    expect(problemReply.safeParse(late.body).success).toBe(true);
    expect((await edit('丙', null)).body.version).toBe(3);
    expect((await edit(ASSET.name, '*')).status).toBe(200);
  });

  it('the same Idempotency-Key does the work once', async () => {
    const key = { 'idempotency-key': 'key-1' };
    const body = { kind: 'gas.well', name: 'once', orgId: 'gas-co' };
    const first = await api.post<AssetShape>('/assets', body, key);
    const again = await api.post<AssetShape>('/assets', body, key);
    expect([again.status, again.body.id, again.headers.get('idempotency-replayed')]).toEqual([
      201,
      first.body.id,
      'true',
    ]);
    const other = await api.post<Problem>('/assets', { ...body, name: 'other' }, key);
    expect(other.status).toBe(422);
    const found = await api.get<Page<AssetShape>>('/assets?q=once');
    expect(found.body.items).toHaveLength(1);
    const both = await Promise.all(
      [1, 2, 3].map(() => api.post<AssetShape>('/assets', body, { 'idempotency-key': 'key-2' })),
    );
    expect((await api.get<Page<AssetShape>>('/assets?q=once')).body.items).toHaveLength(2);
    for (const reply of both) expect([201, 409]).toContain(reply.status);
  });

  it('lists page by page, without holes', async () => {
    const rows = Array.from({ length: 25 }, (_, i) => ({
      id: `page-${String(i).padStart(2, '0')}`,
      kind: 'gas.well',
      name: `p${i}`,
      orgId: 'gas-co',
    }));
    await api.must('/registry/import', { assets: rows });
    const ids: string[] = [];
    let cursor: string | null = null;
    do {
      const path: string = `/assets?q=page-&limit=10${cursor === null ? '' : `&cursor=${cursor}`}`;
      const { body }: { body: Page<AssetShape> } = await api.get<Page<AssetShape>>(path);
      ids.push(...body.items.map(item => item.id));
      cursor = body.nextCursor;
    } while (cursor !== null);
    expect(ids).toEqual(rows.map(row => row.id));
  });
});

describe('rules', () => {
  it('keep their versions', async () => {
    const made = await api.post<RuleShape>('/rules', RULE);
    expect([made.status, ruleReply.parse(made.body)]).toMatchObject([
      201,
      { ...RULE, version: 1, enabled: true },
    ]);
    const changed = await api.call<RuleShape>('PATCH', '/rules/gas-adjacent', { name: '新名' });
    expect(changed.body).toMatchObject({ version: 2, name: '新名', condition: RULE.condition });
    await api.call('PUT', '/rules/gas-adjacent', RULE, { 'if-match': '"2"' });
    const versions = await api.get<Page<RuleShape & { actor: string }>>('/rules/gas-adjacent/versions');
    expect(versions.body.items.map(item => [item.version, item.name, item.actor])).toEqual([
      [3, RULE.name, 'admin'],
      [2, '新名', 'admin'],
      [1, RULE.name, 'admin'],
    ]);
    expect((await api.get<RuleShape>('/rules/gas-adjacent?version=2')).body.name).toBe('新名');
    expect((await api.post('/rules', RULE)).status).toBe(409);
  });

  it('say which sensors they cover and cannot judge', async () => {
    const limits = [{ severity: 'yellow', above: 1 }];
    const condition = { type: 'threshold', unit: 'MPa', limits };
    await api.must('/rules', { ...RULE, id: 'pressure', appliesTo: {}, condition });
    const { coverage } = await eventually(async () => {
      const { body } = await api.get<RuleShape>('/rules/pressure');
      return body.coverage !== undefined && body.coverage.faultCount > 0 && body;
    });
    expect(coverage!.faults[0]!.reason).toContain('MPa');
    expect((await api.get<HealthShape>('/status')).body.rulesUnusable).toBe(1);
    expect((await api.call('DELETE', '/rules/pressure')).status).toBe(204);
  });
});

describe('readings', () => {
  const window = `from=${iso(0)}&to=${iso(300_000)}`;

  it('come raw, ascending, over [from, to), and say when some were held back', async () => {
    for (const [ms, value] of [[0, 1], [60_000, 2], [120_000, null], [180_000, 101], [300_000, 3]] as const)
      await say(ms, value); // prettier-ignore
    const path = `/sensors/well-0012.ch4/readings?${window}`;
    const { body } = await eventually(async () => {
      const reply = await api.get<ReadingsReply>(path);
      return reply.body.rows.length === 4 && reply;
    });
    expect(readingsReply.parse(body)).toEqual({
      rows: [
        { at: iso(0), value: 1, quality: 1 },
        { at: iso(60_000), value: 2, quality: 1 },
        { at: iso(120_000), value: null, quality: 9 },
        { at: iso(180_000), value: 101, quality: 4 },
      ],
      truncated: false,
    });
    const part = await api.get<ReadingsReply>(`${path}&limit=2`);
    expect([part.body.rows.length, part.body.truncated]).toEqual([2, true]);
  });

  it('come as a series of at most so many points', async () => {
    const { body } = await api.get<SeriesReply>(`/sensors/well-0012.ch4/series?${window}&points=1000`);
    expect(seriesReply.parse(body)).toMatchObject({ source: 'raw', unit: '%LEL' });
    expect(body.rows.map(row => row.value)).toEqual([1, 2, null, 101]);
    const plain = await api.get<SeriesReply>('/sensors/well-0012.ch4/series');
    expect(plain.status).toBe(200);
  });
});

describe('alarms', () => {
  it('have the shape of the contract, evidence and history', async () => {
    await say(330_000, 53.1);
    const { id } = await firstAlarm();
    const { body } = await api.get<AlarmShape>(`/alarms/${id}`);
    expect(alarmReply.parse(body)).toMatchObject({
      ruleId: 'gas-adjacent',
      ruleVersion: 3,
      sensorId: 'well-0012.ch4',
      assetId: 'well-0012',
      severity: 'orange',
      condition: 'active',
      acknowledged: false,
      shelvedUntil: null,
      onsetAt: iso(330_000),
      clearedAt: null,
      closedAt: null,
      evidence: { limit: { above: 50, unit: '%LEL' }, source: RULE.source },
    });
    expect(body.evidence.readings.at(-1)).toEqual({ at: iso(330_000), value: 53.1, quality: 1 });
    expect(body.history).toEqual([
      { at: expect.stringMatching(/Z$/), actor: 'system', change: 'raised', reason: expect.any(String) },
    ]);
  });

  it.each([
    ['', 1],
    ['state=open', 1],
    ['state=active', 1],
    ['state=cleared', 0],
    ['state=closed', 0],
    ['state=blind', 0],
    ['severity=orange', 1],
    ['severity=yellow', 0],
    ['asset=well-0012', 1],
    ['asset=imp-1', 0],
    ['sensor=well-0012.ch4&rule=gas-adjacent', 1],
    [`from=${iso(300_000)}`, 1],
    [`to=${iso(300_000)}`, 0],
    [`from=${iso(0)}&to=${iso(400_000)}`, 1],
  ])('can be asked for by %s', async (query, count) => {
    const { body } = await api.get<Page<AlarmShape>>(`/alarms?${query}`);
    expect(body.items).toHaveLength(count);
  });

  it('are acknowledged once, commented on, cleared and closed', async () => {
    const { id } = await firstAlarm();
    const first = await api.post<AlarmShape>(`/alarms/${id}/acknowledge`, { note: '已派人' });
    expect([first.status, first.body.acknowledged]).toEqual([200, true]);
    const again = await api.post<AlarmShape>(`/alarms/${id}/acknowledge`);
    expect([again.status, again.body.history.length]).toEqual([200, first.body.history.length]);
    await api.must(`/alarms/${id}/comment`, { note: '现场通风' });
    await say(390_000, 3);
    await say(450_000, 3);
    const closed = await firstAlarm(alarm => alarm.closedAt !== null);
    const { body } = await api.get<AlarmShape>(`/alarms/${closed.id}`);
    expect(body.history.map(item => [item.actor, item.change, item.reason])).toEqual([
      ['system', 'raised', expect.any(String)],
      ['admin', 'acknowledged', '已派人'],
      ['admin', 'commented', '现场通风'],
      ['system', 'cleared', expect.any(String)],
    ]);
    expect(body.clearedAt).toBe(iso(450_000));
    const left = await api.get<Page<AlarmShape>>('/alarms?state=open');
    expect(left.body.items).toEqual([]);
  });
});

describe('live', () => {
  it('tells alarms, health, and the readings of the sensors asked for', async () => {
    const stream = await live({ sensors: 'well-0012.ch4' });
    const plain = await live();
    expect(stream.contentType).toMatch(/^text\/event-stream/);
    await say(500_000, 60);
    const reading = await stream.next(event => event.name === 'reading' && event.data['value'] === 60);
    expect(reading.data).toEqual({ sensorId: 'well-0012.ch4', at: iso(500_000), value: 60, quality: 1 });
    const alarm = await stream.next(event => event.name === 'alarm');
    expect(alarmReply.parse(alarm.data)).toMatchObject({ severity: 'orange', condition: 'active' });
    expect([reading.id, alarm.id].every(id => id !== null)).toBe(true);
    const health = await stream.next(event => event.name === 'health');
    expect(healthReply.safeParse(health.data).success).toBe(true);
    await plain.next(event => event.name === 'alarm');
    expect(plain.events.some(event => event.name === 'reading')).toBe(false);
    expect(stream.retryMs).toBe(1_000);
    await eventually(async () => stream.comments.length > 0, 8_000);
  });

  it('resumes from Last-Event-ID, with nothing twice and nothing missing', async () => {
    const stream = await live({ sensors: 'well-0012.ch4' });
    await say(510_000, 61);
    const { id } = await stream.next(event => event.data['value'] === 61);
    stream.close();
    for (const [i, value] of [62, 63, 64].entries()) await say(520_000 + i * 1_000, value);
    await firstAlarm();
    const { id: alarmId } = await firstAlarm(alarm => alarm.closedAt === null);
    await api.must(`/alarms/${alarmId}/comment`, { note: 'missed?' });
    const resumed = await live({ sensors: 'well-0012.ch4', lastEventId: id! });
    await resumed.next(event => event.name === 'alarm' && JSON.stringify(event.data).includes('missed?'));
    const values = resumed.events.filter(event => event.name === 'reading').map(event => event.data['value']);
    expect(values).toEqual([62, 63, 64]);
    expect(resumed.events.some(event => event.name === 'reset')).toBe(false);
  });

  it('says reset for an id that it does not know', async () => {
    const stream = await live({ lastEventId: 'other-12' });
    expect((await stream.next(event => event.name === 'reset')).data).toEqual({ why: expect.any(String) });
  });
});

describe('the platform', () => {
  it('lists what it did not take, and can adopt it', async () => {
    await send(client, 'dev-1', Date.now(), { temp: 21 });
    const item = await eventually(
      async () => (await api.get<Page<QuarantineShape>>('/quarantine?deviceId=dev-1')).body.items[0],
    );
    expect(quarantineReply.parse(item)).toMatchObject({ reason: 'unknown_channel', adoptable: true });
    const sensors = [
      { channel: 'temp', quantity: 'environment.temperature', unit: 'Cel', expectedEverySeconds: 60 },
    ];
    const adopted = await api.post(`/quarantine/${item.id}/adopt`, { assetId: 'well-0012', sensors });
    expect(adoptReply.parse(adopted.body).sensors.map(sensor => sensor.id)).toEqual(['dev-1.temp']);
  });

  it('says that it lives and is ready', async () => {
    const get = (path: string) => fetch(`${server.http}${path}`);
    expect(await (await get('/health/live')).json()).toEqual({ status: 'up' });
    const ready = await get('/health/ready');
    expect([ready.status, await ready.json()]).toMatchObject([
      200,
      { ready: true, parts: { records: 'up' } },
    ]);
    expect(healthReply.safeParse((await api.get('/status')).body).success).toBe(true);
  });
});

describe('at the end', () => {
  it('a restart resets the live stream, and who has done what is provable', async () => {
    const stream = await live();
    await say(560_000, 65);
    const { id: alarmId } = await firstAlarm(alarm => alarm.closedAt === null);
    await api.must(`/alarms/${alarmId}/comment`, { note: 'before the restart' });
    const { id } = await stream.next(event => event.name === 'alarm');
    await client.endAsync(true);
    expect(await server.stop()).toBe(0);
    await eventually(async () => stream.ended);

    const postgres = new EmbeddedPostgres({ dataDir: server.dataDir });
    const records = openRecords({ pool: await postgres.start(), clock: { now: () => Date.now() } });
    const verdict = await records.audit.verifyAudit();
    const rows = (await records.audit.list({ limit: 1_000, cursor: null })).items;
    await records.close();
    await postgres.stop();
    expect(verdict).toMatchObject({ intact: true });
    for (const action of ['asset', 'device', 'sensor', 'rule', 'alarm', 'credential', 'user'])
      expect(rows.some(row => row.action.includes(action) && row.actor === 'admin')).toBe(true);

    server = await startServer({ dataDir: server.dataDir });
    api = await ApiClient.login(server.http);
    const resumed = await live({ lastEventId: id! });
    await resumed.next(event => event.name === 'reset');
    const kept = await api.get<AlarmShape>(`/alarms/${alarmId}`);
    expect(kept.body).toMatchObject({ condition: 'active', severity: 'orange' });
  });
});
