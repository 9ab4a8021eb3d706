import type { Reading } from '@anmai/readings';
import type { Influxd } from '@anmai/testing';
import { startInfluxd } from '@anmai/testing';
import { InfluxDB } from 'influx';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '@anmai/kernel';
import { SEARCH_REQUESTS_MAX } from './batch-writer';
import { InfluxReadingStore } from './influx-reading-store';
import type { InfluxSettings } from './influx-settings';

const KEEP_ALL = { rawMs: null, minuteMs: null, hourMs: null, dayMs: null };
const NOW = Math.floor(Date.now() / HOUR_MS) * HOUR_MS;

const servers: Influxd[] = [];
const stores: InfluxReadingStore[] = [];
afterEach(async () => {
  await Promise.all(stores.splice(0).map(store => store.close()));
  await Promise.all(servers.splice(0).map(server => server.stop({ keepDir: false })));
});

async function start(options: Parameters<typeof startInfluxd>[0] = {}): Promise<Influxd> {
  const server = await startInfluxd(options);
  servers.push(server);
  return server;
}
async function open(server: Influxd, settings: Partial<InfluxSettings> = {}) {
  const refused: { code: string; detail: string; readings: readonly Reading[] }[] = [];
  const all = { url: server.url, database: 'city', ...settings };
  const store = new InfluxReadingStore(all, (readings, refusal) => refused.push({ ...refusal, readings }));
  stores.push(store);
  await store.open();
  return { store, refused };
}
const reading = (sensorId: string, at = NOW, value = 1): Reading => ({ sensorId, at, value, quality: 1 });
const many = (count: number, at = NOW): Reading[] =>
  Array.from({ length: count }, (_, i) => reading(`s${i}`, at, i));
const countOf = async (store: InfluxReadingStore, sensorId: string): Promise<number> =>
  (await store.range({ sensorId, from: 0, to: NOW + DAY_MS, limit: 200_000 })).rows.length;

it('keeps what it resolved when the server is killed, and goes on when it is back', async () => {
  const first = await start();
  const { store } = await open(first);
  await store.append(many(1_000));
  await first.kill();
  const calls: (() => Promise<unknown>)[] = [
    () => store.append(many(1)),
    () => store.latest('s1'),
    () => store.rollUp([{ from: NOW, to: NOW + 1 }]),
    () => store.ping(),
    () => store.open(),
  ];
  for (const call of calls) await expect(call()).rejects.toMatchObject({ code: 'RDG-001', retryable: true });
  await start({ dir: first.dir, port: first.port });
  expect(await store.latest('s999')).toMatchObject({ value: 999 });
  await store.append(many(1_000, NOW + 1));
  expect(await countOf(store, 's999')).toBe(2);
});

it('makes the database anew when the server has lost its data', async () => {
  const first = await start();
  const { store } = await open(first);
  await store.append(many(10));
  await first.stop({ keepDir: false });
  await start({ port: first.port });
  expect(await store.latest('s1')).toBeNull();
  await store.append(many(10));
  await store.rollUp([{ from: NOW, to: NOW + 1 }]);
  expect(
    await store.buckets({ sensorId: 's9', from: NOW, to: NOW + MINUTE_MS, widthMs: MINUTE_MS }),
  ).toHaveLength(1);
});

it('names points beyond the retention of the server, and keeps the others', async () => {
  const server = await start();
  const policy = { ...KEEP_ALL, rawMs: 2 * DAY_MS };
  const { store, refused } = await open(server, { retention: policy });
  const old = many(300, NOW - 5 * DAY_MS);
  const batch = many(300).flatMap((young, i) => [young, old[i] as Reading]);
  await store.append(batch);
  expect(new Set(refused.map(({ code }) => code))).toEqual(new Set(['beyond_retention']));
  expect(refused.flatMap(({ readings }) => readings)).toHaveLength(300);
  expect(new Set(refused.flatMap(({ readings }) => readings))).toEqual(new Set(old));
  expect(await countOf(store, 's0')).toBe(1);
  expect(await countOf(store, 's299')).toBe(1);
});

it('alters the policies on open when the settings changed, and leaves them alone without settings', async () => {
  const server = await start();
  const influx = new InfluxDB(`${server.url}/city`);
  const durations = async (): Promise<unknown> => {
    const rows = (await influx.showRetentionPolicies()) as unknown as { name: string; duration: string }[];
    return Object.fromEntries(rows.map(({ name, duration }) => [name, duration]));
  };
  await open(server);
  expect(await durations()).toMatchObject({ raw: '0s', m1: '0s', h1: '0s', d1: '0s' });
  const retention = { rawMs: 30 * DAY_MS, minuteMs: 365 * DAY_MS, hourMs: null, dayMs: null };
  await open(server, { retention });
  const altered = { raw: '720h0m0s', m1: '8760h0m0s', h1: '0s', d1: '0s' };
  expect(await durations()).toMatchObject(altered);
  await open(server);
  expect(await durations()).toMatchObject(altered);
});

it('names points of a type that the server holds otherwise, and keeps the others', async () => {
  const server = await start();
  const { store, refused } = await open(server);
  // In this shard somebody else has made `value` an integer.
  const monthAgo = NOW - 30 * DAY_MS;
  await fetch(`${server.url}/write?db=city&rp=raw&precision=ms`, {
    method: 'POST',
    body: `reading,sensor=x value=1i ${monthAgo}`,
  });
  const conflicting = reading('s7', monthAgo + 1, 1.5);
  await store.append([...many(100), conflicting, ...many(100, NOW + 1)]);
  expect(refused).toMatchObject([{ code: 'store_refused', readings: [conflicting] }]);
  expect(refused[0]?.detail).toContain('field type conflict');
  expect(await countOf(store, 's99')).toBe(2);
});

it('works with 100,000 sensors, and names those above the limit of the server', async () => {
  const server = await start();
  const { store, refused } = await open(server);
  const all = many(100_000);
  await store.append(all.slice(0, 50_000));
  await store.append(all.slice(50_000));
  expect(refused).toEqual([]);
  const above = [reading('one-more'), reading('two-more')];
  await store.append([reading('s5', NOW + 1), ...above, reading('s6', NOW + 1)]);
  expect(refused.flatMap(({ readings }) => readings)).toEqual(above);
  expect(refused[0]?.detail).toContain('max-values-per-tag');
  expect(await countOf(store, 's5')).toBe(2);
}, 120_000);

it('rolls up many sensors in statements of bounded size', async () => {
  const server = await start();
  const { store } = await open(server);
  await store.append(many(5_000));
  await store.append(many(5_000, NOW + 45 * MINUTE_MS));
  await store.rollUp([{ from: NOW, to: NOW + HOUR_MS }]);
  const hour = { from: NOW, to: NOW + HOUR_MS } as const;
  for (const sensorId of ['s0', 's4999']) {
    expect(await store.buckets({ ...hour, sensorId, widthMs: MINUTE_MS })).toHaveLength(2);
    expect(await store.buckets({ ...hour, sensorId, widthMs: HOUR_MS })).toMatchObject([{ count: 2 }]);
  }
}, 120_000);

it('does not search for ever when refused and fit points alternate', async () => {
  const server = await start({ dataSettings: ['  max-values-per-tag = 1000'] });
  const { store, refused } = await open(server);
  await store.append(many(1_000));
  // By sensor, every other one is new: no half of them is refused as a whole.
  const batch = many(1_000).flatMap(known => [{ ...known, at: NOW + 1 }, reading(`${known.sensorId}-new`)]);
  await store.append(batch);
  const named = new Set(refused.flatMap(({ readings }) => readings));
  for (const each of batch) if (each.sensorId.endsWith('-new')) expect(named.has(each)).toBe(true);
  expect(refused.length).toBeLessThanOrEqual(SEARCH_REQUESTS_MAX);
  for (const known of ['s0', 's500', 's999']) expect(await countOf(store, known)).toBe(2);
});

it('reads on where the server cuts an answer short', async () => {
  const server = await start({ httpSettings: ['  max-row-limit = 100'] });
  const { store } = await open(server);
  const sent = Array.from({ length: 1_000 }, (_, i) => reading('s1', NOW + i * MINUTE_MS, i));
  await store.append(sent);
  await store.rollUp([{ from: NOW, to: NOW + DAY_MS }]);
  const span = { sensorId: 's1', from: NOW, to: NOW + 2 * DAY_MS };
  const page = await store.range({ ...span, limit: 650 });
  expect(page.rows.map(row => row.value)).toEqual(sent.slice(0, 650).map(({ value }) => value));
  expect(page.truncated).toBe(true);
  expect((await store.range({ ...span, limit: 1_000 })).truncated).toBe(false);
  expect((await store.buckets({ ...span, widthMs: MINUTE_MS })).length).toBeGreaterThan(400);
});

it('says that the password is wrong without telling it', async () => {
  const server = await start({ httpSettings: ['  auth-enabled = true'] });
  const admin = `CREATE USER admin WITH PASSWORD 'right' WITH ALL PRIVILEGES`;
  await fetch(`${server.url}/query?q=${encodeURIComponent(admin)}`, { method: 'POST' });
  const { store } = await open(server, { username: 'admin', password: 'right' });
  await store.append(many(10));
  expect(await store.latest('s3')).toMatchObject({ value: 3 });
  for (const login of [{ username: 'admin', password: 'wrong-secret' }, {}]) {
    const error: unknown = await open(server, login).catch((cause: unknown) => cause);
    expect(error).toMatchObject({ name: 'AppError', code: 'INF-001', retryable: true });
    expect(`${String(error)} ${JSON.stringify(error)}`).not.toContain('wrong-secret');
    expect((error as Error).cause).toBeUndefined();
  }
  await fetch(
    `${server.url}/query?u=admin&p=right&q=${encodeURIComponent(`SET PASSWORD FOR admin = 'other'`)}`,
    {
      method: 'POST',
    },
  );
  await expect(store.append(many(1))).rejects.toMatchObject({ code: 'INF-001', retryable: true });
});
