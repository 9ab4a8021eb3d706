import { mkdir, realpath } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { AppError } from '@anmai/kernel';
import { POSTGRES_ERRORS as E } from '../errors';
import { provideBinaries } from './binaries';
import { keepPassword, ownFolder, provideCluster, SUPERUSER } from './cluster';
import { lockFolder } from './folder-lock';
import { clearOrphan } from './orphan';
import { chooseRunAs, openWay } from './run-as';
import { launch, type ServerCommand, type ServerProcess } from './server-process';

export const RESTART_MS_MIN = 200;
export const RESTART_MS_MAX = 5_000;
/** A server that lived so long has earned a quick restart again. */
export const STABLE_MS = 30_000;
/** The system takes 107 bytes for the path of a socket; the name of the socket itself is part of them. */
export const SOCKET_PATH_BYTES_MAX = 100;

export interface EmbeddedPostgresOptions {
  /** The program's data folder; the server keeps to `postgres` (and perhaps `postgres-bin`) in it. */
  readonly dataDir: string;
  readonly log?: ((line: string) => void) | undefined;
}

/** What a pg pool needs to reach the server. `host` is the folder of its unix socket, or 127.0.0.1. */
export interface EmbeddedTarget {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly password: string;
  readonly database: string;
}

interface Prepared {
  readonly command: ServerCommand;
  readonly dataFolder: string;
  readonly target: EmbeddedTarget;
}

/**
 * A PostgreSQL of our own in the data folder, kept running: a crash is mended by a restart with back-off, while
 * callers see retryable errors. The address stays the same for the life of this object.
 */
export class EmbeddedPostgres {
  private readonly log: (line: string) => void;
  private prepared: Prepared | null = null;
  private server: ServerProcess | null = null;
  private unlock: (() => Promise<void>) | null = null;
  private starting: Promise<EmbeddedTarget> | null = null;
  private stopping: Promise<void> | null = null;
  private restarting: Promise<void> | null = null;
  private restartTimer: NodeJS.Timeout | null = null;
  private restartMs = RESTART_MS_MIN;

  constructor(private readonly options: EmbeddedPostgresOptions) {
    this.log = options.log ?? (() => undefined);
  }

  /**
   * Resolves once the server takes connections. Rejects with PGR-012 (retryable: call again), PGR-017 (cannot run
   * here) or PGR-018 (folder in use); then nothing is left running.
   */
  start(): Promise<EmbeddedTarget> {
    this.starting ??= this.begin().catch(async (error: unknown) => {
      this.starting = null;
      await this.release();
      throw error;
    });
    return this.starting;
  }

  state(): 'up' | 'down' {
    return this.server === null ? 'down' : 'up';
  }

  /** Process id of the server, for whoever watches over it; null while it is down. */
  pid(): number | null {
    return this.server?.pid ?? null;
  }

  /** Stops the server in order; all that was committed is on disk. Idempotent. May be followed by `start`. */
  stop(): Promise<void> {
    this.stopping ??= this.end().finally(() => {
      this.stopping = null;
      this.starting = null;
    });
    return this.stopping;
  }

  private async begin(): Promise<EmbeddedTarget> {
    const prepared = await this.prepare();
    await clearOrphan(prepared.dataFolder, this.log);
    await this.run(prepared);
    return prepared.target;
  }

  private async prepare(): Promise<Prepared> {
    await mkdir(this.options.dataDir, { recursive: true });
    const dataDir = await realpath(this.options.dataDir);
    const runAs = await chooseRunAs();
    if (runAs !== null) await openWay(dataDir, runAs);
    const root = join(dataDir, 'postgres');
    await ownFolder(root, runAs);
    this.unlock ??= await lockFolder(root);
    const binaries = await provideBinaries(dataDir, runAs);
    const passwordFile = join(root, 'password');
    const password = await keepPassword(passwordFile, runAs);
    const dataFolder = await provideCluster(root, passwordFile, binaries, runAs);
    const address = this.prepared?.target ?? (await addressIn(root));
    const target = {
      host: address.host,
      port: address.port,
      user: SUPERUSER,
      password,
      database: 'postgres',
    };
    const options = ['-D', dataFolder, ...serverOptions(root, target)];
    this.prepared = {
      command: { postgres: binaries.postgres, options, runAs, log: this.log },
      dataFolder,
      target,
    };
    return this.prepared;
  }

  private async run(prepared: Prepared): Promise<void> {
    const server = await launch(prepared.command);
    this.server = server;
    const since = performance.now();
    void server.exited.then(() => {
      this.server = null;
      if (performance.now() - since > STABLE_MS) this.restartMs = RESTART_MS_MIN;
      if (this.stopping === null) this.mend();
    });
  }

  private mend(): void {
    this.log(`PostgreSQL ended by itself; starting it again in ${this.restartMs} ms`);
    this.restartTimer = setTimeout(() => {
      this.restartTimer = null;
      this.restarting = this.begin().then(
        () => undefined,
        (error: unknown) => {
          this.log(error instanceof Error ? error.message : String(error));
          if (this.stopping === null) this.mend();
        },
      );
    }, this.restartMs);
    this.restartMs = Math.min(this.restartMs * 2, RESTART_MS_MAX);
  }

  private async end(): Promise<void> {
    if (this.restartTimer !== null) clearTimeout(this.restartTimer);
    this.restartTimer = null;
    await this.starting?.catch(() => undefined);
    await this.restarting;
    await this.server?.stop();
    await this.release();
  }

  private async release(): Promise<void> {
    await this.unlock?.();
    this.unlock = null;
  }
}

/** A unix socket when its path fits, else a free port of the loopback. */
async function addressIn(root: string): Promise<{ host: string; port: number }> {
  const port = 5432;
  if (Buffer.byteLength(join(root, `.s.PGSQL.${port}`)) < SOCKET_PATH_BYTES_MAX) return { host: root, port };
  return { host: '127.0.0.1', port: await freePort() };
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', error => reject(new AppError(E.serverFailed, { reason: error.message }, error)));
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as AddressInfo;
      probe.close(() => resolve(port));
    });
  });
}

function serverOptions(root: string, target: { host: string; port: number }): string[] {
  const onSocket = target.host === root;
  const settings = {
    listen_addresses: onSocket ? '' : target.host,
    unix_socket_directories: onSocket ? root : '',
    port: target.port,
    max_connections: 40,
    shared_buffers: '64MB',
    // Durable: what was acknowledged survives a power cut.
    fsync: 'on',
    synchronous_commit: 'on',
    full_page_writes: 'on',
    jit: 'off',
    timezone: 'UTC',
    log_timezone: 'UTC',
    lc_messages: 'C',
    // Statements may hold what is nobody's business in a log.
    log_min_error_statement: 'panic',
  };
  return Object.entries(settings).flatMap(([key, value]) => ['-c', `${key}=${value}`]);
}
