import { ApiClient } from '../support/api-client';
import { connectDevice, register, type Registered } from '../support/device';
import { newDataDir, removeDataDirs, spawnServer, startServer } from '../support/server-process';
import type { Address, ChaosDevice } from './chaos-device';
import { caughtUp, expectedRows, fleetOf, registerFleet, storedRows } from './fleet';
import { OutsidePostgres } from './outside-postgres';
import { chaosSeed, roundsOr, seeded } from './seeded';

const ROUNDS = roundsOr(50);
const DEVICES = 6;
const PER_SECOND = 400;
/** Share of rounds in which the program is killed before it is ready. */
const KILLED_AT_START = 0.3;
const RUN_MS_MAX = 1_200;
const DAY_MS = 86_400_000;

const postgres = new OutsidePostgres();
beforeAll(() => postgres.start());
afterAll(async () => {
  await postgres.stop();
  removeDataDirs();
});

interface World {
  readonly dataDir: string;
  readonly database: string;
  readonly env: Record<string, string>;
}

async function newWorld(database: string): Promise<World> {
  const env = {
    DATABASE_URL: await postgres.create(database),
    // Often, so that many kills fall into the writing of a snapshot.
    ANMAI_SNAPSHOT_SECONDS: '0.2',
  };
  return { dataDir: newDataDir(), database, env };
}

async function found(world: World): Promise<{ registered: Registered[]; token: string }> {
  const server = await startServer(world);
  const api = await ApiClient.login(server.http);
  const registered = await registerFleet(api, DEVICES);
  expect(await server.stop()).toBe(0);
  return { registered, token: api.token };
}

const portOf = (mqtt: string | undefined): number => Number(new URL(mqtt!).port);
const wait = (ms: number): Promise<void> => new Promise(resolve => setTimeout(resolve, ms));

/** One life of the program, cut short. Gives how long the start took, or null when it was killed before it was ready. */
async function oneLife(
  world: World,
  address: Address,
  random: () => number,
  startMs: number,
  onReady: (http: string) => void,
): Promise<number | null> {
  const since = performance.now();
  const server = spawnServer(world);
  const died = server.exited.then(code => {
    throw new Error(`the program ended by itself with ${code}:\n${server.log.join('\n')}`);
  });
  died.catch(() => undefined);
  let took: number | null = null;
  if (random() < KILLED_AT_START) {
    await Promise.race([wait(random() * startMs), died]);
  } else {
    const ready = await Promise.race([server.ready, died]);
    took = performance.now() - since;
    address.port = portOf(ready.mqtt);
    onReady(ready.http);
    await Promise.race([wait(random() * RUN_MS_MAX), died]);
  }
  server.signal('SIGKILL');
  await server.exited;
  address.port = null;
  return took;
}

interface ChangeRow {
  readonly id: string;
  readonly kind: string;
  readonly at: Date;
  readonly onset_at: Date;
  readonly severity: number;
  readonly rule_id: string;
  readonly sensor_id: string;
  readonly reason: string;
  readonly alarm_id: string;
  readonly n: number;
}

/** Everything about the alarms but the instants at which the platform noticed. */
const alarmsIn = (world: World): Promise<object[]> =>
  postgres.query(
    world.database,
    `select id, rule_id, rule_version, sensor_id, severity, condition, onset_at, raised_at, cleared_at, last_n, evidence
     from anmai.alarm order by id`,
  );
const changesIn = (world: World): Promise<ChangeRow[]> =>
  postgres.query(
    world.database,
    `select id, alarm_id, n, rule_id, sensor_id, kind, at, onset_at, severity, reason, evidence from anmai.alarm_change order by alarm_id, n`,
  );

/** The first change that one run told and the other did not, with all that was told and sent around it. */
function tellDifferences(
  told: readonly ChangeRow[],
  calm: readonly ChangeRow[],
  devices: readonly ChaosDevice[],
): void {
  const line = (row: ChangeRow): string =>
    `${row.rule_id} ${row.sensor_id} ${row.id} ${row.kind} ${row.severity} at ${row.at.toISOString()} ` +
    `onset ${row.onset_at.toISOString()} ${row.reason}`;
  const [calmIds, toldIds] = [calm, told].map(rows => new Set(rows.map(row => row.id)));
  const odd = [...told.filter(row => !calmIds!.has(row.id)), ...calm.filter(row => !toldIds!.has(row.id))];
  const [first] = odd;
  if (first === undefined) return;
  const near = (row: ChangeRow): boolean =>
    row.sensor_id === first.sensor_id &&
    row.rule_id === first.rule_id &&
    Math.abs(row.at.getTime() - first.at.getTime()) < 1_800_000;
  const [name, channel] = first.sensor_id.split('.');
  const { sent } = devices[Number(name!.replace('dev-', ''))]!;
  const where = sent.findIndex(message => message.at === first.onset_at.getTime());
  console.log(`different: ${odd.length}`);
  console.log(
    ['killed:', ...told.filter(near).map(line), 'calm:', ...calm.filter(near).map(line)].join('\n'),
  );
  console.log(
    sent
      .slice(Math.max(0, where - 40), where + 40)
      .map(
        (message, i) => `${where - 40 + i} ${new Date(message.at).toISOString()} ${message.values[channel!]}`,
      )
      .join('\n'),
  );
}

async function expectStored(
  http: string,
  devices: readonly ChaosDevice[],
  startsAt: number,
): Promise<number> {
  const api = await ApiClient.login(http);
  await caughtUp(api);
  let rows = 0;
  for (const [i, device] of devices.entries()) {
    for (const channel of ['a', 'b']) {
      const expected = expectedRows(device, channel);
      expect(await storedRows(api, `dev-${i}.${channel}`, startsAt)).toEqual(expected);
      rows += expected.length;
    }
  }
  return rows;
}

it(
  `keeps every acknowledged message and tells the same alarms, killed ${ROUNDS} times`,
  { timeout: 3_600_000 },
  async () => {
    const seed = chaosSeed();
    const random = seeded(seed);
    const startsAt = Math.floor(Date.now() / DAY_MS) * DAY_MS - 30 * DAY_MS;
    const since = performance.now();
    const world = await newWorld('killed');
    const { registered, ...founder } = await found(world);
    let { token } = founder;
    const address: Address = { port: null };
    const devices = fleetOf(registered, seed, startsAt, address);
    for (const device of devices) device.start(PER_SECOND);

    const extras: Registered[] = [];
    let startMs = 2_000;
    let readyRounds = 0;
    for (let round = 0; round < ROUNDS; round++) {
      const took = await oneLife(world, address, random, startMs, http => {
        // Whatever was answered has to hold; a call that the kill cuts short promises nothing.
        const api = ApiClient.withToken(http, token);
        register(api, `extra-${round}`, [{ channel: 'x' }]).then(
          extra => extras.push(extra),
          () => undefined,
        );
        // A token lasts a quarter of an hour.
        if (round % 50 === 49)
          ApiClient.login(http).then(
            fresh => (token = fresh.token),
            () => undefined,
          );
      });
      if (took !== null) {
        startMs = took;
        readyRounds++;
      }
    }
    const killedMs = performance.now() - since;

    for (const device of devices) device.pause();
    const last = await startServer(world);
    address.port = portOf(last.mqtt);
    for (const device of devices)
      await device.settled().catch((error: unknown) => {
        console.log(
          last.log
            .slice(-30)
            .map(line => line.slice(0, 600))
            .join('\n'),
        );
        throw error;
      });
    const rows = await expectStored(last.http, devices, startsAt);
    for (const extra of extras) await (await connectDevice(last.mqtt, extra)).endAsync();
    for (const device of devices) await device.end();
    expect(await last.stop()).toBe(0);

    const calm = await newWorld('calm');
    const { registered: calmRegistered } = await found(calm);
    const server = await startServer(calm);
    const calmAddress = { port: portOf(server.mqtt) };
    const calmDevices = fleetOf(calmRegistered, seed, startsAt, calmAddress);
    await Promise.all(calmDevices.map((device, i) => device.sendUpTo(devices[i]!.sent.length, 300_000)));
    await expectStored(server.http, calmDevices, startsAt);
    for (const device of calmDevices) await device.end();
    expect(await server.stop()).toBe(0);

    const changes = await changesIn(calm);
    const messages = devices.reduce((sum, device) => sum + device.sent.length, 0);
    console.log(
      JSON.stringify({
        rounds: ROUNDS,
        readyRounds,
        messages,
        rows,
        changes: changes.length,
        extras: extras.length,
        killedMs: Math.round(killedMs),
        totalMs: Math.round(performance.now() - since),
        startMs: Math.round(startMs),
      }),
    );
    const told = await changesIn(world);
    tellDifferences(told, changes, devices);
    expect(told).toEqual(changes);
    expect(await alarmsIn(world)).toEqual(await alarmsIn(calm));
    // Too few would prove nothing.
    expect(changes.length).toBeGreaterThan(ROUNDS);
    expect(readyRounds).toBeGreaterThan(ROUNDS / 3);
  },
);
