import { ApiClient } from '../support/api-client';
import { eventually } from '../support/eventually';
import { removeDataDirs, startServer, type ServerProcess } from '../support/server-process';
import type { ChaosDevice } from './chaos-device';
import { caughtUp, expectedRows, fleetOf, registerFleet, storedRows } from './fleet';
import { chaosSeed } from './seeded';
import { SmallDisk } from './small-disk';

const DEVICES = 3;
const PER_SECOND = 500;
const DISK_MB = 500;
const DAY_MS = 86_400_000;
const STARTS_AT = Math.floor(Date.now() / DAY_MS) * DAY_MS - 20 * DAY_MS;

let disk: SmallDisk;
let server: ServerProcess;
let devices: ChaosDevice[];
let api: ApiClient;
let megabytes = DISK_MB;

beforeAll(async () => {
  disk = new SmallDisk(DISK_MB);
  server = await startServer({ dataDir: disk.folder });
  api = await ApiClient.login(server.http);
  const registered = await registerFleet(api, DEVICES);
  const address = { port: Number(new URL(server.mqtt).port) };
  devices = fleetOf(registered, chaosSeed(), STARTS_AT, address);
});

afterAll(async () => {
  for (const device of devices ?? []) await device.end();
  await server?.kill();
  disk?.unmount();
  removeDataDirs();
});

const acknowledged = (): number => devices.reduce((sum, device) => sum + device.acknowledged.size, 0);

/** No PUBACK for so long. */
async function standsStill(ms: number): Promise<void> {
  let count = -1;
  let since = 0;
  await eventually(async () => {
    if (acknowledged() !== count) since = performance.now();
    count = acknowledged();
    return performance.now() - since > ms;
  }, 60_000);
}

const readiness = async (): Promise<{ status: number; parts: Record<string, string> }> => {
  const response = await fetch(`${server.http}/health/ready`);
  return {
    status: response.status,
    parts: ((await response.json()) as { parts: Record<string, string> }).parts,
  };
};

/** One megabyte is less than the reserve, none is what it says: both have to be survived without a restart. */
it.each([1_000_000, 0])(
  'a disk with %i bytes left: nothing new is acknowledged, nothing is lost, and it goes on when there is room',
  async bytesLeft => {
    for (const device of devices) device.start(PER_SECOND);
    const before = acknowledged();
    await eventually(async () => acknowledged() > before + 1_000);
    disk.fill(bytesLeft);
    await standsStill(2_500);
    const atFull = acknowledged();
    const whileFull = await readiness();
    expect(whileFull.status).toBe(503);
    expect(whileFull.parts['journal']).toBe('down');

    disk.enlarge((megabytes += DISK_MB));
    const since = performance.now();
    await eventually(async () => acknowledged() > atFull + 1_000, 60_000);
    const takesMs = Math.round(performance.now() - since);
    await eventually(async () => (await readiness()).status === 200, 60_000);
    const readyMs = Math.round(performance.now() - since);
    for (const device of devices) device.pause();
    for (const device of devices) await device.settled();
    await caughtUp(api);
    for (const [i, device] of devices.entries()) {
      for (const channel of ['a', 'b'])
        expect(await storedRows(api, `dev-${i}.${channel}`, STARTS_AT)).toEqual(
          expectedRows(device, channel),
        );
    }
    console.log(JSON.stringify({ bytesLeft, takesMs, readyMs, messages: acknowledged() }));
    disk.unfill();
  },
);

it('stops in order', async () => {
  expect(await server.stop()).toBe(0);
});
