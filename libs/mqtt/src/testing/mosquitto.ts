import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { until } from './until';

export const MOSQUITTO = '/usr/sbin/mosquitto';
export const hasMosquitto = existsSync(MOSQUITTO);

/**
 * A real Mosquitto with a session store of its own in a temporary folder; it can be killed and started again.
 */
export class Mosquitto {
  port = 0;
  readonly #folder = mkdtempSync(join(tmpdir(), 'anmai-mosquitto-'));
  #process: ChildProcess | null = null;

  get url(): string {
    return `mqtt://127.0.0.1:${this.port}`;
  }

  async start(): Promise<void> {
    if (this.port === 0) this.port = await freePort();
    const config = join(this.#folder, 'mosquitto.conf');
    const lines = [
      `listener ${this.port} 127.0.0.1`,
      'allow_anonymous true',
      'persistence true',
      `persistence_location ${this.#folder}/`,
      'autosave_interval 1',
      'autosave_on_changes true',
      'user root',
      'log_dest none',
    ];
    writeFileSync(config, `${lines.join('\n')}\n`);
    this.#process = spawn(MOSQUITTO, ['-c', config], { stdio: 'ignore' });
    let open = false;
    await until(() => {
      const probe = connect(this.port, '127.0.0.1', () => (open = true));
      probe.on('error', () => undefined).on('connect', () => probe.destroy());
      return open;
    }, 'Mosquitto listens');
  }

  /** SIGTERM: it saves its sessions. */
  async stop(): Promise<void> {
    const running = this.#process;
    this.#process = null;
    if (running === null || running.exitCode !== null) return;
    const exited = new Promise(resolve => running.once('exit', resolve));
    running.kill('SIGTERM');
    await exited;
  }

  async remove(): Promise<void> {
    await this.stop();
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

/** Mosquitto takes no port 0. */
async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise(resolve => server.close(resolve));
  return port;
}
