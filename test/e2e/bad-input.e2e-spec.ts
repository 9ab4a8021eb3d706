import { connectAsync, type MqttClient } from 'mqtt';
import type { Page, QuarantineShape, ReadingsReply, SensorShape } from '@anmai/wire';
import { ApiClient } from '../support/api-client';
import { connectDevice, register, send, telemetry, type Registered } from '../support/device';
import { eventually } from '../support/eventually';
import { removeDataDirs, startServer, type ServerProcess } from '../support/server-process';

/** A fault has to be listed within this time. */
const LISTED_MS_MAX = 2_000;
const MINUTE_MS = 60_000;

let server: ServerProcess;
let api: ApiClient;
let good: Registered;
let goodClient: MqttClient;
let sent = 0;

beforeAll(async () => {
  server = await startServer();
  api = await ApiClient.login(server.http);
  good = await register(api, 'good', [{ channel: 'ch4' }]);
  goodClient = await connectDevice(server.mqtt, good);
});
afterAll(async () => {
  await goodClient.endAsync(true);
  await server.stop();
  removeDataDirs();
});

/** Whatever the row did: others go on being heard, and nothing of them is lost. */
afterEach(async () => {
  const at = Date.now();
  sent += 1;
  await send(goodClient, 'good', at, { ch4: sent % 10 });
  await eventually(async () => {
    const { body } = await api.get<SensorShape>('/sensors/good.ch4');
    return body.latest !== null && Date.parse(body.latest.at) === at;
  }, LISTED_MS_MAX);
  expect(goodClient.connected).toBe(true);
});

afterAll(async () => {
  const rows = await eventually(async () => {
    const now = (await readings('good.ch4')).rows;
    return now.length === sent && now;
  });
  expect(rows.every(row => row.quality === 1)).toBe(true);
});

const readings = async (id: string): Promise<ReadingsReply> => {
  const [from, to] = ['2001-01-01T00:00:00Z', new Date(Date.now() + 10 * MINUTE_MS).toISOString()];
  return (await api.get<ReadingsReply>(`/sensors/${id}/readings?from=${from}&to=${to}&limit=5000`)).body;
};

const quarantined = async (deviceId: string): Promise<readonly QuarantineShape[]> =>
  (await api.get<Page<QuarantineShape>>(`/quarantine?deviceId=${deviceId}&limit=1000`)).body.items;

const listed = (deviceId: string, reason: string): Promise<QuarantineShape> =>
  eventually(async () => (await quarantined(deviceId)).find(item => item.reason === reason), LISTED_MS_MAX);

const values = (count: number): string =>
  JSON.stringify(Array.from({ length: count }, (_, i) => ({ n: 'ch4', u: '%LEL', t: i + 1 - count, v: 1 })));
const nested = (depth: number, open: string, close: string): string =>
  open.repeat(depth) + '1' + close.repeat(depth);
const at = (ms: number, value: unknown = 5): string =>
  JSON.stringify({ ts: Date.now() + ms, values: { ch4: value } });

/** What was sent, the reason that is listed (null: none), what its text says, the values that are kept. */
type Row = readonly [
  name: string,
  payload: string | Buffer,
  reason: string | null,
  says: RegExp,
  kept: readonly (number | null)[],
];

const MESSAGES: readonly Row[] = [
  ['half of a JSON text', '{"values":{"ch4":1', 'not_json', /position 18/, []],
  ['an empty payload', '', 'not_json', /position 0/, []],
  ['binary rubbish', Buffer.from([0, 255, 254, 1, 128, 13]), 'not_json', /position 0/, []],
  ['a NaN literal', '{"values":{"ch4":NaN}}', 'not_json', /position 17.*NaN/, []],
  ['the text "NaN"', '{"values":{"ch4":"NaN"}}', 'not_a_number', /not a finite number/, []],
  ['a number as text', '{"values":{"ch4":"12.5"}}', 'not_a_number', /not a finite number/, []],
  ['an object as value', '{"values":{"ch4":{"v":1}}}', 'not_a_number', /not a finite number/, []],
  ['a time as text', '{"ts":"now","values":{"ch4":1}}', 'bad_shape', /ts is not a number/, []],
  ['a number for a message', '7', 'bad_shape', /object or an array/, []],
  ['null for a message', 'null', 'bad_shape', /object or an array/, []],
  ['a message without a value', '[]', 'bad_shape', /no record/, []],
  ['SenML with text as value', '[{"n":"ch4","vs":"high"}]', 'not_a_number', /not a finite number/, []],
  ['SenML of a version to come', '[{"bver":11,"n":"ch4","v":1}]', 'bad_version', /at most 10/, []],
  ['SenML with two values', '[{"n":"ch4","v":1,"vb":true}]', 'bad_shape', /one value only/, []],
  ['an unknown channel', '{"values":{"smoke":1}}', 'unknown_channel', /smoke/, []],
  ['names of JavaScript’s own', '{"values":{"__proto__":1,"ch4":2}}', 'unknown_channel', /__proto__/, [2]],
  ['SQL in a channel', `{"values":{"x'); DROP TABLE sensors;--":1}}`, 'unknown_channel', /DROP TABLE/, []],
  ['line protocol in a channel', '{"values":{"ch4,a=b c=1 1":1}}', 'unknown_channel', /ch4,a=b c=1 1/, []],
  ['a line break in a channel', '{"values":{"a\\nreading value=1":1}}', 'bad_channel', /unprintable/, []],
  ['HTML in a channel', '{"values":{"<img src=x onerror=alert(1)>":1}}', 'unknown_channel', /<img/, []],
  ['bytes that are no UTF-8', Buffer.from('7b22ff223a317d', 'hex'), 'bad_channel', /unprintable/, []],
  ['a channel of 129 characters', `{"values":{"${'c'.repeat(129)}":1}}`, 'bad_channel', /129/, []],
  ['six minutes ahead', at(6 * MINUTE_MS), 'future_time', /ahead of us/, []],
  ['four minutes ahead', at(4 * MINUTE_MS), null, /^$/, [5]],
  ['the year 2000', '{"ts":946684800000,"values":{"ch4":1}}', 'ancient_time', /before 2001/, []],
  ['seconds where milliseconds belong', '{"ts":1732230000,"values":{"ch4":1}}', 'ancient_time', /unit of its time/, []],
  ['a time without measure', '{"ts":1e308,"values":{"ch4":1}}', 'future_time', /ahead of us/, []],
  ['an unknown unit', '[{"n":"ch4","u":"furlong","v":1}]', 'unknown_unit', /furlong/, []],
  ['a unit of something else', '[{"n":"ch4","u":"Cel","v":1}]', 'unknown_unit', /Cel/, []],
  ['1,000 records', values(1_000), null, /^$/, Array<number>(1_000).fill(1)],
  ['1,001 records', values(1_001), 'too_many_records', /at most 1000/, []],
  ['the same SenML record twice', '[{"n":"ch4","v":3,"t":-60},{"n":"ch4","v":3,"t":-60}]', null, /^$/, [3]],
  ['a pack with one bad record', '[{"n":"ch4","v":4},{"n":"ch4","t":-5,"vs":"x"}]', 'not_a_number', /finite/, [4]],
  ['200,000 brackets', nested(100_000, '[', ']'), 'bad_shape', /object/, []],
  ['100,000 open brackets', '['.repeat(100_000), 'not_json', /position 100000/, []],
  ['20,000 objects in each other', `{"values":${nested(20_000, '{"a":', '}')}}`, 'not_a_number', /finite/, []],
  ['a number beyond all', '{"values":{"ch4":1e309}}', 'not_a_number', /not a finite number/, []],
  ['a number that no store keeps', '{"values":{"ch4":1e308}}', 'bad_value', /beyond/, []],
  ['a number that no store keeps, once converted', '[{"n":"ch4","u":"%VOL","v":1e99}]', 'bad_value', /beyond/, []],
  ['the largest number that is kept', '{"values":{"ch4":1e100}}', null, /^$/, [1e100]],
  ['a zero with a sign', '{"values":{"ch4":-0}}', null, /^$/, [0]],
  ['no value', '{"values":{"ch4":null}}', null, /^$/, [null]],
]; // prettier-ignore

describe('a message', () => {
  it.each(MESSAGES)('%s', async (name, payload, reason, says, kept) => {
    const id = `bad-${MESSAGES.findIndex(row => row[0] === name)}`;
    const device = await register(api, id, [{ channel: 'ch4' }]);
    const client = await connectDevice(server.mqtt, device);
    // It is acknowledged all the same, or the device would send it again for ever.
    await client.publishAsync(telemetry(id), payload, { qos: 1 });
    if (reason === null) expect(await quarantined(id)).toEqual([]);
    else {
      const item = await listed(id, reason);
      expect(item.detail).toMatch(says);
      expect(item).toMatchObject({ deviceId: id, topic: telemetry(id) });
    }
    const rows = await eventually(async () => {
      const now = (await readings(`${id}.ch4`)).rows;
      return now.length === kept.length && now;
    });
    expect(rows.map(row => (row.value === null ? null : row.value + 0))).toEqual(kept);
    // The connection is as good as before.
    const before = (await quarantined(id)).length;
    await send(client, id, Date.now() - 3 * MINUTE_MS, { ch4: 7 });
    await eventually(async () => (await readings(`${id}.ch4`)).rows.length === kept.length + 1);
    expect((await quarantined(id)).length).toBe(before);
    await client.endAsync();
  });

  it('in Chinese is taken like any other', async () => {
    const device = await register(api, 'unicode', []);
    await api.must('/sensors', {
      id: 'unicode.ch4',
      assetId: 'unicode',
      deviceId: 'unicode',
      channel: '甲烷 浓度😀',
      quantity: 'gas.combustible',
      unit: '%LEL',
      expectedEverySeconds: 60,
    });
    const client = await connectDevice(server.mqtt, device);
    await send(client, 'unicode', Date.now(), { '甲烷 浓度😀': 12.5 });
    const rows = await eventually(async () => {
      const now = (await readings('unicode.ch4')).rows;
      return now.length > 0 && now;
    });
    expect(rows.map(row => row.value)).toEqual([12.5]);
    await client.endAsync();
  });

  it.each([
    ['one byte above the limit', 256 * 1024 + 1],
    ['10 MB', 10 * 1024 * 1024],
  ])('of %s ends its connection, and is listed', async (name, bytes) => {
    const id = `large-${bytes}`;
    const device = await register(api, id, [{ channel: 'ch4' }]);
    const client = await connectDevice(server.mqtt, device);
    const closed = new Promise(resolve => client.once('close', () => resolve(true)));
    client.on('error', () => undefined);
    client.publish(telemetry(id), Buffer.alloc(bytes, 32), { qos: 1 });
    expect(await closed).toBe(true);
    await client.endAsync(true);
    const item = await listed(id, 'payload_too_large');
    expect(item.detail).toMatch(/262144|256/);
  });

  it('to the topic of another device reaches nobody, and is listed', async () => {
    const device = await register(api, 'foreign', [{ channel: 'ch4' }]);
    const client = await connectDevice(server.mqtt, device);
    await client.publishAsync(telemetry('good'), at(0, 99), { qos: 1 });
    await client.publishAsync('any/other', 'x', { qos: 1 });
    await client.publishAsync('anmai/v1/foreign/command', '{}', { qos: 1 });
    await eventually(async () => {
      const items = (await quarantined('foreign')).filter(item => item.reason === 'foreign_topic');
      return items.length === 3 && items.some(item => item.topic === telemetry('good'));
    }, LISTED_MS_MAX);
    expect((await readings('good.ch4')).rows.map(row => row.value)).not.toContain(99);
    await client.endAsync();
  });

  it('of a status that is none is listed', async () => {
    const device = await register(api, 'moody', [{ channel: 'ch4' }]);
    const client = await connectDevice(server.mqtt, device);
    await client.publishAsync('anmai/v1/moody/status', '{"online":"perhaps"}', { qos: 1, retain: true });
    expect((await listed('moody', 'bad_shape')).topic).toBe('anmai/v1/moody/status');
    await client.endAsync();
  });
});

describe('a log-in', () => {
  const attempt = (username: string, password: string) =>
    connectAsync(server.mqtt, { username, password, clientId: 'x', reconnectPeriod: 0 });

  it('with a wrong password is refused and listed', async () => {
    const device = await register(api, 'guarded', [{ channel: 'ch4' }]);
    await expect(attempt(device.username, 'guess')).rejects.toMatchObject({ code: 4 });
    await listed(device.username, 'bad_password');
  });

  it('of a stranger is refused and listed; adopted, it is a device like any other', async () => {
    await expect(attempt('stranger-1', 'whatever')).rejects.toMatchObject({ code: 4 });
    const item = await listed('stranger-1', 'unknown_device');
    expect(item.adoptable).toBe(true);
    const adopted = await api.post<{ sensors: SensorShape[] }>(`/quarantine/${item.id}/adopt`, {
      assetId: 'good',
      name: '新装置',
      sensors: [{ channel: 'ch4', quantity: 'gas.combustible', unit: '%LEL', expectedEverySeconds: 60 }],
    });
    expect([adopted.status, adopted.body.sensors[0]!.id]).toEqual([200, 'stranger-1.ch4']);
    const login = await api.must<{ username: string; password: string }>('/devices/stranger-1/credentials');
    const client = await connectDevice(server.mqtt, { deviceId: 'stranger-1', ...login });
    await send(client, 'stranger-1', Date.now(), { ch4: 3 });
    await eventually(async () => (await readings('stranger-1.ch4')).rows.length === 1);
    await client.endAsync();
  });

  it('a channel that was unknown is taken once it is adopted', async () => {
    const device = await register(api, 'grown', [{ channel: 'ch4' }]);
    const client = await connectDevice(server.mqtt, device);
    await send(client, 'grown', Date.now(), { temp: 20 });
    const item = await listed('grown', 'unknown_channel');
    const adopted = await api.post(`/quarantine/${item.id}/adopt`, {
      assetId: 'grown',
      sensors: [{ channel: 'temp', quantity: 'environment.temperature', unit: 'Cel', expectedEverySeconds: 60 }],
    }); // prettier-ignore
    expect(adopted.status).toBe(200);
    await send(client, 'grown', Date.now(), { temp: 21 });
    await eventually(async () => (await readings('grown.temp')).rows.map(row => row.value).includes(21));
    expect((await api.get<QuarantineShape>(`/quarantine/${item.id}`)).body.adoptable).toBe(false);
    await client.endAsync();
  });
});
