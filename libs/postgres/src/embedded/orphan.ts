import { readFile, realpath, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError } from '@anmai/kernel';
import { POSTGRES_ERRORS as E } from '../errors';
import { isAlive, processesIn, waitUntil } from './processes';

export const ORPHAN_FAST_MS_MAX = 5_000;
export const ORPHAN_IMMEDIATE_MS_MAX = 5_000;

/**
 * Clears `dataFolder` of a server that a killed program left behind: stops it when it runs (fast, then immediate),
 * and removes a pid file whose number now belongs to a stranger, which must not be signalled. The folder's lock must
 * be held. Rejects with PGR-012.
 */
export async function clearOrphan(dataFolder: string, log: (line: string) => void): Promise<void> {
  const pidFile = join(dataFolder, 'postmaster.pid');
  const text = await readFile(pidFile, 'utf8').catch(() => null);
  if (text === null) return;
  const pid = Number.parseInt(text, 10);
  // Without a live process of that number PostgreSQL itself sees that the file is stale, and checks shared memory too.
  if (!(pid > 1) || !isAlive(pid)) return;
  const inside = await processesIn(await realpath(dataFolder));
  if (inside !== null && !inside.includes(pid)) {
    if (inside.length > 0)
      throw new AppError(E.serverFailed, { reason: `processes ${inside.join(', ')} still end` });
    log(`postmaster.pid names process ${pid}, which is none of ours: removed`);
    await rm(pidFile, { force: true });
    return;
  }
  log(`a PostgreSQL of an earlier run still works here (process ${pid}): stopping it`);
  if (await signalled(pid, 'SIGINT', ORPHAN_FAST_MS_MAX)) return;
  if (await signalled(pid, 'SIGQUIT', ORPHAN_IMMEDIATE_MS_MAX)) return;
  throw new AppError(E.serverFailed, { reason: `process ${pid} of an earlier run does not stop` });
}

/** SIGINT is PostgreSQL's fast stop, SIGQUIT its immediate one. */
async function signalled(pid: number, signal: 'SIGINT' | 'SIGQUIT', msMax: number): Promise<boolean> {
  try {
    process.kill(pid, signal);
  } catch {
    return !isAlive(pid);
  }
  return waitUntil(() => !isAlive(pid), msMax);
}
