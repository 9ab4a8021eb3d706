/* eslint-disable @typescript-eslint/no-unsafe-assignment */
import { spawn } from 'node:child_process';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { BacktestLine } from '../../apps/cli/src/replay-rules';
import { ApiClient } from '../support/api-client';
import { connectDevice, register, send } from '../support/device';
import { eventually } from '../support/eventually';
import {
  builtProgram,
  newDataDir,
  removeDataDirs,
  spawnServer,
  startServer,
  type ServerProcess,
} from '../support/server-process';

interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

const folder = newDataDir();
afterAll(() => removeDataDirs());

function run(program: string, args: readonly string[], env: Record<string, string> = {}): Promise<Ended> {
  const child = spawn(process.execPath, [program, ...args], {
    env: { PATH: process.env['PATH'] ?? '', HOME: process.env['HOME'] ?? '', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const said = { stdout: '', stderr: '' };
  child.stdout.on('data', chunk => (said.stdout += chunk));
  child.stderr.on('data', chunk => (said.stderr += chunk));
  return new Promise(resolve => child.once('close', code => resolve({ code, ...said })));
}

const lines = (text: string): Record<string, unknown>[] =>
  text
    .split('\n')
    .filter(line => line.startsWith('{'))
    .map(line => JSON.parse(line) as Record<string, unknown>);

/** Processes whose command line names that text. */
function processesWith(text: string): string[] {
  return readdirSync('/proc')
    .filter(name => /^\d+$/.test(name))
    .flatMap(pid => {
      try {
        return [readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ')];
      } catch {
        return [];
      }
    })
    .filter(line => line.includes(text));
}

async function taken(): Promise<{ server: Server; port: number }> {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise(resolve => server.once('listening', resolve));
  return { server, port: (server.address() as AddressInfo).port };
}

describe('the configuration', () => {
  it('with faults: all of them at once, each with its key and remedy, and exit code 78', async () => {
    const { code, stdout, stderr } = await run(builtProgram('main'), [], {
      ANMAI_HTTP_PORT: 'eighty',
      ANMAI_MQTT_PORT: '-1',
      ANMAI_ROLES: 'gateway,boss',
      ANMAI_ADMIN_PASSWORD: 'secret7',
      INFLUX_URL: 'influx',
      DATABASE_URL: 'mysql://user:secret8@h/d',
      MQTT_URL: 'tcp',
      NATS_URL: 'nats://h',
      ANMAI_TIMEZONE: 'Mars/Olympus',
      ANMAI_LOG_LEVEL: 'loud',
      ANMAI_MQTT_TLS_PORT: '0',
      ANMAI_TLS_CLIENT_CA: '/nowhere/ca.pem',
    });
    expect(code).toBe(78);
    expect(stdout).toBe('');
    const [report] = lines(stderr) as unknown as [
      { faults: { key: string; fault: string; remedy: string }[] },
    ];
    expect(report.faults.map(fault => fault.key).sort()).toEqual([
      'ANMAI_ADMIN_PASSWORD',
      'ANMAI_HTTP_PORT',
      'ANMAI_LOG_LEVEL',
      'ANMAI_MQTT_PORT',
      'ANMAI_ROLES',
      'ANMAI_TIMEZONE',
      'ANMAI_TLS_CERT',
      'ANMAI_TLS_CLIENT_CA',
      'DATABASE_URL',
      'INFLUX_URL',
      'MQTT_URL',
      'NATS_URL',
    ]);
    for (const { fault, remedy } of report.faults) {
      expect(fault).toMatch(/.{5}/);
      expect(remedy).toMatch(/.{15}/);
    }
    expect(stderr).not.toMatch(/secret[78]/);
  });
});

describe('the server', () => {
  let server: ServerProcess;
  beforeAll(async () => {
    server = await startServer();
  });
  afterAll(() => server.stop());

  it('says one line of JSON when it is ready', async () => {
    const [line] = lines((await oneReadyLine()).stdout).filter(said => said['event'] === 'ready');
    expect(line).toEqual({
      event: 'ready',
      http: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/),
      mqtt: expect.stringMatching(/^mqtt:\/\/127\.0\.0\.1:\d+$/),
    });
  });

  it('without a password in the environment prints a random one, once', async () => {
    const { stdout, code } = await oneReadyLine({}, folder);
    expect(code).toBe(0);
    const [admin] = lines(stdout).filter(said => said['event'] === 'admin');
    expect(admin).toEqual({ event: 'admin', username: 'admin', password: expect.stringMatching(/^.{16}$/) });
    const again = await oneReadyLine({}, folder);
    expect(lines(again.stdout).map(said => said['event'])).toEqual(['ready']);
  });

  it('refuses a data folder that another one uses, and leaves that one in peace', async () => {
    const { code, stderr } = await run(builtProgram('main'), [], {
      ANMAI_HTTP_PORT: '0',
      ANMAI_MQTT_PORT: '0',
      ANMAI_DATA_DIR: server.dataDir,
    });
    expect(code).toBe(1);
    const failed = lines(stderr).find(said => said['event'] === 'failed');
    expect(failed).toMatchObject({ code: 'SRV-001', remedy: expect.stringContaining('ANMAI_DATA_DIR') });
    const api = await ApiClient.login(server.http);
    const device = await register(api, 'd1', [{ channel: 'ch4' }]);
    const client = await connectDevice(server.mqtt, device);
    await send(client, 'd1', Date.now(), { ch4: 1 });
    await client.endAsync();
  });

  it.each([
    ['HTTP', 'ANMAI_HTTP_PORT', 'SRV-002'],
    ['MQTT', 'ANMAI_MQTT_PORT', 'MQT-001'],
  ])('says what to do when its %s port is taken, and leaves nothing behind', async (_name, key, expected) => {
    const { server: other, port } = await taken();
    const dataDir = newDataDir();
    const free = { ANMAI_HTTP_PORT: '0', ANMAI_MQTT_PORT: '0', ANMAI_DATA_DIR: dataDir };
    const { code, stderr } = await run(builtProgram('main'), [], { ...free, [key]: String(port) });
    other.close();
    expect(code).toBe(1);
    const failed = lines(stderr).find(said => said['event'] === 'failed');
    expect(failed).toMatchObject({ code: expected, remedy: expect.stringContaining(key) });
    expect(String(failed?.['message'])).toContain(String(port));
    expect(stderr).not.toContain('    at ');
    await eventually(async () => processesWith(dataDir).length === 0);
  });

  it('says what to do when its data folder cannot be used', async () => {
    const file = join(folder, 'a-file');
    writeFileSync(file, '');
    const { code, stderr } = await run(builtProgram('main'), [], { ANMAI_DATA_DIR: join(file, 'data') });
    expect(code).toBe(1);
    const failed = lines(stderr).find(said => said['event'] === 'failed');
    expect(failed).toMatchObject({ code: 'SRV-003', remedy: expect.stringContaining('ANMAI_DATA_DIR') });
  });

  it('told to stop while it starts, it stops, and leaves nothing behind', async () => {
    const starting = spawnServer();
    // Far enough that its PostgreSQL runs.
    await eventually(async () => processesWith(starting.dataDir).some(line => line.includes('postgres')));
    starting.signal('SIGTERM');
    expect(await starting.exited).toBe(0);
    expect(processesWith(starting.dataDir)).toEqual([]);
  });

  it('under load ends with 0 within 10 s, keeps what it acknowledged, and leaves nothing behind', async () => {
    const loaded = await startServer();
    const api = await ApiClient.login(loaded.http);
    const devices = await Promise.all(
      Array.from({ length: 4 }, (_, i) => register(api, `load-${i}`, [{ channel: 'ch4' }])),
    );
    const base = Date.now() - 100_000;
    const acknowledged = new Map(devices.map(device => [device.deviceId, 0]));
    const loads = devices.map(async device => {
      const client = await connectDevice(loaded.mqtt, device);
      client.on('error', () => undefined);
      // What has no PUBACK when the connection closes stays open for ever.
      const closed = new Promise<void>(resolve => client.once('close', () => resolve()));
      const count = (): unknown => acknowledged.set(device.deviceId, acknowledged.get(device.deviceId)! + 1);
      for (let i = 0; client.connected; i += 50) {
        const sent = Array.from({ length: 50 }, (_, k) =>
          send(client, device.deviceId, base + i + k, { ch4: 1 }).then(count, () => undefined),
        );
        await Promise.race([Promise.all(sent), closed]);
      }
      await client.endAsync(true);
    });
    await eventually(async () => [...acknowledged.values()].every(count => count > 500));
    const since = performance.now();
    expect(await loaded.stop()).toBe(0);
    expect(performance.now() - since).toBeLessThan(10_000);
    await Promise.all(loads);
    expect(processesWith(loaded.dataDir)).toEqual([]);

    const again = await startServer({ dataDir: loaded.dataDir });
    const apiAgain = await ApiClient.login(again.http);
    for (const [deviceId, count] of acknowledged) {
      const [from, to] = [base, base + 1_000_000].map(at => new Date(at).toISOString());
      const path = `/sensors/${deviceId}.ch4/readings?from=${from}&to=${to}&limit=50000`;
      const rows = await eventually(async () => {
        const { body } = await apiAgain.get<{ rows: unknown[] }>(path);
        return body.rows.length >= count && body.rows.length;
      });
      // What was stored without the PUBACK reaching the device may come on top.
      expect(rows).toBeLessThanOrEqual(count + 50);
    }
    expect(await again.stop()).toBe(0);
  }, 60_000);

  async function oneReadyLine(
    env: Record<string, string> = { ANMAI_ADMIN_PASSWORD: 'only-for-the-tests-1' },
    dataDir = newDataDir(),
  ): Promise<Ended> {
    const given = { ANMAI_HTTP_PORT: '0', ANMAI_MQTT_PORT: '0', ANMAI_DATA_DIR: dataDir, ...env };
    const child = spawn(process.execPath, [builtProgram('main')], {
      env: { PATH: process.env['PATH'] ?? '', ...given },
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    let stdout = '';
    child.stdout.on('data', chunk => (stdout += chunk));
    const ended = new Promise<number | null>(resolve => child.once('close', code => resolve(code)));
    await eventually(async () => stdout.includes('"ready"'), 30_000);
    child.kill('SIGTERM');
    return { code: await ended, stdout, stderr: '' };
  }
});

const SOURCE = { kind: 'assumption', why: 'test', reviewBy: '2027-06-30' };
const file = (name: string, content: unknown): string => {
  mkdirSync(folder, { recursive: true });
  const path = join(folder, name);
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
};
const RUN = new URL('../../apps/cli/run.mjs', import.meta.url).pathname;
/** As `npm run` does it when the built programs are those of `dist`; else the built program itself. */
const cli = (name: string, args: readonly string[]): Promise<Ended> =>
  process.env['ANMAI_TEST_DIST'] === undefined ? run(RUN, [name, ...args]) : run(builtProgram(name), args);

const CSV = ['t,v', ...[1, 2, 25, 26, 3, 2, 55, 60, 1].map((v, i) => `2026-01-01T00:0${i}:00Z,${v}`)].join(
  '\n',
);

describe('backtest', () => {
  const RULES = [
    {
      id: 'r',
      name: 'r',
      appliesTo: {},
      condition: {
        type: 'threshold',
        limits: [
          { severity: 'yellow', above: 20, clearBelow: 18 },
          { severity: 'orange', above: 50, clearBelow: 45 },
        ],
      },
      source: SOURCE,
    },
  ];
  const args = (rules: string, csv: string, ...more: string[]): string[] => [
    '--rules', rules, '--csv', csv, '--time', 't', '--value', 'v', ...more,
  ]; // prettier-ignore

  it('prints each change of a condition as one line of JSON', async () => {
    const { code, stdout } = await cli('backtest', args(file('rules.json', RULES), file('v.csv', CSV)));
    const found = lines(stdout) as unknown as BacktestLine[];
    expect(code).toBe(0);
    expect(
      found.map(line => `${line.at.slice(14, 19)} ${line.sensor} ${line.rule} ${line.from}>${line.to}`),
    ).toEqual([
      '02:00 v r normal>yellow',
      '04:00 v r yellow>normal',
      '06:00 v r normal>orange',
      '08:00 v r orange>normal',
    ]);
    expect(found[0]!.evidence.limit).toMatchObject({ above: 20 });
    expect(found[0]!.evidence.readings.at(-1)).toMatchObject({ value: 25 });
    expect(found.every(line => 'from' in line && 'to' in line && 'evidence' in line)).toBe(true);
  });

  it('takes JSON lines as the form that it prints anyway', async () => {
    const { code, stdout } = await cli(
      'backtest',
      args(file('rules.json', RULES), file('v.csv', CSV), '--format', 'jsonl'),
    );
    expect([code, lines(stdout).length]).toEqual([0, 4]);
  });

  it.each([
    ['a file that is not there', () => args(file('rules.json', RULES), '/nowhere.csv')],
    ['rules that are not there', () => args('/nowhere.json', file('v.csv', CSV))],
    ['rules that are no JSON', () => args(file('bad.json', '{'), file('v.csv', CSV))],
    ['rules with a fault', () => args(file('bad.json', [{ id: 'x' }]), file('v.csv', CSV))],
    [
      'a column that is not there',
      () => [...args(file('rules.json', RULES), file('v.csv', CSV)).slice(0, -1), 'w'],
    ],
    ['a time that is none', () => args(file('rules.json', RULES), file('bad.csv', 't,v\nnoon,1\n'))],
    ['no options', () => []],
  ])('%s: exit code 64, a reason, and no stack', async (_name, given) => {
    const { code, stdout, stderr } = await cli('backtest', given());
    expect([code, stdout]).toEqual([64, '']);
    expect(stderr).toMatch(/.{20}/);
    expect(stderr).not.toContain('    at ');
  });
});

describe('quality', () => {
  it('prints the flag of each test and the rolled-up flag for each reading', async () => {
    const config = file('qc.json', { range: { min: 0, max: 50 } });
    const csv = file(
      'q.csv',
      't,v\n2026-01-01T00:00:00Z,1\n2026-01-01T00:01:00Z,\n2026-01-01T00:02:00Z,99\n',
    );
    const { code, stdout } = await cli('quality', [
      '--config',
      config,
      '--csv',
      csv,
      '--time',
      't',
      '--value',
      'v',
    ]);
    expect(code).toBe(0);
    const rows = lines(stdout);
    expect(rows).toHaveLength(3);
    expect(rows.map(row => [row['value'], row['quality']])).toEqual([
      [1, 1],
      [null, 9],
      [99, 4],
    ]);
    expect(rows.map(row => (row['flags'] as Record<string, number>)['range'])).toEqual([1, 9, 4]);
  });

  it.each([
    ['a configuration that is no JSON', '{'],
    ['an unknown test', { smell: {} }],
    ['a range the wrong way round', { range: { min: 5, max: 1 } }],
  ])('%s: exit code 64 and a reason', async (_name, content) => {
    const config = file('bad-qc.json', content);
    const { code, stderr } = await cli('quality', ['--config', config, '--csv', file('v.csv', CSV), '--time', 't', '--value', 'v']);
    expect([code, stderr.length > 20, stderr.includes('    at ')]).toEqual([64, true, false]);
  }); // prettier-ignore
});
