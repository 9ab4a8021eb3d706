import { spawn } from 'node:child_process';
import { readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { AlarmShape, Page, ReadingsReply, RuleShape, SeriesReply } from '@anmai/wire';
import { ApiClient } from '../support/api-client';
import { connectDevice, register, send, type Registered } from '../support/device';
import { eventually } from '../support/eventually';
import {
  builtProgram,
  newDataDir,
  removeDataDirs,
  spawnServer,
  startServer,
  type ServerProcess,
} from '../support/server-process';
import { RULE } from './contract-bodies';

/** `npm run backup` and `npm run restore`: a platform that was lost goes on elsewhere as if nothing had been. */
const SECOND_MS = 1_000;
const DAY_MS = 86_400_000;
const start = Math.floor((Date.now() - 600_000) / SECOND_MS) * SECOND_MS;
const old = start - 40 * DAY_MS;
const iso = (at: number): string => new Date(at).toISOString();
const folder = newDataDir();
const first = newDataDir();
const archive = join(folder, 'all.tar.gz');

let server: ServerProcess;
let device: Registered;
let before: Seen;

interface Seen {
  readonly alarms: readonly AlarmShape[];
  readonly rules: readonly RuleShape[];
  readonly raw: ReadingsReply;
  readonly series: SeriesReply;
}

async function seen(api: ApiClient): Promise<Seen> {
  const of = async <T>(path: string): Promise<T> => (await api.get<T>(path)).body;
  return {
    alarms: (await of<Page<AlarmShape>>('/alarms?state=all')).items,
    rules: (await of<Page<RuleShape>>('/rules')).items,
    raw: await of(`/sensors/w1.ch4/readings?from=${iso(old)}&to=${iso(start + DAY_MS)}`),
    series: await of(`/sensors/w1.ch4/series?from=${iso(old)}&to=${iso(start + DAY_MS)}&points=200`),
  };
}

async function command(name: 'backup' | 'restore', dataDir: string, ...args: string[]) {
  const env = { PATH: process.env['PATH'] ?? '', HOME: folder, ANMAI_DATA_DIR: dataDir };
  const child = spawn(process.execPath, [builtProgram(name), ...args], { env });
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', chunk => (stdout += chunk));
  child.stderr.on('data', chunk => (stderr += chunk));
  const code = await new Promise<number | null>(resolve => child.once('close', resolve));
  return { code, stdout, stderr };
}

async function started(dataDir: string): Promise<ApiClient> {
  server = await startServer({ dataDir });
  return ApiClient.login(server.http);
}

beforeAll(async () => {
  const api = await started(first);
  device = await register(api, 'w1', [{ channel: 'ch4' }]);
  await api.must('/rules', RULE);
  const client = await connectDevice(server.mqtt, device);
  // Two days long ago, rolled up by the archiver; then a rise just now.
  for (let i = 0; i < 50; i += 1) await send(client, 'w1', old + i * 3_600_000, { ch4: i / 10 });
  for (let i = 0; i < 10; i += 1) await send(client, 'w1', start + i * SECOND_MS, { ch4: 10 + 5 * i });
  const [alarm] = await eventually(async () => {
    const { alarms } = await seen(api);
    return alarms[0]?.severity === 'orange' ? alarms : null;
  });
  await api.must(`/alarms/${alarm?.id}/acknowledge`, { note: '已派人' });
  before = await eventually(async () => {
    const now = await seen(api);
    return now.raw.rows.length === 60 && now.alarms[0]?.acknowledged ? now : null;
  });
  await client.endAsync();
  const busy = await command('backup', first, join(folder, 'busy.tar.gz'));
  expect(busy).toMatchObject({ code: 1 });
  expect(busy.stderr).toContain('SRV-001');
  await server.stop();
  const taken = await command('backup', first, archive);
  expect(taken.code, taken.stderr).toBe(0);
  expect(JSON.parse(taken.stdout)).toMatchObject({ event: 'done', readings: 60 });
}, 120_000);
afterAll(removeDataDirs);

it('writes one file that nobody else can read, and never over another', async () => {
  expect(statSync(archive).mode & 0o777).toBe(0o600);
  const again = await command('backup', first, archive);
  expect(again.code).toBe(1);
  expect(again.stderr).toContain('BAK-001');
  expect(readdirSync(folder).filter(name => name.endsWith('.part'))).toEqual([]);
});

it('goes on in another folder as if nothing had been', async () => {
  const dataDir = newDataDir();
  const restored = await command('restore', dataDir, archive);
  expect(restored.code, restored.stderr).toBe(0);
  const api = await started(dataDir);
  // The store of readings opens a moment after the program is ready.
  await eventually(async () => {
    expect(await seen(api)).toEqual(before);
    return true;
  });
  // The device logs in with its old password, the monitor knows that the alarm is on, and clears it.
  const client = await connectDevice(server.mqtt, device);
  await send(client, 'w1', start + 20 * SECOND_MS, { ch4: 5 });
  await send(client, 'w1', start + 90 * SECOND_MS, { ch4: 5 });
  const after = await eventually(async () => {
    const { alarms } = await seen(api);
    return alarms[0]?.condition === 'cleared' ? alarms : null;
  });
  expect(after).toHaveLength(1);
  expect(after[0]).toMatchObject({ id: before.alarms[0]?.id, acknowledged: true });
  await client.endAsync();
  await server.stop();
});

it('leaves out raw readings before the time asked for, and keeps what they were rolled up to', async () => {
  const file = join(folder, 'short.tar.gz');
  const taken = await command('backup', first, file, '--raw-from', iso(start));
  expect(JSON.parse(taken.stdout)).toMatchObject({ readings: 10 });
  const dataDir = newDataDir();
  expect((await command('restore', dataDir, file)).code).toBe(0);
  const api = await started(dataDir);
  await eventually(async () => {
    expect((await seen(api)).raw.rows).toEqual(before.raw.rows.slice(-10));
    return true;
  });
  const span = `from=${iso(old - DAY_MS)}&to=${iso(old + 300 * DAY_MS)}&points=20`;
  const coarse = (await api.get<SeriesReply>(`/sensors/w1.ch4/series?${span}`)).body;
  expect(coarse.rows[0]).toMatchObject({ value: 0 });
  await server.stop();
});

it.each([
  ['cut', (bytes: Buffer) => bytes.subarray(0, bytes.length - 2_000)],
  ['damaged', (bytes: Buffer) => Buffer.from(bytes).fill(7, bytes.length >> 1, (bytes.length >> 1) + 8)],
  ['something else', () => Buffer.from('no archive')],
  ['empty', () => Buffer.alloc(0)],
])('restores nothing from a file that is %s', async (name, spoil) => {
  const file = join(folder, `${name}.tar.gz`);
  writeFileSync(file, spoil(readFileSync(archive)));
  const dataDir = newDataDir();
  const refused = await command('restore', dataDir, file);
  expect(refused.code).toBe(1);
  expect(refused.stderr).toContain('BAK-002');
  expect(readdirSync(dataDir)).toEqual([]);
});

it('does not start where a restore was stopped before its end', async () => {
  const dataDir = newDataDir();
  writeFileSync(join(dataDir, 'restore-unfinished'), '');
  const { exited, log } = spawnServer({ dataDir });
  expect(await exited).toBe(1);
  expect(log.join()).toContain('SRV-004');
  expect((await command('restore', dataDir, archive)).stderr).toContain('BAK-003');
});

it('never restores over what is there', async () => {
  const refused = await command('restore', first, archive);
  expect(refused.code).toBe(1);
  expect(refused.stderr).toContain('BAK-003');
});
