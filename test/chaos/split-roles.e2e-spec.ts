import type { AlarmShape, HealthShape, Page } from '@anmai/wire';
import { startInfluxd, type Influxd } from '../../libs/testing/src/services/influxd';
import { ApiClient } from '../support/api-client';
import { connectDevice, register, send } from '../support/device';
import { eventually } from '../support/eventually';
import { newDataDir, removeDataDirs, startServer, type ServerProcess } from '../support/server-process';
import type { Address, ChaosDevice } from './chaos-device';
import { caughtUp, expectedRows, fleetOf, registerFleet, storedRows } from './fleet';
import { LiveStream } from './live-stream';
import { OutsidePostgres } from './outside-postgres';
import { chaosSeed } from './seeded';

const ROLES = { gate: 'gateway,archiver', monitor: 'monitor', api: 'api' } as const;
type Name = keyof typeof ROLES;
const NAMES = Object.keys(ROLES) as Name[];
/** From a 201 to the log-in at the gateway of another process. */
const KNOWN_MS_MAX = 1_000;
const TOLD_MS_MAX = 2_000;
const STOP_MS_MAX = 10_000;
const DEVICES = 2;
const PER_SECOND = 200;
const DAY_MS = 86_400_000;
const STARTS_AT = Math.floor(Date.now() / DAY_MS) * DAY_MS - 20 * DAY_MS;

const postgres = new OutsidePostgres();
const dataDir = newDataDir();
const running = {} as Record<Name, ServerProcess>;
const address: Address = { port: null };
let influxd: Influxd;
let env: Record<string, string>;
let devices: ChaosDevice[] = [];
let api: ApiClient;
let wells = 0;

async function start(name: Name): Promise<void> {
  running[name] = await startServer({ dataDir, env: { ...env, ANMAI_ROLES: ROLES[name] } });
  if (name === 'gate') address.port = Number(new URL(running.gate.mqtt).port);
  if (name === 'api') api = await ApiClient.login(running.api.http);
}

beforeAll(async () => {
  await postgres.start();
  influxd = await startInfluxd();
  env = {
    DATABASE_URL: await postgres.create('split'),
    INFLUX_URL: influxd.url,
    ANMAI_SNAPSHOT_SECONDS: '0.5',
  };
  for (const name of NAMES) await start(name);
  const registered = await registerFleet(api, DEVICES);
  devices = fleetOf(registered, chaosSeed(), STARTS_AT, address);
  for (const device of devices) device.start(PER_SECOND);
});

afterAll(async () => {
  for (const device of devices) await device.end();
  for (const server of Object.values(running)) await server.kill();
  await influxd.stop();
  await postgres.stop();
  removeDataDirs();
});

const acknowledged = (): number => devices.reduce((sum, device) => sum + device.acknowledged.size, 0);
async function takes(count: number): Promise<void> {
  const before = acknowledged();
  await eventually(async () => acknowledged() >= before + count, 15_000);
}

/** A new device logs in within a second and its alarm is on the live stream and in the list within two. */
async function theSpineHolds(): Promise<void> {
  const id = `well-${wells++}`;
  const live = await LiveStream.open(running.api.http, api.token);
  const device = await register(api, id, [{ channel: 'x' }]);
  const client = await eventually(() => connectDevice(running.gate.mqtt, device), KNOWN_MS_MAX);
  await send(client, id, Date.now() - 60_000, { x: 30 });
  await live.alarmOn(`${id}.x`, TOLD_MS_MAX);
  await eventually(async () => {
    const { body } = await api.get<Page<AlarmShape>>(`/alarms?state=all&asset=${id}&rule=first-sample`);
    return body.items.length === 1;
  }, TOLD_MS_MAX);
  const sensor = await api.get<{ state: { severity: string } }>(`/sensors/${id}.x`);
  expect(sensor.body.state.severity).toBe('yellow');
  live.close();
  await client.endAsync();
}

/** The page says so when a process that it depends on is dead: silence must not read as "all well". */
async function isSaidToBeAway(part: 'broker' | 'monitor'): Promise<void> {
  await eventually(async () => {
    const { body } = await api.get<HealthShape>('/status');
    return body.parts[part] === 'down';
  });
}

it('an alarm goes from the gateway by the monitor to the page, each a process of its own', async () => {
  await theSpineHolds();
});

it('says ready in each process', async () => {
  for (const name of NAMES) {
    await eventually(async () => (await fetch(`${running[name].http}/health/ready`)).status === 200);
  }
});

it.each(NAMES)(
  '%s killed and started again under load: nothing is lost, and the others go on',
  async name => {
    await takes(200);
    if (name === 'gate') address.port = null;
    await running[name].kill();
    if (name !== 'gate') await takes(200);
    if (name !== 'api') await isSaidToBeAway(name === 'gate' ? 'broker' : 'monitor');
    await start(name);
    await takes(200);
    await theSpineHolds();
  },
);

it('has every acknowledged reading in the store', async () => {
  for (const device of devices) device.pause();
  for (const device of devices) await device.settled();
  await caughtUp(api);
  for (const [i, device] of devices.entries()) {
    for (const channel of ['a', 'b']) {
      const expected = expectedRows(device, channel);
      expect(await storedRows(api, `dev-${i}.${channel}`, STARTS_AT)).toEqual(expected);
    }
    device.start(PER_SECOND);
  }
});

it.each(NAMES)('%s ends with 0 on SIGTERM, under load', async name => {
  const since = performance.now();
  expect(await running[name].stop()).toBe(0);
  expect(performance.now() - since).toBeLessThan(STOP_MS_MAX);
});
