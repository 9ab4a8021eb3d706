import type { Clock } from '@anmai/kernel';
import { EmbeddedPostgres, openRecords, type PoolTarget, type Records } from '@anmai/postgres';
import type { Logger } from 'pino';
import type { Config } from '../config';
import type { Part } from './part';
import { Backoff } from './backoff';

const PING_MS = 2_000;

/** PostgreSQL, embedded or outside: brought up, watched, and brought up again, while everything else goes on. */
export class RecordsKeeper {
  readonly records: Records;
  private readonly embedded: EmbeddedPostgres | null;
  private timer: NodeJS.Timeout | null = null;
  private stopped = false;
  private readonly backoff = new Backoff(200, 5_000);

  private constructor(
    records: Records,
    embedded: EmbeddedPostgres | null,
    private readonly part: Part,
    /** Runs each time the records come back, and at the start; when it rejects they count as away. */
    private readonly onUp: (records: Records) => Promise<void>,
  ) {
    this.records = records;
    this.embedded = embedded;
  }

  /** The embedded server is started here, since its address is needed; whatever is outside may be away. */
  static async create(
    config: Config,
    clock: Clock,
    log: Logger,
    part: Part,
    onUp: (records: Records) => Promise<void>,
  ): Promise<RecordsKeeper> {
    const { embedded, pool } = await provideRecords(config, log);
    const records = openRecords({ pool, clock, log: message => log.warn({ part: part.name }, message) });
    return new RecordsKeeper(records, embedded, part, onUp);
  }

  /** Tries once now; goes on trying and watching in the background. */
  async start(): Promise<void> {
    await this.bringUp();
    this.plan(this.part.up ? PING_MS : this.backoff.next());
  }

  async stop(): Promise<void> {
    this.stopped = true;
    if (this.timer !== null) clearTimeout(this.timer);
    await this.records.close();
    await this.embedded?.stop();
  }

  private plan(waitMs: number): void {
    if (this.stopped) return;
    this.timer = setTimeout(() => void this.look(), waitMs);
  }

  private async look(): Promise<void> {
    if (this.part.up) await this.ping();
    else await this.bringUp();
    this.plan(this.part.up ? PING_MS : this.backoff.next());
  }

  private async ping(): Promise<void> {
    try {
      await this.records.ping();
    } catch (error) {
      this.part.failed(error);
    }
  }

  private async bringUp(): Promise<void> {
    try {
      await this.records.open();
      await this.onUp(this.records);
      this.part.set('up');
      this.backoff.reset();
    } catch (error) {
      this.part.failed(error);
    }
  }
}

/** The way to the records; an embedded server is started for it, and is the caller's to stop. */
export async function provideRecords(
  config: Config,
  log: Logger,
): Promise<{ embedded: EmbeddedPostgres | null; pool: PoolTarget }> {
  if (config.DATABASE_URL !== undefined)
    return { embedded: null, pool: { connectionString: config.DATABASE_URL } };
  const embedded = new EmbeddedPostgres({
    dataDir: config.ANMAI_DATA_DIR,
    log: line => log.debug({ part: 'postgres' }, line),
  });
  return { embedded, pool: await embedded.start() };
}
