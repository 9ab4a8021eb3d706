import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { AlarmShape, Page } from '@anmai/wire';
import { startInfluxd, type Influxd } from '../../libs/testing/src/services/influxd';
import { ApiClient } from '../support/api-client';
import { connectDevice, register, telemetry, type Registered } from '../support/device';
import { eventually } from '../support/eventually';
import { newDataDir, removeDataDirs, startServer, type ServerProcess } from '../support/server-process';
import type { Address, ChaosDevice } from './chaos-device';
import { caughtUp, expectedRows, fleetOf, registerFleet, storedRows } from './fleet';
import { LiveStream } from './live-stream';
import { OutsidePostgres } from './outside-postgres';
import { chaosSeed } from './seeded';

const DEVICES = 4;
const PER_SECOND = 150;
/** From publishing to seeing the alarm, while something is away. */
const TOLD_MS_MAX = 2_000;
/** By itself, from the return of a part until all of it is made up for. */
const MENDED_MS_MAX = 25_000;
const ALARMS_PER_OUTAGE = 8;
const OUTAGES = 5;
const DAY_MS = 86_400_000;
const STARTS_AT = Math.floor(Date.now() / DAY_MS) * DAY_MS - 20 * DAY_MS;

const postgres = new OutsidePostgres();
let influxd: Influxd;
let influxDir = '';
let server: ServerProcess;
let env: Record<string, string>;
let api: ApiClient;
let live: LiveStream;
let prober: Registered;
let devices: ChaosDevice[];
const address: Address = { port: null };
/** Sensors of the prober that raised so far. */
let probes = 0;

const portOf = (mqtt: string): number => Number(new URL(mqtt).port);
const probeSensor = (n: number): string => `prober.c${n}`;

beforeAll(async () => {
  await postgres.start();
  influxDir = newDataDir();
  influxd = await startInfluxd({ dir: influxDir });
  env = { DATABASE_URL: await postgres.create('outage'), INFLUX_URL: influxd.url };
  server = await startServer({ env });
  address.port = portOf(server.mqtt);
  api = await ApiClient.login(server.http);
  const registered = await registerFleet(api, DEVICES);
  const channels = Array.from({ length: OUTAGES * ALARMS_PER_OUTAGE }, (_, i) => ({ channel: `c${i}` }));
  prober = await register(api, 'prober', channels);
  live = await LiveStream.open(server.http, api.token);
  devices = fleetOf(registered, chaosSeed(), STARTS_AT, address);
  for (const device of devices) device.start(PER_SECOND);
});

afterAll(async () => {
  live.close();
  for (const device of devices) await device.end();
  await server.kill();
  await influxd.kill();
  await postgres.stop();
  removeDataDirs();
});

interface Ready {
  readonly ready: boolean;
  readonly parts: Readonly<Record<string, string>>;
}
const readiness = async (): Promise<{ status: number } & Ready> => {
  const response = await fetch(`${server.http}/health/ready`);
  return { status: response.status, ...((await response.json()) as Ready) };
};
const isDown = (part: string): Promise<unknown> =>
  eventually(async () => {
    const { status, parts } = await readiness();
    return status === 503 && parts[part] === 'down';
  }, 15_000);
const isReady = (): Promise<unknown> =>
  eventually(async () => (await readiness()).status === 200, MENDED_MS_MAX);

const acknowledged = (): number => devices.reduce((sum, device) => sum + device.acknowledged.size, 0);

/** Messages go on being taken. */
async function takes(count: number): Promise<void> {
  const before = acknowledged();
  await eventually(async () => acknowledged() >= before + count, 15_000);
}

/** Raises alarms one after the other; gives the longest wait from PUBLISH to the event on the live stream. */
async function alarmsComeInTime(): Promise<number> {
  const client = await connectDevice(server.mqtt, prober);
  let longestMs = 0;
  for (const until = probes + ALARMS_PER_OUTAGE; probes < until; probes++) {
    const since = performance.now();
    const payload = JSON.stringify({ ts: Date.now(), values: { [`c${probes}`]: 30 } });
    await client.publishAsync(telemetry('prober'), payload, { qos: 1 });
    await live.alarmOn(probeSensor(probes), TOLD_MS_MAX);
    longestMs = Math.max(longestMs, performance.now() - since);
  }
  await client.endAsync();
  expect(longestMs).toBeLessThan(TOLD_MS_MAX);
  return Math.round(longestMs);
}

/** The records have every alarm that was raised by the prober. */
async function alarmsAreFiled(): Promise<void> {
  await eventually(async () => {
    const { body } = await api.get<Page<AlarmShape>>(
      '/alarms?state=all&asset=prober&rule=first-sample&limit=1000',
    );
    return body.items.length === probes;
  });
}

/** Everything that was acknowledged is in the store, once. The load stops for it and goes on. */
async function nothingIsLost(): Promise<number> {
  for (const device of devices) device.pause();
  for (const device of devices) await device.settled();
  await caughtUp(api, MENDED_MS_MAX);
  let rows = 0;
  for (const [i, device] of devices.entries()) {
    for (const channel of ['a', 'b']) {
      const expected = expectedRows(device, channel);
      expect(await storedRows(api, `dev-${i}.${channel}`, STARTS_AT)).toEqual(expected);
      rows += expected.length;
    }
  }
  for (const device of devices) device.start(PER_SECOND);
  return rows;
}

async function influxBack(): Promise<void> {
  influxd = await startInfluxd({ dir: influxDir, port: influxd.port });
}

it.each([
  ['stopped in order', async () => influxd.stop({ keepDir: true })],
  ['killed', async () => influxd.kill()],
] as const)('InfluxDB %s under load: alarms in time, nothing lost, mended by itself', async (name, away) => {
  await takes(300);
  await away();
  await isDown('readings');
  const longestMs = await alarmsComeInTime();
  await alarmsAreFiled();
  await takes(2_000);
  await influxBack();
  const since = performance.now();
  await isReady();
  const rows = await nothingIsLost();
  console.log(JSON.stringify({ name, longestMs, rows, mendedMs: Math.round(performance.now() - since) }));
});

it('says that InfluxDB is away when nothing is sent, too', async () => {
  for (const device of devices) device.pause();
  for (const device of devices) await device.settled();
  await caughtUp(api);
  await influxd.kill();
  await isDown('readings');
  await influxBack();
  await isReady();
  for (const device of devices) device.start(PER_SECOND);
});

/** Points of one sensor, asked of InfluxDB itself: the program's own way to them goes by the records. */
async function pointsInInflux(): Promise<number> {
  const q = `select count("quality") from "anmai"."raw"."reading" where "sensor" = 'dev-0.a'`;
  const reply = await fetch(`${influxd.url}/query?${new URLSearchParams({ q }).toString()}`);
  const body = (await reply.json()) as { results: { series?: { values: number[][] }[] }[] };
  return body.results[0]?.series?.[0]?.values[0]?.[1] ?? 0;
}

it('PostgreSQL away under load: readings and the live stream go on, and all is made up for', async () => {
  await takes(300);
  await postgres.stop();
  await isDown('records');
  const before = await pointsInInflux();
  const longestMs = await alarmsComeInTime();
  await takes(1_000);
  await eventually(async () => (await pointsInInflux()) > before + 100);
  const again = await LiveStream.open(server.http, api.token);
  expect(again.status).toBe(200);
  await eventually(
    async () => again.health?.parts.records === 'down' && again.health.parts.readings === 'up',
  );
  again.close();
  expect((await api.get('/alarms')).status).toBe(503);
  await postgres.start();
  const since = performance.now();
  await isReady();
  await alarmsAreFiled();
  const rows = await nothingIsLost();
  console.log(JSON.stringify({ longestMs, rows, mendedMs: Math.round(performance.now() - since) }));
});

it('starts while both are away: known devices log in, alarms come, and all is made up for', async () => {
  address.port = null;
  expect(await server.stop()).toBe(0);
  await influxd.stop({ keepDir: true });
  await postgres.stop();
  server = await startServer({ dataDir: server.dataDir, env });
  const { status, parts } = await readiness();
  expect([status, parts]).toMatchObject([503, { readings: 'down', records: 'down', journal: 'up' }]);
  api = ApiClient.withToken(server.http, api.token);
  live = await LiveStream.open(server.http, api.token);
  expect(live.status).toBe(200);
  address.port = portOf(server.mqtt);
  await takes(1_000);
  const longestMs = await alarmsComeInTime();
  await Promise.all([postgres.start(), influxBack()]);
  const since = performance.now();
  await isReady();
  await alarmsAreFiled();
  const rows = await nothingIsLost();
  console.log(JSON.stringify({ longestMs, rows, mendedMs: Math.round(performance.now() - since) }));
});

it('starts for the very first time while PostgreSQL is away, and has its administrator once it comes', async () => {
  const DATABASE_URL = await postgres.create('first');
  await postgres.stop();
  const fresh = await startServer({ env: { DATABASE_URL } });
  expect((await fetch(`${fresh.http}/health/ready`)).status).toBe(503);
  await postgres.start();
  const first = await eventually(() => ApiClient.login(fresh.http), MENDED_MS_MAX);
  await register(first, 'dev', [{ channel: 'x' }]);
  expect(await fresh.stop()).toBe(0);
});

it('the embedded PostgreSQL killed: mended by itself, nothing lost', async () => {
  const own = await startServer({});
  const client = await ApiClient.login(own.http);
  const [registered] = await registerFleet(client, 1);
  const [device] = fleetOf([registered!], 7, STARTS_AT, { port: portOf(own.mqtt) });
  device!.start(PER_SECOND);
  await eventually(async () => device!.acknowledged.size > 100);
  const pidFile = join(own.dataDir, 'postgres', 'data', 'postmaster.pid');
  process.kill(Number(readFileSync(pidFile, 'utf8').split('\n')[0]), 'SIGKILL');
  const sofar = device!.acknowledged.size;
  await eventually(async () => device!.acknowledged.size > sofar + 300);
  await eventually(async () => {
    const response = await fetch(`${own.http}/health/ready`);
    return response.status === 200 && (await client.get('/alarms')).status === 200;
  }, MENDED_MS_MAX);
  device!.pause();
  await device!.settled();
  await caughtUp(client);
  expect(await storedRows(client, 'dev-0.a', STARTS_AT)).toEqual(expectedRows(device!, 'a'));
  await device!.end();
  expect(await own.stop()).toBe(0);
});
