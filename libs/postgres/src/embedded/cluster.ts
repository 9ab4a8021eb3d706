import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chown, mkdir, open, readFile, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError } from '@anmai/kernel';
import { POSTGRES_ERRORS as E } from '../errors';
import type { Binaries } from './binaries';
import type { RunAs } from './run-as';

export const SUPERUSER = 'postgres';
export const INITDB_MS_MAX = 60_000;

/** A folder that only the server's user (and root) can enter. */
export async function ownFolder(folder: string, runAs: RunAs | null): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  if (runAs !== null) await chown(folder, runAs.uid, runAs.gid);
}

/** The password of the superuser: made once, kept in a file that nobody else can read. */
export async function keepPassword(file: string, runAs: RunAs | null): Promise<string> {
  const kept = await readFile(file, 'utf8').catch(() => null);
  if (kept !== null && kept.trim() !== '') return kept.trim();
  const password = randomBytes(24).toString('base64url');
  const handle = await open(file, 'w', 0o600);
  try {
    await handle.writeFile(`${password}\n`);
    await handle.sync();
  } finally {
    await handle.close();
  }
  if (runAs !== null) await chown(file, runAs.uid, runAs.gid);
  return password;
}

/**
 * Makes the data folder when it is not there; beside its place first, so that a stop half way leaves nothing that
 * looks complete. Rejects with PGR-012, or PGR-017 when the folder is of another PostgreSQL.
 */
export async function provideCluster(
  root: string,
  passwordFile: string,
  binaries: Binaries,
  runAs: RunAs | null,
): Promise<string> {
  const dataFolder = join(root, 'data');
  const present = await readFile(join(dataFolder, 'PG_VERSION'), 'utf8').catch(() => null);
  if (present !== null) {
    const major = Number.parseInt(present, 10);
    if (major === binaries.major) return dataFolder;
    const reason = `${dataFolder} belongs to PostgreSQL ${major}, this is ${binaries.major}: restore a backup into a new one`;
    throw new AppError(E.serverUnusable, { reason });
  }
  for (const name of await readdir(root)) {
    if (name.startsWith('data.half-')) await rm(join(root, name), { recursive: true, force: true });
  }
  const half = join(root, `data.half-${process.pid}`);
  await runInitdb(binaries.initdb, half, passwordFile, runAs);
  await rename(half, dataFolder);
  return dataFolder;
}

async function runInitdb(
  initdb: string,
  folder: string,
  passwordFile: string,
  runAs: RunAs | null,
): Promise<void> {
  const options = [
    `--pgdata=${folder}`, `--username=${SUPERUSER}`, `--pwfile=${passwordFile}`, '--auth=scram-sha-256',
    '--encoding=UTF8', '--locale=C', '--data-checksums', '--no-instructions',
  ]; // prettier-ignore
  const child = spawn(initdb, options, {
    ...runAs,
    cwd: '/',
    env: { PATH: process.env['PATH'] ?? '', LC_ALL: 'C' },
    stdio: ['ignore', 'ignore', 'pipe'],
    timeout: INITDB_MS_MAX,
  });
  let said = '';
  child.stderr.on('data', (chunk: Buffer) => (said = (said + chunk.toString('utf8')).slice(-2_000)));
  await new Promise<void>((resolve, reject) => {
    const fail = (reason: string): void =>
      reject(new AppError(E.serverFailed, { reason: `initdb: ${reason}` }));
    child.once('error', error => fail(error.message));
    child.once('close', code => (code === 0 ? resolve() : fail(said.trim() || `exit code ${code}`)));
  });
}
