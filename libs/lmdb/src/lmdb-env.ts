import { mkdirSync } from 'node:fs';
import { open, type Database, type RootDatabase } from 'lmdb';

/** One LMDB environment: the journal, its checkpoints and the monitor's snapshot live in it, so they agree. */
export interface LmdbEnv {
  readonly root: RootDatabase;
  readonly blocks: Database<Buffer, number>;
  readonly meta: Database<unknown, string>;
  readonly state: Database<Buffer, string>;
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
  };
}
