import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildCity } from '../city/city';
import { CITY_RULES } from '../city/rules';
import { BareBroker } from '../testing/bare-broker';
import { FakePlatform } from '../testing/fake-platform';
import { summaryLines } from './run';
import { PlatformClient } from './platform-client';
import { provisionCity, runCity, type RunCityOptions } from './run-city';

const city = buildCity();
const devices = city.registry.devices.length;
let platform: FakePlatform;
let broker: BareBroker;
let folder: string;

beforeEach(async () => {
  platform = await FakePlatform.start();
  broker = await BareBroker.start({
    authenticate: (username, password) => platform.passwords.get(username) === password,
  });
  folder = await mkdtemp(join(tmpdir(), 'anmai-sim-'));
});
afterEach(async () => {
  await broker.kill();
  await platform.stop();
  await rm(folder, { recursive: true });
});

const client = (): PlatformClient =>
  new PlatformClient({ url: platform.url, username: 'admin', password: FakePlatform.password });

const options = (more: Partial<RunCityOptions> = {}): RunCityOptions => ({
  http: platform.url,
  mqtt: broker.url,
  username: 'admin',
  password: FakePlatform.password,
  signal: new AbortController().signal,
  log: () => undefined,
  ...more,
});

describe('the city at a platform', () => {
  it('writes its registry, logs every device in, fills the last hours and goes live', async () => {
    const stop = new AbortController();
    let startAt = 0;
    const running = runCity(options({ signal: stop.signal, backfillHours: 2, onLive: at => (startAt = at) }));
    await broker.seen(() => broker.telemetry.length >= devices + 30);
    stop.abort();
    const summary = await running;
    expect(platform.callsTo(/^\/registry\/import$/).map(each => each.body)).toEqual([
      JSON.parse(JSON.stringify(city.registry)),
    ]);
    const rules = platform.callsTo(/^\/rules$/);
    expect(rules).toHaveLength(CITY_RULES.length);
    expect(platform.callsTo(/credentials$/)).toHaveLength(devices);
    expect(broker.clients.size).toBe(devices);
    expect(broker.arrivals.every(each => each.topic.startsWith(`anmai/v1/${each.client}/`))).toBe(true);
    expect([...broker.retained.values()].filter(each => each !== '{"online":false}')).toEqual([]);
    expect(broker.retained.size).toBe(devices);
    expect(startAt).toBeGreaterThan(0);
    expect(summary).toMatchObject({ connections: devices, failed: 0, faults: null });
    expect(summaryLines(summary)[0]).toContain(`${summary.acknowledged} acknowledged`);
  });

  it('tolerates that all of it is there, and keeps log-ins in a file that only the owner reads', async () => {
    const credentialsFile = join(folder, 'logins.json');
    const lines: string[] = [];
    const once = options({
      backfillHours: 0,
      durationSeconds: 0.2,
      credentialsFile,
      log: line => lines.push(line),
    });
    await runCity(once);
    await runCity(once);
    expect(platform.callsTo(/credentials$/)).toHaveLength(devices);
    expect((await stat(credentialsFile)).mode & 0o777).toBe(0o600);
    const limits = CITY_RULES.filter(rule => rule.condition.type !== 'noData').length;
    const silences = CITY_RULES.length - limits;
    for (const count of [limits, silences]) {
      expect(lines).toContain(`rules: ${count} new, 0 there already`);
      expect(lines).toContain(`rules: 0 new, ${count} there already`);
    }
  });

  it('asks row by row when the platform refuses to import over what is there', async () => {
    platform.refusesImport = true;
    await provisionCity(client(), city, () => undefined);
    expect(platform.callsTo(/^\/sensors$/)).toHaveLength(city.registry.sensors.length);
  });

  it('waits for a platform that is still starting', async () => {
    platform.troubles = 2;
    await provisionCity(client(), city, () => undefined);
    const limits = CITY_RULES.filter(rule => rule.condition.type !== 'noData');
    expect(platform.callsTo(/^\/rules$/)).toHaveLength(limits.length);
  });

  it('injects faults and counts them', async () => {
    const faults = { seed: 3, drop: 0.5 };
    const summary = await runCity(options({ backfillHours: 0, durationSeconds: 3, faults }));
    expect(summary.faults?.drop).toBeGreaterThan(10);
    expect(broker.telemetry.length).toBe(summary.sent);
  });

  it('names the fault when the password is wrong, and leaves no connection behind', async () => {
    const running = runCity(options({ password: 'wrong' }));
    await expect(running).rejects.toMatchObject({ code: 'SIM-004' });
    await expect(running).rejects.toThrow('wrong user or password');
    expect(broker.clients.size).toBe(0);
  });
});
