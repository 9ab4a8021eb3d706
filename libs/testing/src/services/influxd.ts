import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const BINARY = '/usr/bin/influxd';
const START_MS_MAX = 20_000;
const STOP_MS_MAX = 10_000;
const POLL_MS = 50;
const START_TRIES_MAX = 3;
/** Of what the server printed, for the message when it does not start. */
const OUTPUT_CHARS_MAX = 4_000;

export interface Influxd {
  /** `http://127.0.0.1:<port>` */
  readonly url: string;
  readonly port: number;
  readonly pid: number;
  /** Give it to `startInfluxd` again to start on the same data. */
  readonly dir: string;
  /** Ends it in good order; removes the folder only when this helper made it and `keepDir` is not set. */
  stop(options?: { keepDir?: boolean }): Promise<void>;
  /** SIGKILL, as a power cut would; the folder stays. */
  kill(): Promise<void>;
}

export interface InfluxdOptions {
  readonly dir?: string;
  /** Default: a free one. */
  readonly port?: number;
  /** Lines for the section [data], such as `max-values-per-tag = 10`. */
  readonly dataSettings?: readonly string[];
  /** Lines for the section [http], such as `auth-enabled = true`. */
  readonly httpSettings?: readonly string[];
}

/** A real InfluxDB 1.x on loopback, with its own folder and configuration, that answers when this resolves. */
export async function startInfluxd(options: InfluxdOptions = {}): Promise<Influxd> {
  const made = options.dir === undefined;
  const dir = options.dir ?? (await mkdtemp(join(tmpdir(), 'influxd-')));
  for (let tries = 1; ; tries += 1) {
    try {
      return await startOnce(dir, made, options);
    } catch (cause) {
      // Between choosing a free port and taking it another process may have been quicker.
      const inUse = options.port === undefined && String(cause).includes('address already in use');
      if (inUse && tries < START_TRIES_MAX) continue;
      if (made) await rm(dir, { recursive: true, force: true });
      throw cause;
    }
  }
}

async function startOnce(dir: string, made: boolean, options: InfluxdOptions): Promise<Influxd> {
  const port = options.port ?? (await freePort());
  const configFile = join(dir, 'influxd.conf');
  await writeFile(configFile, configuration(dir, port, options));
  const child = spawn(BINARY, ['-config', configFile], { stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  const listen = (chunk: Buffer): void => {
    output = (output + chunk.toString()).slice(-OUTPUT_CHARS_MAX);
  };
  child.stdout.on('data', listen);
  child.stderr.on('data', listen);
  // Without a listener a missing binary would end the whole test run.
  child.on('error', error => listen(Buffer.from(String(error))));
  // A test run that ends early must not leave the server behind.
  const killAtExit = (): void => void child.kill('SIGKILL');
  process.once('exit', killAtExit);
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    await endProcess(child, signal);
    process.off('exit', killAtExit);
  };
  const url = `http://127.0.0.1:${port}`;
  try {
    await answers(url, child, () => output);
  } catch (cause) {
    await end('SIGKILL');
    throw cause;
  }
  return {
    url,
    port,
    dir,
    pid: child.pid ?? 0,
    kill: () => end('SIGKILL'),
    stop: async ({ keepDir = !made } = {}) => {
      await end('SIGTERM');
      if (!keepDir) await rm(dir, { recursive: true, force: true });
    },
  };
}

async function answers(url: string, child: ChildProcess, output: () => string): Promise<void> {
  const deadline = performance.now() + START_MS_MAX;
  while (performance.now() < deadline) {
    if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) break;
    const reply = await fetch(`${url}/ping`).catch(() => null);
    if (reply?.status === 204) return;
    await new Promise(resolve => setTimeout(resolve, POLL_MS));
  }
  throw new Error(`${BINARY} did not start: ${output()}`);
}

async function endProcess(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill(signal);
  const force = setTimeout(() => child.kill('SIGKILL'), STOP_MS_MAX);
  await ended;
  clearTimeout(force);
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

function configuration(dir: string, port: number, options: InfluxdOptions): string {
  const lines = (given: readonly string[] | undefined): string => (given ?? []).join('\n');
  return `
reporting-disabled = true
bind-address = "127.0.0.1:0"
[meta]
  dir = "${dir}/meta"
  logging-enabled = false
[data]
  dir = "${dir}/data"
  wal-dir = "${dir}/wal"
  query-log-enabled = false
${lines(options.dataSettings)}
[monitor]
  store-enabled = false
[http]
  bind-address = "127.0.0.1:${port}"
  log-enabled = false
${lines(options.httpSettings)}
[continuous_queries]
  enabled = false
[logging]
  level = "error"
`;
}
