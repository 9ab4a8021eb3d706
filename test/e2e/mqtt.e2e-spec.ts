import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { promisify } from 'node:util';
import { connect, connectAsync, type IClientOptions, type MqttClient } from 'mqtt';
import { RawClient } from '@anmai/mqtt/testing/raw-client';
import { ApiClient } from '../support/api-client';
import { connectDevice, register, send, telemetry, type Registered } from '../support/device';
import { eventually } from '../support/eventually';
import { removeDataDirs, startServer, type ServerProcess } from '../support/server-process';
import { Certificates } from './certificates';
import { listen, storedValues } from './mqtt-side';

const run = promisify(execFile);
const certificates = new Certificates();
let server: ServerProcess;
let api: ApiClient;
const clients: MqttClient[] = [];

beforeAll(async () => {
  certificates.issue('server');
  server = await startServer({
    env: {
      ANMAI_MQTT_TLS_PORT: '0',
      ANMAI_TLS_CERT: certificates.path('server.crt'),
      ANMAI_TLS_KEY: certificates.path('server.key'),
      ANMAI_TLS_CLIENT_CA: certificates.path('ca.crt'),
    },
  });
  api = await ApiClient.login(server.http);
});
afterEach(async () => {
  await Promise.all(clients.splice(0).map(client => client.endAsync(true)));
});
afterAll(async () => {
  await server.stop();
  certificates.remove();
  removeDataDirs();
});

let made = 0;
/** A device with one methane channel, new for each test. */
const newDevice = (): Promise<Registered> => register(api, `d${++made}`, [{ channel: 'ch4' }]);

async function connected(
  device: Registered,
  options: IClientOptions = {},
  url = server.mqtt,
): Promise<MqttClient> {
  const client = await connectDevice(url, device, options);
  clients.push(client);
  client.on('error', () => undefined);
  return client;
}

const stored = (sensorId: string, count: number): Promise<(number | null)[]> =>
  storedValues(api, sensorId, count);
const closing = (client: MqttClient): Promise<void> =>
  new Promise(resolve => client.once('close', () => resolve()));
const port = (): number => Number(new URL(server.mqtt).port);
const portal = () => ({ username: '', password: '' });

describe('telemetry in', () => {
  it.each([0, 1, 2] as const)('QoS %i is stored once', async qos => {
    const device = await newDevice();
    const client = await connected(device);
    const at = Date.now() - 10_000;
    for (let i = 0; i < 5; i++) {
      const payload = JSON.stringify({ ts: at + i * 1_000, values: { ch4: i } });
      await client.publishAsync(telemetry(device.deviceId), payload, { qos });
    }
    expect(await stored(`${device.deviceId}.ch4`, 5)).toEqual([0, 1, 2, 3, 4]);
  });

  it('delivered again (DUP, another connection, another form) is stored once', async () => {
    const device = await newDevice();
    const at = Date.now() - 5_000;
    const plain = JSON.stringify({ ts: at, values: { ch4: 7 } });
    const raw = new RawClient(port());
    raw.connect({ clientId: 'raw', username: device.username, password: device.password });
    await raw.got('connack 0');
    raw.publish(telemetry(device.deviceId), plain, 1, 9);
    raw.publish(telemetry(device.deviceId), plain, 1, 9, true);
    raw.publish(telemetry(device.deviceId), plain, 2, 10);
    raw.publish(telemetry(device.deviceId), plain, 2, 10, true);
    await raw.got('puback 9', 'pubrec 10');
    raw.pubrel(10);
    await raw.got('pubcomp 10');
    raw.destroy();
    const client = await connected(device);
    const senml = [{ n: 'ch4', u: '%LEL', v: 7, t: at / 1_000 }];
    await client.publishAsync(telemetry(device.deviceId), JSON.stringify(senml), { qos: 1 });
    await send(client, device.deviceId, at + 1_000, { ch4: 8 });
    expect(await stored(`${device.deviceId}.ch4`, 2)).toEqual([7, 8]);
  });

  it('comes on ThingsBoard’s topic as well', async () => {
    const device = await newDevice();
    const client = await connected(device);
    const at = Date.now() - 60_000;
    const forms = [
      { ts: at, values: { ch4: 1 } },
      [{ ts: at + 1_000, values: { ch4: 2 } }, { ts: at + 2_000, values: { ch4: 3 } }],
      { ch4: 4 },
      [{ ch4: 5 }],
      [{ n: 'ch4', u: '%LEL', v: 6 }],
    ]; // prettier-ignore
    for (const form of forms)
      await client.publishAsync('v1/devices/me/telemetry', JSON.stringify(form), { qos: 1 });
    expect(await stored(`${device.deviceId}.ch4`, 6)).toEqual([1, 2, 3, 4, 5, 6]);
  });

  it('without a time: each value of a burst is kept, in order', async () => {
    const device = await newDevice();
    const client = await connected(device);
    const sent = Array.from({ length: 500 }, (_, i) => i % 100);
    await Promise.all(
      sent.map(ch4 => client.publishAsync(telemetry(device.deviceId), JSON.stringify({ ch4 }), { qos: 1 })),
    );
    expect(await stored(`${device.deviceId}.ch4`, sent.length)).toEqual(sent);
  });

  it('of a ThingsBoard device that has an access token and no password', async () => {
    const device = await newDevice();
    const accessToken = 'A1_TEST_TOKEN-0123456789';
    const reply = await api.post(`/devices/${device.deviceId}/credentials`, { accessToken });
    expect([reply.status, reply.body]).toEqual([201, { username: accessToken, password: '' }]);
    const client = await connectAsync(server.mqtt, { username: accessToken, reconnectPeriod: 0 });
    clients.push(client);
    await client.publishAsync('v1/devices/me/telemetry', '{"ch4":9}', { qos: 1 });
    expect(await stored(`${device.deviceId}.ch4`, 1)).toEqual([9]);
    const guess = connectAsync(server.mqtt, { username: `${accessToken}x`, reconnectPeriod: 0 });
    await expect(guess).rejects.toMatchObject({ code: 4 });
    const weak = await api.post(`/devices/${device.deviceId}/credentials`, { accessToken: 'short' });
    expect(weak.status).toBe(400);
  });

  it.each([
    ['gas.combustible', '%LEL', '%VOL', 2.5, 50],
    ['gas.combustible', '%LEL', 'ppm', 10_000, 20],
    ['gas.combustible', 'ppm', '%VOL', 1, 10_000],
    ['water.pressure', 'MPa', 'kPa', 250, 0.25],
    ['water.pressure', 'MPa', 'Pa', 140_000, 0.14],
    ['water.flow', 'm3/h', 'l/s', 10, 36],
    ['environment.temperature', 'Cel', 'K', 293.15, 20],
    ['water.level', 'm', 'cm', 125, 1.25],
    ['building.tilt', 'mm/m', 'deg', 1, 17.455064928],
  ])('%s kept in %s and sent in %s', async (quantity, unit, sent, value, kept) => {
    const id = `unit${++made}`;
    const device = await register(api, id, [{ channel: 'x', quantity, unit, range: null }]);
    const client = await connected(device);
    const pack = [{ bn: `urn:dev:ops:${id}:`, bu: sent, bt: Date.now() / 1_000 - 5, n: 'x', v: value }];
    await client.publishAsync(telemetry(id), JSON.stringify(pack), { qos: 1 });
    const [found] = await stored(`${id}.x`, 1);
    expect(found).toBeCloseTo(kept, 6);
  });

  it('SenML: base fields, times absolute and relative, booleans, and the full name of a channel', async () => {
    const id = `senml${++made}`;
    const device = await register(api, id, [{ channel: 'ch4' }]);
    await api.must('/sensors', {
      id: `${id}.lid`,
      assetId: id,
      deviceId: id,
      channel: 'urn:dev:x_lid',
      quantity: 'device.immersion',
      unit: '/',
      expectedEverySeconds: 60,
    });
    const client = await connected(device);
    const base = Math.floor(Date.now() / 1_000) - 100;
    const pack = [
      { bn: 'urn:dev:x_', bt: base, bu: '%LEL', bv: 10, n: 'ch4', v: 1 },
      { n: 'ch4', t: 10, v: 2 },
      { n: 'ch4', u: '%VOL', t: 20, v: -9.5 },
      { n: 'lid', u: '/', t: 30, vb: true },
    ];
    await client.publishAsync(telemetry(id), JSON.stringify(pack), { qos: 1 });
    const values = await stored(`${id}.ch4`, 3);
    expect(values.map(value => Number(value?.toFixed(9)))).toEqual([11, 12, 10]);
    expect(await stored(`${id}.lid`, 1)).toEqual([1]);
  });
});

describe('sessions', () => {
  it('status is retained, and the will says that a device is gone', async () => {
    const device = await newDevice();
    const status = `anmai/v1/${device.deviceId}/status`;
    const will = { topic: status, payload: Buffer.from('{"online":false}'), qos: 1 as const, retain: true };
    const first = await connected(device, { clientId: 'field', will });
    await first.publishAsync(status, '{"online":true}', { qos: 1, retain: true });
    const watcher = await connected(device, { clientId: 'watcher' });
    const { next } = listen(watcher);
    await watcher.subscribeAsync(status, { qos: 1 });
    await next('{"online":true}');
    first.stream.destroy();
    await next('{"online":false}');
    const late = await connected(device, { clientId: 'late' });
    const heard = listen(late);
    await late.subscribeAsync(status, { qos: 1 });
    await heard.next('{"online":false}');
  });

  it('a command is delivered at once, and queued for a persistent session that is away', async () => {
    const device = await newDevice();
    const topic = `anmai/v1/${device.deviceId}/command`;
    const options = { clientId: 'field', clean: false };
    const first = await connected(device, options);
    const live = listen(first);
    await first.subscribeAsync(topic, { qos: 1 });
    const reply = await api.post(`/devices/${device.deviceId}/commands`, { valve: 'close' });
    expect([reply.status, reply.body]).toMatchObject([202, { topic }]);
    await live.next('{"valve":"close"}');
    await first.endAsync();
    await api.must(`/devices/${device.deviceId}/commands`, { siren: true });
    await api.must(`/devices/${device.deviceId}/commands`, { everySeconds: 10 });
    // Listens before the CONNACK: queued messages come right behind it.
    const { username, password } = device;
    const client = connect(server.mqtt, { username, password, ...options, reconnectPeriod: 0 });
    clients.push(client);
    const again = listen(client);
    await eventually(async () => again.heard.length === 2);
    expect(again.heard).toEqual([`${topic} {"siren":true}`, `${topic} {"everySeconds":10}`]);
  });

  it('a command needs a device that exists, and a role that may', async () => {
    expect((await api.post('/devices/nobody/commands', {})).status).toBe(404);
    expect((await api.post('/devices/nobody/commands', [1])).status).toBe(400);
  });

  it('the same client id takes over; the same id of another device does not', async () => {
    const [device, other] = [await newDevice(), await newDevice()];
    const first = await connected(device, { clientId: 'one' });
    const stranger = await connected(other, { clientId: 'one' });
    const closed = closing(first);
    const second = await connected(device, { clientId: 'one' });
    await closed;
    await send(second, device.deviceId, Date.now(), { ch4: 1 });
    await send(stranger, other.deviceId, Date.now(), { ch4: 2 });
    expect(await stored(`${device.deviceId}.ch4`, 1)).toEqual([1]);
    expect(await stored(`${other.deviceId}.ch4`, 1)).toEqual([2]);
  });

  it('who keeps silent longer than its keep-alive is cut, and its will told', async () => {
    const device = await newDevice();
    const raw = new RawClient(port());
    raw.connect({ clientId: 'k', keepAliveSeconds: 1, username: device.username, password: device.password });
    await raw.got('connack 0');
    const since = performance.now();
    await eventually(async () => raw.closed, 5_000);
    expect(performance.now() - since).toBeGreaterThan(1_000);
  });

  it('an empty client id needs a clean session', async () => {
    const device = await newDevice();
    const refused = new RawClient(port());
    refused.connect({ clientId: '', clean: false, username: device.username, password: device.password });
    await refused.got('connack 2');
    await eventually(async () => refused.closed);
    const taken = new RawClient(port());
    taken.connect({ clientId: '', clean: true, username: device.username, password: device.password });
    await taken.got('connack 0');
    taken.destroy();
  });

  it('only what is its own can be subscribed to', async () => {
    const [device, other] = [await newDevice(), await newDevice()];
    const client = await connected(device);
    const own = `anmai/v1/${device.deviceId}`;
    const granted = async (filter: string): Promise<number> => {
      const [grant] = await client.subscribeAsync(filter, { qos: 1 }).catch(() => [{ qos: 128 }]);
      return grant!.qos;
    };
    expect(await granted(`${own}/#`)).toBe(1);
    expect(await granted(`${own}/+`)).toBe(1);
    for (const filter of [
      '#',
      '+/+/+/telemetry',
      `anmai/v1/${other.deviceId}/command`,
      'anmai/v1/+/status',
      '$SYS/#',
    ])
      expect(await granted(filter)).toBe(128);
    // A device that listens to its own telemetry hears it.
    const { next } = listen(client);
    await send(client, device.deviceId, Date.now(), { ch4: 5 });
    await next('"ch4":5');
  });

  it('a credential that is taken away ends its connections', async () => {
    const device = await newDevice();
    const client = await connected(device);
    const closed = closing(client);
    const path = `/devices/${device.deviceId}/credentials/${device.username}`;
    expect((await api.call('DELETE', path)).status).toBe(204);
    await closed;
    await expect(connectDevice(server.mqtt, device)).rejects.toMatchObject({ code: 4 });
  });

  it('a device that is removed is cut as well', async () => {
    const device = await newDevice();
    const client = await connected(device);
    const closed = closing(client);
    expect((await api.call('DELETE', `/sensors/${device.deviceId}.ch4`)).status).toBe(204);
    expect((await api.call('DELETE', `/devices/${device.deviceId}`)).status).toBe(204);
    await closed;
  });
});

describe('ways in', () => {
  it('WebSocket, on the port of the page', async () => {
    const device = await newDevice();
    const client = await connected(device, {}, `${server.http.replace('http', 'ws')}/mqtt`);
    await send(client, device.deviceId, Date.now(), { ch4: 3 });
    expect(await stored(`${device.deviceId}.ch4`, 1)).toEqual([3]);
  });

  it('TLS with user name and password', async () => {
    const device = await newDevice();
    const client = await connected(device, { ca: certificates.pem('ca.crt') }, server.mqtts);
    await send(client, device.deviceId, Date.now(), { ch4: 4 });
    expect(await stored(`${device.deviceId}.ch4`, 1)).toEqual([4]);
  });

  it('TLS with a client certificate alone', async () => {
    const device = await newDevice();
    const stranger = `nobody${made}`;
    for (const name of [device.deviceId, stranger]) certificates.issue(name);
    const as = (name: string): IClientOptions => ({
      ...portal(),
      ca: certificates.pem('ca.crt'),
      cert: certificates.pem(`${name}.crt`),
      key: certificates.pem(`${name}.key`),
    });
    const client = await connected(device, as(device.deviceId), server.mqtts);
    await send(client, device.deviceId, Date.now(), { ch4: 6 });
    expect(await stored(`${device.deviceId}.ch4`, 1)).toEqual([6]);
    await expect(connectDevice(server.mqtts, device, as(stranger))).rejects.toMatchObject({ code: 5 });
  });

  it('MQTT 3.1, and a clear no to MQTT 5', async () => {
    const device = await newDevice();
    const old = await connected(device, { protocolId: 'MQIsdp', protocolVersion: 3, clientId: 'old' });
    await send(old, device.deviceId, Date.now(), { ch4: 2 });
    expect(await stored(`${device.deviceId}.ch4`, 1)).toEqual([2]);
    const five = connectDevice(server.mqtt, device, { protocolVersion: 5 });
    await expect(five).rejects.toThrow(/version|refused|closed/i);
  });
});

const PUB = '/usr/bin/mosquitto_pub';
const SUB = '/usr/bin/mosquitto_sub';
const hasClients = existsSync(PUB) && existsSync(SUB);

describe.skipIf(!hasClients)('with Mosquitto’s own clients', () => {
  const login = ({ username, password }: Registered): string[] => ['-u', username, '-P', password];

  it.each([
    ['mqttv31', '1'],
    ['mqttv311', '0'],
    ['mqttv311', '1'],
    ['mqttv311', '2'],
  ])('mosquitto_pub -V %s -q %s', async (version, qos) => {
    const device = await newDevice();
    const to = ['-h', '127.0.0.1', '-p', String(port()), '-V', version, '-q', qos, ...login(device)];
    const message = ['-i', `pub${made}`, '-t', telemetry(device.deviceId), '-m', '{"ch4":42}'];
    await run(PUB, [...to, ...message], { timeout: 10_000 });
    expect(await stored(`${device.deviceId}.ch4`, 1)).toEqual([42]);
  });

  it('mosquitto_sub gets a command that waited for it', async () => {
    const device = await newDevice();
    const topic = `anmai/v1/${device.deviceId}/command`;
    const to = ['-h', '127.0.0.1', '-p', String(port()), '-q', '1', ...login(device), '-i', 'sub', '-c'];
    await run(SUB, [...to, '-t', topic, '-E'], { timeout: 10_000 });
    await api.must(`/devices/${device.deviceId}/commands`, { valve: 'open' });
    const { stdout } = await run(SUB, [...to, '-t', topic, '-C', '1', '-W', '10'], { timeout: 15_000 });
    expect(stdout.trim()).toBe('{"valve":"open"}');
  });
});
