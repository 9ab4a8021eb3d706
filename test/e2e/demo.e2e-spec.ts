import { spawn, type ChildProcess } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import type { AlarmShape, AssetShape, HealthShape, Page, QuarantineShape } from '@anmai/wire';
import { ApiClient } from '../support/api-client';
import { eventually } from '../support/eventually';
import { ADMIN_PASSWORD, newDataDir, removeDataDirs } from '../support/server-process';

const DEMO = new URL('../../apps/cli/demo.mjs', import.meta.url).pathname;
/** What the README promises. */
const FIRST_ALARM_MS_MAX = 60_000;
const READY_MS_MAX = 60_000;

const dataDir = newDataDir();
let demo: ChildProcess;
let said = '';
let http = '';
let api: ApiClient;

beforeAll(async () => {
  demo = spawn(process.execPath, [DEMO], {
    env: {
      PATH: process.env['PATH'] ?? '',
      HOME: process.env['HOME'] ?? '',
      ANMAI_DATA_DIR: dataDir,
      ANMAI_HTTP_PORT: '0',
      ANMAI_MQTT_PORT: '0',
      ANMAI_ADMIN_PASSWORD: ADMIN_PASSWORD,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let out = '';
  demo.stdout!.on('data', chunk => (out += chunk));
  demo.stderr!.on('data', chunk => (said += chunk));
  const ready = await eventually(
    async () => out.split('\n').find(line => line.includes('"ready"')),
    READY_MS_MAX,
  );
  http = (JSON.parse(ready) as { http: string }).http;
  api = await ApiClient.login(http);
});
afterAll(async () => {
  if (demo.exitCode === null) demo.kill('SIGKILL');
  removeDataDirs();
});

/** Processes that belong to this demonstration, by the folder or the address in their command line. */
function left(): string[] {
  const marks = [dataDir, http];
  return readdirSync('/proc')
    .filter(name => /^\d+$/.test(name))
    .flatMap(pid => {
      try {
        const line = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
        const env = readFileSync(`/proc/${pid}/environ`, 'utf8');
        const isOurs = marks.some(mark => line.includes(mark)) || env.includes(`ANMAI_DATA_DIR=${dataDir}`);
        return isOurs ? [line] : [];
      } catch {
        return [];
      }
    });
}

it('raises its first alarm within a minute, and takes everything that its devices say', async () => {
  const since = performance.now();
  const first = await eventually(
    async () => (await api.get<Page<AlarmShape>>('/alarms')).body.items[0],
    FIRST_ALARM_MS_MAX,
  );
  expect(performance.now() - since).toBeLessThan(FIRST_ALARM_MS_MAX);
  expect(first.evidence.readings.length).toBeGreaterThan(0);

  const { body: assets } = await api.get<Page<AssetShape>>('/assets?limit=1000');
  expect(assets.items.length).toBeGreaterThan(250);
  expect(assets.items.some(asset => asset.id === first.assetId && asset.state.severity !== null)).toBe(true);
  const { body: health } = await api.get<HealthShape>('/status');
  expect(Object.values(health.parts)).toEqual(Array(5).fill('up'));
  expect([health.messagesPerSecond > 0, health.devicesOnline > 300, health.quarantined]).toEqual([
    true,
    true,
    0,
  ]);
  expect((await api.get<Page<QuarantineShape>>('/quarantine')).body.items).toEqual([]);
}, 90_000);

it('tells people where to look and how to log in', () => {
  expect(said).toContain(http);
  expect(said).toMatch(/admin/);
  expect(said).toContain(ADMIN_PASSWORD);
  expect(said).not.toMatch(/"level":[56]0|Error|at .*\.js:/);
});

it('ends with 0 on Ctrl-C and leaves no process behind', async () => {
  const ended = new Promise<number | null>(resolve => demo.once('exit', code => resolve(code)));
  demo.kill('SIGINT');
  expect(await ended).toBe(0);
  expect(left()).toEqual([]);
});
