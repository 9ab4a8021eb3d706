import type { MqttClient } from 'mqtt';
import { Mosquitto } from '@anmai/mqtt/testing/mosquitto';
import type { AlarmShape, DeviceShape, Page, QuarantineShape } from '@anmai/wire';
import { ApiClient } from '../support/api-client';
import { connectDevice, register, send, telemetry, type Registered } from '../support/device';
import { eventually } from '../support/eventually';
import { removeDataDirs, startServer, type ServerProcess } from '../support/server-process';
import { listen, storedValues } from './mqtt-side';

const clients: MqttClient[] = [];
const NOBODY = { username: '', password: '' };

async function connected(device: Registered, url: string): Promise<MqttClient> {
  const client = await connectDevice(url, device);
  clients.push(client);
  client.on('error', () => undefined);
  return client;
}
afterEach(async () => {
  await Promise.all(clients.splice(0).map(client => client.endAsync(true)));
});

const broker = new Mosquitto();
let server: ServerProcess;
let api: ApiClient;

beforeAll(async () => {
  await broker.start();
  server = await startServer({ env: { MQTT_URL: broker.url } });
  api = await ApiClient.login(server.http);
});
afterAll(async () => {
  await server.stop();
  await broker.remove();
  removeDataDirs();
});

it('names it in the ready line, and carries readings, alarms and commands', async () => {
  expect(server.mqtt).toBe(broker.url);
  const device = await register(api, 'well-1', [{ channel: 'ch4' }]);
  await api.must('/rules', {
    id: 'r',
    name: 'r',
    appliesTo: { quantity: 'gas.combustible' },
    condition: { type: 'threshold', limits: [{ severity: 'red', above: 50 }] },
    source: { kind: 'assumption', why: 'test', reviewBy: '2027-06-30' },
  });
  const client = await connected(device, broker.url);
  const { next } = listen(client);
  await client.subscribeAsync('anmai/v1/well-1/command', { qos: 1 });
  for (const qos of [0, 1, 2] as const) {
    const payload = JSON.stringify({ ts: Date.now() - 5_000 + qos, values: { ch4: 60 + qos } });
    await client.publishAsync(telemetry('well-1'), payload, { qos });
  }
  expect(await storedValues(api, 'well-1.ch4', 3)).toEqual([60, 61, 62]);
  const alarm = await eventually(
    async () => (await api.get<Page<AlarmShape>>('/alarms?asset=well-1')).body.items[0],
  );
  expect(alarm).toMatchObject({ severity: 'red', sensorId: 'well-1.ch4' });
  await api.must('/devices/well-1/commands', { valve: 'close' });
  await next('{"valve":"close"}');
});

it('lists a device that nobody registered, which can be adopted', async () => {
  const client = await connected({ deviceId: 'new-1', ...NOBODY }, broker.url);
  await client.publishAsync(telemetry('new-1'), '{"ch4":1}', { qos: 1 });
  const item = await eventually(
    async () => (await api.get<Page<QuarantineShape>>('/quarantine?deviceId=new-1')).body.items[0],
  );
  expect(item).toMatchObject({ reason: 'unknown_device', adoptable: true });
  const sensors = [{ channel: 'ch4', quantity: 'gas.combustible', unit: '%LEL', expectedEverySeconds: 60 }];
  await api.must(`/quarantine/${item.id}/adopt`, { assetId: 'well-1', sensors });
  await client.publishAsync(telemetry('new-1'), '{"ch4":2}', { qos: 1 });
  expect(await storedValues(api, 'new-1.ch4', 1)).toEqual([2]);
  expect((await api.get<DeviceShape>('/devices/new-1')).body.online).toBe(true);
});

it('goes on by itself when the broker was away', async () => {
  await broker.stop();
  await eventually(async () => (await fetch(`${server.http}/health/ready`)).status === 503);
  await broker.start();
  await eventually(async () => (await fetch(`${server.http}/health/ready`)).status === 200, 30_000);
  const client = await connected({ deviceId: 'well-1', ...NOBODY }, broker.url);
  await send(client, 'well-1', Date.now(), { ch4: 1 });
  await storedValues(api, 'well-1.ch4', 4);
});
