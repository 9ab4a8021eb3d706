import { link, readFile, rm, writeFile } from 'node:fs/promises';
import { AppError } from '@anmai/kernel';
import { POSTGRES_ERRORS as E } from '../errors';
import { birthOf, isAlive } from './processes';

/** Folders that this process holds: the file alone cannot tell two supervisors of one process apart. */
const heldHere = new Set<string>();

interface Holder {
  readonly pid: number;
  readonly birth: string | null;
}

/**
 * One supervisor a folder, or one would stop the server of the other as an orphan. A holder that died is overruled.
 * Gives the way to let go. Rejects with PGR-018.
 */
export async function lockFolder(folder: string): Promise<() => Promise<void>> {
  const file = `${folder}/supervisor.lock`;
  if (heldHere.has(folder)) throw new AppError(E.folderInUse, { folder, pid: process.pid });
  heldHere.add(folder);
  try {
    await takeFile(file, folder);
  } catch (error) {
    heldHere.delete(folder);
    throw error;
  }
  return async () => {
    await rm(file, { force: true });
    heldHere.delete(folder);
  };
}

async function takeFile(file: string, folder: string): Promise<void> {
  const mine = `${file}.${process.pid}`;
  const me: Holder = { pid: process.pid, birth: await birthOf(process.pid) };
  await writeFile(mine, JSON.stringify(me), { mode: 0o600 });
  try {
    // A link appears with its content or not at all, and never over another one.
    for (let attempt = 0; attempt < 3; attempt += 1) {
      const taken = await link(mine, file).then(() => true, () => false); // prettier-ignore
      if (taken) return;
      const holder = await readHolder(file);
      if (holder !== null && (await holds(holder)))
        throw new AppError(E.folderInUse, { folder, pid: holder.pid });
      await rm(file, { force: true });
    }
    throw new AppError(E.folderInUse, { folder, pid: '?' });
  } finally {
    await rm(mine, { force: true });
  }
}

async function readHolder(file: string): Promise<Holder | null> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as Holder;
  } catch {
    return null;
  }
}

/** Our own number in the file is that of a process before us (in a container they are dealt out alike). */
async function holds(holder: Holder): Promise<boolean> {
  if (holder.pid === process.pid || !isAlive(holder.pid)) return false;
  const birth = await birthOf(holder.pid);
  return birth === null || holder.birth === null || birth === holder.birth;
}
