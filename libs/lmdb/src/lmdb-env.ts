import { mkdirSync, statfsSync } from 'node:fs';
import { open, type Database, type RootDatabase } from 'lmdb';

/** Free space that journal entries and snapshots leave to others, such as the stores that make up for an outage. */
export const DISK_RESERVE_BYTES = 64 * 1024 * 1024;
/** What is left to checkpoints and trimming: without them a full disk could never get better by itself. */
export const UPKEEP_RESERVE_BYTES = 16 * 1024 * 1024;

/** One LMDB environment: the journal, its checkpoints and the monitor's snapshot live in it, so they agree. */
export interface LmdbEnv {
  readonly root: RootDatabase;
  readonly blocks: Database<Buffer, number>;
  readonly meta: Database<unknown, string>;
  readonly state: Database<Buffer, string>;
  /**
   * Throws when the disk has no room for `bytes` beside the reserve. To be asked before each write: a commit that meets
   * a full disk leaves rejections inside the lmdb package that nobody can catch and a damaged heap, so none may begin.
   */
  readonly requireRoom: (bytes: number, reserveBytes?: number) => void;
}

/** Opens (or creates) the environment in `folder`. `mapBytesMax` is address space, not disk. */
export function openLmdbEnv(folder: string, mapBytesMax: number): LmdbEnv {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const root = open({
    path: folder,
    maxDbs: 8,
    mapSize: mapBytesMax,
    noSubdir: false,
    overlappingSync: true,
  });
  return {
    root,
    blocks: root.openDB<Buffer, number>({ name: 'blocks', encoding: 'binary' }),
    meta: root.openDB<unknown, string>({ name: 'meta', encoding: 'json' }),
    state: root.openDB<Buffer, string>({ name: 'state', encoding: 'binary' }),
    requireRoom: (bytes, reserveBytes = DISK_RESERVE_BYTES) => {
      const { bavail, bsize } = statfsSync(folder);
      const freeBytes = bavail * bsize;
      // Twice: LMDB writes whole pages, and those of the tree above them.
      if (freeBytes - 2 * bytes >= reserveBytes) return;
      throw new Error(`${mebibytes(freeBytes)} MiB free, ${mebibytes(reserveBytes)} are kept in reserve`);
    },
  };
}

/** Copies the environment of `folder` as of one moment, without its free pages, to `data.mdb` in the folder `to`. */
export async function copyLmdbEnv(folder: string, to: string): Promise<void> {
  const root = open({ path: folder, noSubdir: false, readOnly: true, maxDbs: 8 });
  try {
    await root.backup(to, true);
  } finally {
    await root.close();
  }
}

const mebibytes = (bytes: number): number => Math.floor(bytes / 1_048_576);
