import type { DeviceNow } from '@anmai/alarms';
import { DAY_MS, MINUTE_MS } from '@anmai/kernel';
import type { KpiRecords, Records } from '@anmai/postgres';
import { makeOrgs } from '@anmai/postgres/testing/samples';
import {
  startTestServer,
  TEST_NOW,
  type TestClock,
  type TestServer,
} from '@anmai/postgres/testing/test-server';
import { AWAY_MS, LAG_MS_MAX, PresenceClock, PRESENCE_KEEP_MS } from './presence-clock';

let server: TestServer;
let records: Records;
let clock: TestClock;
let devices: DeviceNow[];
let isUp: boolean;
let lagMs: number;
const faults: unknown[] = [];
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());
beforeEach(async () => {
  ({ records, clock } = await server.freshRecords());
  await makeOrgs(records);
  [devices, isUp, lagMs] = [[], true, 0];
});
afterEach(async () => {
  expect(faults.splice(0)).toEqual([]);
  await records.close();
});

const keeper = (): PresenceClock =>
  new PresenceClock({
    presence: records.presence,
    devices: () => devices,
    lagMs: () => lagMs,
    clock,
    isUp: () => isUp,
    failed: error => faults.push(error),
  });
const on = (deviceId: string, isOnline: boolean, orgId: string | null = 'gas-co'): DeviceNow => ({
  ...{ deviceId, isOnline, orgId },
});
/** A look each half minute. */
async function pass(looking: PresenceClock, minutes: number): Promise<void> {
  for (let i = 0; i < minutes * 2; i++) {
    clock.advance(MINUTE_MS / 2);
    await looking.look();
  }
}
const figures = (from = 0, to = 60, within: string | null = null): Promise<KpiRecords> =>
  records.kpi.input(TEST_NOW + from * MINUTE_MS, TEST_NOW + to * MINUTE_MS, within);
/** `device owner online/expected` in minutes. */
const shown = ({ presences }: KpiRecords): string[] =>
  presences.map(
    each => `${each.deviceId} ${each.orgId} ${each.onlineMs / MINUTE_MS}/${each.expectedMs / MINUTE_MS}`,
  );

it('counts how long each device was online while the platform was watching', async () => {
  const looking = keeper();
  devices = [on('a', true), on('b', false), on('c', true, 'water-co'), on('d', true, null)];
  await looking.look();
  await pass(looking, 10);
  devices = [on('a', false), on('b', true), on('c', true, 'water-co')];
  await pass(looking, 10);
  const found = await figures();
  expect(found.watchedMs).toBe(20 * MINUTE_MS);
  // A change is dated by the look that saw it.
  expect(shown(found)).toEqual(['a gas-co 10.5/20', 'b gas-co 9.5/20', 'c water-co 20/20']);
  expect(shown(await figures(15, 60))).toEqual(['a gas-co 0/5', 'b gas-co 5/5', 'c water-co 5/5']);
  expect(shown(await figures(0, 60, 'water-co'))).toEqual(['c water-co 20/20']);
});

it('of the time in which nobody looked nothing is said', async () => {
  devices = [on('a', true)];
  await keeper().look();
  clock.advance(AWAY_MS + 1);
  const again = keeper();
  await again.look();
  await pass(again, 5);
  const found = await figures();
  expect([found.watchedMs, shown(found)]).toEqual([5 * MINUTE_MS, ['a gas-co 5/5']]);
});

it('goes on after a restart from what is on record, without noting it again', async () => {
  devices = [on('a', true)];
  const first = keeper();
  await first.look();
  await pass(first, 1);
  const second = keeper();
  await second.look();
  await pass(second, 1);
  expect(await records.presence.last()).toEqual([
    { deviceId: 'a', at: TEST_NOW, orgId: 'gas-co', isOnline: true },
  ]);
  expect(shown(await figures())).toEqual(['a gas-co 2/2']);
});

it('a device that is taken away is not expected any more', async () => {
  const looking = keeper();
  devices = [on('a', false)];
  await looking.look();
  await pass(looking, 1);
  devices = [];
  await pass(looking, 4);
  expect(shown(await figures())).toEqual(['a gas-co 0/1.5']);
});

it.each([
  ['the records are away', () => void (isUp = false)],
  ['the monitor is behind', () => void (lagMs = LAG_MS_MAX + 1)],
])('while %s nothing is noted', async (_name, spoil) => {
  devices = [on('a', true)];
  spoil();
  await pass(keeper(), 2);
  const found = await figures();
  expect([found.watchedMs, found.presences]).toEqual([0, []]);
});

it('forgets what is too old, but not how it was', async () => {
  const looking = keeper();
  for (const isOnline of [true, false, true]) {
    devices = [on('a', isOnline)];
    await pass(looking, 1);
  }
  clock.advance(PRESENCE_KEEP_MS + DAY_MS);
  await looking.sweep();
  expect((await records.presence.last()).map(each => each.isOnline)).toEqual([true]);
  expect((await figures()).watchedMs).toBe(0);
  await pass(keeper(), 1);
  const day = (PRESENCE_KEEP_MS + DAY_MS) / MINUTE_MS;
  expect(shown(await figures(day, day + 60))).toEqual(['a gas-co 0.5/0.5']);
});
