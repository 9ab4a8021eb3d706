import { connectAsync, type MqttClient } from 'mqtt';
import type { AlarmShape, IncidentShape, Page } from '@anmai/wire';
import { ApiClient } from '../support/api-client';
import { telemetry } from '../support/device';
import { eventually } from '../support/eventually';
import { removeDataDirs, startServer, type ServerProcess } from '../support/server-process';
import { EventStream } from './event-stream';

/** lifelines.md, section 7: a tenth of 85,000 devices in ten minutes; here as fast as they can send. */
const DEVICES = 85;
const CHANNELS = 100;
const PER_MESSAGE = 10;
const ALARMS = DEVICES * CHANNELS;
const INCIDENTS_MAX = 10;
const KM_WIDE = 30;
const STORM_MS_MAX = 90_000;

const MIX = [
  ['rain.gauge', 'rain.intensity', 'mm/h'],
  ['drainage.manhole', 'drainage.level', 'm'],
  ['drainage.road', 'drainage.ponding', 'cm'],
  ['drainage.manhole', 'drainage.level', 'm'],
  ['river', 'river.level', 'm'],
] as const;

let server: ServerProcess;
let api: ApiClient;
beforeAll(async () => {
  server = await startServer();
  api = await ApiClient.login(server.http);
});
afterAll(async () => {
  await server.stop();
  removeDataDirs();
});

/** The same town each time, spread evenly by the golden ratio; each asset drains into the next. */
function town() {
  const assets = [];
  const sensors = [];
  for (let i = 0; i < ALARMS; i++) {
    const [kind, quantity, unit] = MIX[i % MIX.length]!;
    const device = Math.floor(i / CHANNELS);
    const east = (i * 0.618034) % 1;
    const north = (i * 0.754878) % 1;
    const coordinates = [114 + (east * KM_WIDE) / 92, 34 + (north * KM_WIDE) / 111];
    const links = [`a${(i + 1) % ALARMS}`];
    const geometry = { type: 'Point', coordinates };
    assets.push({
      id: `a${i}`,
      kind,
      name: `a${i}`,
      orgId: 'city',
      geometry,
      links,
      properties: { population: 10 },
    });
    const of = { assetId: `a${i}`, deviceId: `d${device}`, channel: `c${i % CHANNELS}` };
    sensors.push({ id: `s${i}`, ...of, quantity, unit, expectedEverySeconds: 3_600 });
  }
  const devices = Array.from({ length: DEVICES }, (_, i) => ({ id: `d${i}`, assetId: `a${i * CHANNELS}` }));
  return { assets, devices, sensors };
}

async function setUp(): Promise<MqttClient[]> {
  const { assets, devices, sensors } = town();
  await api.must('/registry/import', { assets, devices, sensors });
  for (const [, quantity] of MIX.slice(0, 3).concat(MIX.slice(4))) {
    await api.must('/rules', {
      id: quantity,
      name: quantity,
      appliesTo: { quantity },
      condition: {
        type: 'threshold',
        limits: [{ severity: 'yellow', above: 3 }],
        raiseAfter: { samples: 1 },
      },
      source: { kind: 'assumption', why: 'drill', reviewBy: '2027-06-30' },
    });
  }
  const clients: MqttClient[] = [];
  for (const { id } of devices) {
    const login = await api.must<{ username: string; password: string }>(`/devices/${id}/credentials`);
    clients.push(await connectAsync(server.mqtt, { ...login, clientId: id, reconnectPeriod: 0 }));
  }
  return clients;
}

/** Every sensor passes its limit once; gives when each message was sent, by performance.now(). */
async function storm(clients: readonly MqttClient[]): Promise<number[]> {
  const sentMs: number[] = [];
  await Promise.all(
    clients.map(async (client, device) => {
      for (let from = 0; from < CHANNELS; from += PER_MESSAGE) {
        const names = Array.from({ length: PER_MESSAGE }, (_, i) => [`c${from + i}`, 4.5] as const);
        const payload = JSON.stringify({ ts: Date.now(), values: Object.fromEntries(names) });
        sentMs.push(performance.now());
        await client.publishAsync(telemetry(`d${device}`), payload, { qos: 1 });
      }
    }),
  );
  return sentMs.sort((a, b) => a - b);
}

/** How long after it was sent each message was part of what the incidents on the live stream counted. */
function delaysMs(stream: EventStream, sentMs: readonly number[]): number[] {
  const counts = new Map<unknown, number>();
  const delays: number[] = [];
  let total = 0;
  for (const { name, data, arrivedMs } of stream.events) {
    if (name !== 'incident') continue;
    const count = data['mergedInto'] === null ? Number(data['alarmCount']) : 0;
    total += count - (counts.get(data['id']) ?? 0);
    counts.set(data['id'], count);
    while (delays.length < sentMs.length && total >= (delays.length + 1) * PER_MESSAGE)
      delays.push(arrivedMs - sentMs[delays.length]!);
  }
  return delays.sort((a, b) => a - b);
}

const quantile = (sorted: readonly number[], share: number): number =>
  sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? NaN;

async function all<T>(path: string): Promise<T[]> {
  const items: T[] = [];
  let cursor: string | null = null;
  do {
    const at: string = cursor === null ? '' : `&cursor=${cursor}`;
    const { body } = await api.get<Page<T>>(`${path}&limit=1000${at}`);
    items.push(...body.items);
    cursor = body.nextCursor;
  } while (cursor !== null);
  return items;
}

it('8,500 sensors alarm at once: a handful of incidents on the live stream, and every alarm in one of them', async () => {
  const clients = await setUp();
  const stream = await EventStream.open(server.http, api.token);
  const begun = performance.now();
  const sentMs = await storm(clients);
  const takenMs = performance.now() - begun;
  const delays = await eventually(async () => {
    const found = delaysMs(stream, sentMs);
    return found.length === sentMs.length && found;
  }, STORM_MS_MAX);
  const shown = performance.now() - begun;
  process.stdout.write(
    `storm: ${ALARMS} alarms in ${clients.length * (CHANNELS / PER_MESSAGE)} messages taken in ${takenMs.toFixed(0)} ms, ` +
      `all shown after ${shown.toFixed(0)} ms; publish to incident event p50 ${quantile(delays, 0.5).toFixed(0)} ms, ` +
      `p99 ${quantile(delays, 0.99).toFixed(0)} ms\n`,
  );
  // The stream tells from memory what the records are still writing.
  const incidents = await eventually(async () => {
    const open = await all<IncidentShape>('/incidents?state=open');
    return open.reduce((sum, each) => sum + each.alarmCount, 0) === ALARMS && open;
  }, STORM_MS_MAX);
  const inRecords = performance.now() - begun;
  process.stdout.write(`storm: all in the records after ${inRecords.toFixed(0)} ms\n`);
  expect(incidents.length).toBeLessThanOrEqual(INCIDENTS_MAX);
  expect(incidents.reduce((sum, each) => sum + (each.population ?? 0), 0)).toBe(ALARMS * 10);
  const members: string[] = [];
  for (const { id } of incidents)
    members.push(...(await all<AlarmShape>(`/alarms?incident=${id}`)).map(alarm => alarm.sensorId));
  expect(new Set(members).size).toBe(ALARMS);
  expect(members).toHaveLength(ALARMS);
  expect((await api.get<{ flood: { count: number } | null }>('/status')).body.flood?.count).toBe(ALARMS);
  stream.close();
  await Promise.all(clients.map(client => client.endAsync(true)));
}, 180_000);
