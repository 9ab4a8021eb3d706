import { join } from 'node:path';
import type { Clock } from '@anmai/kernel';
import { DuckdbReadingStore } from '@anmai/duckdb';
import { InfluxReadingStore } from '@anmai/influx';
import { LmdbJournal, openLmdbEnv, type LmdbEnv } from '@anmai/lmdb';
import type { OnRefused, ReadingStore } from '@anmai/readings';
import { journalCodec, type JournalBody } from '@anmai/wire';
import type { Logger } from 'pino';
import { Registry } from 'prom-client';
import { ROLES, type Config } from '../config';
import { LiveRing } from '../api';
import { Part } from './part';
import { refusedReadings } from './refused-readings';
import { SteadyClock } from './steady-clock';

/** Bytes of acknowledged messages that are kept on disk at most; beyond it new ones are refused, older ones stay. */
export const JOURNAL_BYTES_MAX = 8 * 1024 ** 3;
/** Address space of the journal file; the system gives pages only as they are written. */
export const JOURNAL_MAP_BYTES = 2 * JOURNAL_BYTES_MAX;
const OTHERS_POLL_MS = 20;
const CLOCK_BEHIND_TOLD_MS = 5_000;

/** What every role stands on. Built once by the composition root; closed last. */
export interface Core {
  readonly config: Config;
  readonly clock: Clock;
  readonly log: Logger;
  readonly metrics: Registry;
  readonly env: LmdbEnv;
  readonly journal: LmdbJournal<JournalBody>;
  readonly store: ReadingStore;
  readonly live: LiveRing;
  readonly parts: Readonly<Record<'broker' | 'journal' | 'readings' | 'records', Part>>;
}

export function buildCore(config: Config, log: Logger): Core {
  const clock = new SteadyClock();
  const metrics = new Registry();
  const env = openLmdbEnv(join(config.ANMAI_DATA_DIR, 'journal'), JOURNAL_MAP_BYTES);
  const isWhole = ROLES.every(role => config.ANMAI_ROLES.has(role));
  const journal = new LmdbJournal<JournalBody>({
    env,
    codec: journalCodec,
    bytesMax: JOURNAL_BYTES_MAX,
    // Other roles in other processes write and follow the same journal.
    ...(isWhole ? {} : { pollMs: OTHERS_POLL_MS }),
  });
  carryOn(clock, journal, log);
  const store = buildStore(config, refusedReadings(metrics, log, journal, clock));
  const parts = {
    broker: new Part('broker', log),
    journal: new Part('journal', log),
    readings: new Part('readings', log),
    records: new Part('records', log),
  };
  parts.journal.set('up');
  return { config, clock, log, metrics, env, journal, store, live: new LiveRing(), parts };
}

/** Time never runs backwards along the journal, whatever happened to the wall clock while the program was away. */
function carryOn(clock: SteadyClock, journal: LmdbJournal<JournalBody>, log: Logger): void {
  const { firstSeq, lastSeq } = journal.stats();
  const [newest] = firstSeq > lastSeq ? [] : journal.read(lastSeq - 1, 1);
  if (newest === undefined) return;
  const behindMs = newest.receivedAt - clock.now();
  clock.carryOnFrom(newest.receivedAt);
  if (behindMs > CLOCK_BEHIND_TOLD_MS)
    log.warn({ behindMs }, 'the clock of this machine is behind the journal: time goes on from there');
}

export async function closeCore(core: Core): Promise<void> {
  await core.store.close();
  await core.journal.close();
  await core.env.root.close();
}

export function buildStore(config: Config, onRefused: OnRefused): ReadingStore {
  if (config.INFLUX_URL === undefined) {
    return new DuckdbReadingStore({ file: join(config.ANMAI_DATA_DIR, 'readings.duckdb') }, onRefused);
  }
  const settings = {
    url: config.INFLUX_URL,
    database: config.INFLUX_DATABASE,
    username: config.INFLUX_USERNAME,
    password: config.INFLUX_PASSWORD,
  };
  return new InfluxReadingStore(settings, onRefused);
}
