import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

export const ADMIN_PASSWORD = 'only-for-the-tests-1';
const READY_MS_MAX = 60_000;
/** Where the built programs are; another folder lets one build while tests run on the last one. */
const BUILT = process.env['ANMAI_TEST_DIST'] ?? new URL('../../dist/server', import.meta.url).pathname;
/** Path of a built program: main, sim, backtest or quality. */
export const builtProgram = (name: string): string => join(BUILT, `${name}.js`);
const MAIN = builtProgram('main');

export interface ServerProcess {
  readonly http: string;
  readonly mqtt: string;
  /** Empty without a TLS port. */
  readonly mqtts: string;
  readonly dataDir: string;
  readonly pid: number;
  /** Lines of the log so far, newest last. */
  readonly log: readonly string[];
  /** SIGTERM; gives the exit code. */
  stop(): Promise<number | null>;
  /** SIGKILL. */
  kill(): Promise<void>;
}

export interface ServerOptions {
  readonly dataDir?: string;
  readonly env?: Readonly<Record<string, string>>;
}

const folders = new Set<string>();
const running = new Set<ChildProcess>();
const killAll = (): void => running.forEach(child => child.kill('SIGKILL'));
// A test run that ends early must leave no program behind.
process.once('exit', killAll);

/** A folder that is gone after the tests. Below /var/tmp: PostgreSQL's own user has to reach it. */
export function newDataDir(): string {
  const folder = mkdtempSync(join(process.env['ANMAI_TEST_DIR'] ?? '/var/tmp', 'anmai-test-'));
  folders.add(folder);
  return folder;
}

/** Also ends what a failed test left running in them. */
export function removeDataDirs(): void {
  killAll();
  for (const folder of folders) rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  folders.clear();
}

/** The program from its first moment on, ready or not. */
export interface SpawnedServer {
  readonly pid: number;
  readonly dataDir: string;
  readonly log: readonly string[];
  readonly ready: Promise<ReadyLine>;
  /** Its exit code; null after a signal. */
  readonly exited: Promise<number | null>;
  signal(name: 'SIGTERM' | 'SIGKILL'): void;
}

/** Starts the built program on free ports and resolves when it says that it is ready. */
export async function startServer(options: ServerOptions = {}): Promise<ServerProcess> {
  const server = spawnServer(options);
  const { pid, dataDir, log, exited } = server;
  const ready = await server.ready;
  return {
    http: ready.http,
    mqtt: ready.mqtt ?? '',
    mqtts: ready.mqtts ?? '',
    dataDir,
    pid,
    log,
    stop: () => (server.signal('SIGTERM'), exited),
    kill: async () => {
      server.signal('SIGKILL');
      await exited;
    },
  };
}

export function spawnServer(options: ServerOptions = {}): SpawnedServer {
  const dataDir = options.dataDir ?? newDataDir();
  const env = {
    PATH: process.env['PATH'] ?? '',
    HOME: process.env['HOME'] ?? tmpdir(),
    ANMAI_HTTP_PORT: '0',
    ANMAI_MQTT_PORT: '0',
    ANMAI_DATA_DIR: dataDir,
    ANMAI_ADMIN_PASSWORD: ADMIN_PASSWORD,
    ...options.env,
  };
  const child = spawn(process.execPath, ['--enable-source-maps', MAIN], {
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  running.add(child);
  child.once('exit', () => running.delete(child));
  const log: string[] = [];
  createInterface({ input: child.stderr }).on('line', line => log.push(line));
  const exited = new Promise<number | null>(resolve => child.once('exit', code => resolve(code)));
  const ready = readyLine(child, log, exited);
  ready.catch(() => undefined);
  return { pid: child.pid!, dataDir, log, ready, exited, signal: name => void child.kill(name) };
}

interface ReadyLine {
  readonly http: string;
  readonly mqtt?: string;
  readonly mqtts?: string;
}

async function readyLine(
  child: ChildProcess,
  log: readonly string[],
  exited: Promise<number | null>,
): Promise<ReadyLine> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`not ready in time:\n${log.join('\n')}`)), READY_MS_MAX);
  });
  const ended = exited.then(code => {
    throw new Error(`ended with ${code} before it was ready:\n${log.join('\n')}`);
  });
  ended.catch(() => undefined);
  const ready = new Promise<ReadyLine>(resolve => {
    createInterface({ input: child.stdout! }).on('line', line => {
      const said = JSON.parse(line) as { event: string } & ReadyLine;
      if (said.event === 'ready') resolve(said);
    });
  });
  try {
    return await Promise.race([ready, late, ended]);
  } catch (error) {
    child.kill('SIGKILL');
    throw error;
  } finally {
    clearTimeout(timer);
  }
}
