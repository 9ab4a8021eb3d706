import pino from 'pino';
import type { Clock } from '@anmai/kernel';
import type { PoolTarget } from '@anmai/postgres';
import type { ReadingStore } from '@anmai/readings';
import { ROLES, type Config } from '../config';
import { buildStore } from '../core/core';
import { provideRecords } from '../core/records-keeper';
import { RoleLocks } from '../core/role-locks';
import { SteadyClock } from '../core/steady-clock';

/** What in the data folder is kept as files, beside the stores. */
export const KEPT_FILES = ['token-secret', 'files'] as const;

/** The stores of a platform whose roles do not run: nothing changes under the hands of who works with them. */
export interface Stopped {
  readonly pool: PoolTarget;
  readonly store: ReadingStore;
  readonly clock: Clock;
}

/** Holds all roles while `work` goes on. Rejects with SRV-001 while another process has one. */
export async function withStopped<T>(config: Config, work: (stopped: Stopped) => Promise<T>): Promise<T> {
  const log = pino({ level: 'silent' });
  const clock = new SteadyClock();
  const locks = await RoleLocks.take(config.ANMAI_DATA_DIR, new Set(ROLES));
  try {
    const { embedded, pool } = await provideRecords(config, log);
    // A reading that cannot be kept is a damaged backup; it must not be left out in silence.
    const store = buildStore(config, (readings, refusal) => {
      throw new Error(`${readings.length} readings refused: ${refusal.detail}`);
    });
    try {
      await store.open();
      return await work({ pool, store, clock });
    } finally {
      await store.close();
      await embedded?.stop();
    }
  } finally {
    await locks.release();
  }
}
