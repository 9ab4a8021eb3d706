import { createHash } from 'node:crypto';
import { mkdir, rm } from 'node:fs/promises';
import { connect, createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { AppError } from '@anmai/kernel';
import type { RoleName } from '../config';
import { START_ERRORS } from '../errors';

/** Roles of which a data folder can have one process only; several may answer HTTP. */
const ALONE: readonly RoleName[] = ['gateway', 'archiver', 'monitor'];
/** The system takes no longer path for a local socket. */
const SOCKET_PATH_CHARS_MAX = 100;
const TRIES_MAX = 3;

/**
 * Keeps a second process from the data of a running one. Each role holds a local socket: it is gone with its process,
 * however that ended, and a number of a process that is used again cannot be mistaken for it.
 */
export class RoleLocks {
  private constructor(private readonly held: readonly Server[]) {}

  /** Rejects with SRV-001 when a role is taken, with SRV-003 when the folder cannot be used. */
  static async take(folder: string, roles: ReadonlySet<RoleName>): Promise<RoleLocks> {
    await mkdir(folder, { recursive: true }).catch((error: unknown) => fail(folder, error));
    const held: Server[] = [];
    try {
      for (const role of ALONE) if (roles.has(role)) held.push(await hold(folder, role));
    } catch (error) {
      await release(held);
      throw error;
    }
    return new RoleLocks(held);
  }

  release(): Promise<void> {
    return release(this.held);
  }
}

async function hold(folder: string, role: RoleName): Promise<Server> {
  const path = socketPath(folder, role);
  for (let tries = 1; ; tries++) {
    try {
      return await listenAt(path);
    } catch (error) {
      if (codeOf(error) !== 'EADDRINUSE') fail(folder, error);
      if (tries >= TRIES_MAX || (await answers(path)))
        throw new AppError(START_ERRORS.roleTaken, { role, folder }, error);
      // Left behind by a process that was killed.
      await rm(path, { force: true });
    }
  }
}

function listenAt(path: string): Promise<Server> {
  return new Promise((done, reject) => {
    const server = createServer(socket => socket.destroy());
    server.once('error', reject);
    server.listen(path, () => {
      server.unref();
      done(server);
    });
  });
}

function answers(path: string): Promise<boolean> {
  return new Promise(done => {
    const socket = connect(path);
    socket.once('connect', () => {
      socket.destroy();
      done(true);
    });
    socket.once('error', () => done(false));
  });
}

const release = async (held: readonly Server[]): Promise<void> => {
  await Promise.all(held.map(server => new Promise(done => server.close(done))));
};

function socketPath(folder: string, role: RoleName): string {
  const path = join(resolve(folder), `${role}.lock`);
  if (path.length <= SOCKET_PATH_CHARS_MAX) return path;
  const mark = createHash('sha256').update(path).digest('hex').slice(0, 24);
  return join(tmpdir(), `anmai-${mark}.lock`);
}

function fail(folder: string, error: unknown): never {
  const reason = error instanceof Error ? error.message : String(error);
  throw new AppError(START_ERRORS.dataFolder, { folder, reason }, error);
}

const codeOf = (error: unknown): unknown =>
  error instanceof Error && 'code' in error ? error.code : undefined;
