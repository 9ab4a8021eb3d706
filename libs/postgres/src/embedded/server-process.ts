import { spawn, type ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import { AppError } from '@anmai/kernel';
import { POSTGRES_ERRORS as E } from '../errors';
import type { RunAs } from './run-as';

/** Recovery after a power cut may take its time. */
export const READY_MS_MAX = 60_000;
export const FAST_STOP_MS_MAX = 10_000;
export const IMMEDIATE_STOP_MS_MAX = 5_000;
const LINES_KEPT_MAX = 5;

export interface ServerCommand {
  readonly postgres: string;
  readonly options: readonly string[];
  readonly runAs: RunAs | null;
  readonly log: (line: string) => void;
}

/** One life of the server. `exited` resolves when it is gone, for whatever reason; it never rejects. */
export interface ServerProcess {
  readonly pid: number;
  readonly exited: Promise<void>;
  stop(): Promise<void>;
}

/** Resolves once the server takes connections. Rejects with PGR-012; then nothing runs any more. */
export async function launch(command: ServerCommand): Promise<ServerProcess> {
  const child = spawn(command.postgres, command.options, {
    ...command.runAs,
    cwd: '/',
    env: { PATH: process.env['PATH'] ?? '', LC_ALL: 'C', TZ: 'UTC' },
    stdio: ['ignore', 'ignore', 'pipe'],
    // Its own session: Ctrl-C at the terminal is for us, who stop the server after our last write.
    detached: true,
  });
  const exited = new Promise<void>(resolve => {
    child.once('exit', () => resolve());
    child.once('error', () => resolve());
  });
  try {
    await ready(child, exited, command.log);
  } catch (error) {
    child.kill('SIGKILL');
    await exited;
    throw error;
  }
  const watchdog = watch(child, command.runAs);
  void exited.then(() => watchdog.kill('SIGKILL'));
  return { pid: child.pid ?? 0, exited, stop: () => stop(child, exited) };
}

function ready(child: ChildProcess, exited: Promise<void>, log: (line: string) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    const newest: string[] = [];
    const fail = (reason: string): void => {
      clearTimeout(timer);
      reject(new AppError(E.serverFailed, { reason: newest.join(' | ') || reason }));
    };
    const timer = setTimeout(() => fail('not ready in time'), READY_MS_MAX);
    child.once('error', error => fail(error.message));
    void exited.then(() => setImmediate(fail, 'it ended at once'));
    // Read to the end of its life: a full pipe would make the server wait.
    createInterface({ input: child.stderr! }).on('line', line => {
      log(line);
      newest.push(line);
      if (newest.length > LINES_KEPT_MAX) newest.shift();
      if (!line.includes('database system is ready to accept connections')) return;
      clearTimeout(timer);
      resolve();
    });
  });
}

/**
 * When we are killed nobody is left to stop the server. This shell waits on a pipe of ours, which the system closes with
 * us, and then stops the server. It ends with the server, so the number cannot have gone to another process.
 */
function watch(server: ChildProcess, runAs: RunAs | null): ChildProcess {
  const watchdog = spawn('/bin/sh', ['-c', 'read -r _; kill -INT "$1"', 'sh', String(server.pid)], {
    ...runAs,
    cwd: '/',
    env: {},
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
  });
  // Without a shell the next start finds and stops the orphan.
  watchdog.on('error', () => undefined);
  watchdog.stdin?.on('error', () => undefined);
  watchdog.unref();
  return watchdog;
}

/** Fast (open transactions are rolled back), then immediate (recovery at the next start), then killed. */
async function stop(child: ChildProcess, exited: Promise<void>): Promise<void> {
  const steps = [
    ['SIGINT', FAST_STOP_MS_MAX],
    ['SIGQUIT', IMMEDIATE_STOP_MS_MAX],
    ['SIGKILL', IMMEDIATE_STOP_MS_MAX],
  ] as const;
  for (const [signal, msMax] of steps) {
    child.kill(signal);
    if (await endsWithin(exited, msMax)) return;
  }
}

async function endsWithin(exited: Promise<void>, msMax: number): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<false>(resolve => (timer = setTimeout(() => resolve(false), msMax)));
  const ended = await Promise.race([exited.then(() => true as const), late]);
  clearTimeout(timer);
  return ended;
}
