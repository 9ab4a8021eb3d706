import { chmod, chown, readFile, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { AppError } from '@anmai/kernel';
import { POSTGRES_ERRORS as E } from '../errors';

/** The user that PostgreSQL runs as when we are root, which it refuses to be. */
export interface RunAs {
  readonly uid: number;
  readonly gid: number;
}

/** In order of preference. */
const CANDIDATES = ['postgres', 'nobody'];

/** null: as ourselves. */
export async function chooseRunAs(): Promise<RunAs | null> {
  if (process.getuid?.() !== 0) return null;
  const lines = (await readFile('/etc/passwd', 'utf8')).split('\n').map(line => line.split(':'));
  for (const name of CANDIDATES) {
    const entry = lines.find(line => line[0] === name);
    if (entry !== undefined) return { uid: Number(entry[2]), gid: Number(entry[3]) };
  }
  throw new AppError(E.serverUnusable, {
    reason: `it must not run as root, and there is no user ${CANDIDATES.join(' or ')}`,
  });
}

/** May `user` open what is at `path`: is every folder above passable, and the thing itself readable to it? */
export async function canReach(path: string, user: RunAs): Promise<boolean> {
  const info = await stat(path);
  const need = info.isDirectory() ? 0o1 : 0o5;
  if ((bitsFor(info, user) & need) !== need) return false;
  const parent = dirname(path);
  return parent === path || canReach(parent, user);
}

function bitsFor(info: { mode: number; uid: number; gid: number }, user: RunAs): number {
  if (info.uid === user.uid) return (info.mode >> 6) & 0o7;
  if (info.gid === user.gid) return (info.mode >> 3) & 0o7;
  return info.mode & 0o7;
}

/**
 * Lets `user` pass through `folder`, which is the program's own: its group gets the right, not everyone.
 * Folders above are not ours to open: PGR-017.
 */
export async function openWay(folder: string, user: RunAs): Promise<void> {
  const info = await stat(folder);
  if ((bitsFor(info, user) & 0o1) === 0) {
    await chown(folder, info.uid, user.gid);
    await chmod(folder, (info.mode & 0o7777) | 0o010);
  }
  if (!(await canReach(folder, user))) {
    throw new AppError(E.serverUnusable, { reason: `user ${user.uid} cannot reach ${folder}` });
  }
}
