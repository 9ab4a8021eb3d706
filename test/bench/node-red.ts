import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, connect, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { MOSQUITTO } from '@anmai/mqtt/testing/mosquitto';
import { nodeRedFlow } from './node-red-flow';
import type { NodeRedInstall } from './node-red-install';

const LISTEN_MS_MAX = 30_000;
/** Messages that Mosquitto hands out before it waits for a PUBACK; its default of 20 would be a brake of its own. */
const IN_FLIGHT_MAX = 5_000;

export interface Service {
  readonly port: number;
  readonly pid: number;
  /** What it printed, for the message when it does not work. */
  readonly output: () => string;
  stop(): Promise<void>;
}

/** Mosquitto in memory, without limits on what it queues. */
export async function startMosquitto(): Promise<Service> {
  const port = await freePort();
  const folder = mkdtempSync(join(tmpdir(), 'bench-mosquitto-'));
  const lines = [
    `listener ${port} 127.0.0.1`,
    'allow_anonymous true',
    'persistence false',
    'set_tcp_nodelay true',
    `max_inflight_messages ${IN_FLIGHT_MAX}`,
    'max_queued_messages 0',
    'user root',
    'log_dest none',
  ];
  writeFileSync(join(folder, 'mosquitto.conf'), `${lines.join('\n')}\n`);
  return start(MOSQUITTO, ['-c', join(folder, 'mosquitto.conf')], port, folder);
}

/** Node-RED without its editor, with the flow deployed; it has subscribed once `probe` of the caller sees a point. */
export async function startNodeRed(
  install: NodeRedInstall,
  targets: { readonly mqttPort: number; readonly influxPort: number; readonly database: string },
): Promise<Service> {
  const port = await freePort();
  const folder = mkdtempSync(join(tmpdir(), 'bench-node-red-'));
  const settings = {
    uiPort: port,
    uiHost: '127.0.0.1',
    httpAdminRoot: false,
    flowFile: join(folder, 'flows.json'),
    userDir: folder,
    nodesDir: join(install.folder, 'node_modules', 'node-red-contrib-influxdb'),
    logging: { console: { level: 'warn', metrics: false, audit: false } },
  };
  writeFileSync(settings.flowFile, JSON.stringify(nodeRedFlow(targets)));
  writeFileSync(join(folder, 'settings.js'), `module.exports = ${JSON.stringify(settings)};\n`);
  const args = [install.program, '--userDir', folder, '--settings', join(folder, 'settings.js')];
  return start(process.execPath, args, port, folder);
}

async function start(
  program: string,
  args: readonly string[],
  port: number,
  folder: string,
): Promise<Service> {
  const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  const keep = (piece: Buffer): void => void (output = (output + piece.toString()).slice(-4_000));
  child.stdout.on('data', keep);
  child.stderr.on('data', keep);
  const killAtExit = (): void => void child.kill('SIGKILL');
  process.once('exit', killAtExit);
  const stop = async (): Promise<void> => {
    process.off('exit', killAtExit);
    if (child.exitCode === null && child.signalCode === null) {
      const exited = once(child, 'exit');
      child.kill('SIGKILL');
      await exited;
    }
    rmSync(folder, { recursive: true, force: true });
  };
  const until = performance.now() + LISTEN_MS_MAX;
  while (!(await listens(port))) {
    if (child.exitCode !== null || performance.now() > until) {
      await stop();
      throw new Error(`${program} does not listen:\n${output}`);
    }
    await wait(50);
  }
  return { port, pid: child.pid!, output: () => output, stop };
}

function listens(port: number): Promise<boolean> {
  return new Promise(resolve => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.destroy();
      resolve(true);
    });
    socket.on('error', () => resolve(false));
  });
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
