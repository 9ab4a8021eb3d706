import type { AlarmChange, IncidentChange } from '@anmai/alarms';
import type { Seq } from '@anmai/journal';
import { APPLY_CHANGES_MAX, type Alarms } from '@anmai/postgres';
import { RetryLoop, type Turn } from '../core/retry-loop';
import type { Found } from './incident-runner';

/** Changes of one transaction: small enough that the page sees the first of a storm early. */
const BATCH_CHANGES = Math.min(1_000, APPLY_CHANGES_MAX);
/** A transaction that takes longer counts as an outage for those who wait to show the alarm. */
export const WRITE_PATIENCE_MS = 1_000;

export interface ChangeWriterOptions {
  readonly alarms: Pick<Alarms, 'applyChanges'>;
  readonly monitor: string;
  /** The records have them: what is shown now comes from there. */
  readonly written: (found: Found) => void;
  /** The records did not take them in time; called once for each change, which is written later all the same. */
  readonly overdue: (found: Found) => void;
  readonly failed: (error: unknown) => void;
}

type Item = { readonly seq: Seq } & ({ readonly alarm: AlarmChange } | { readonly incident: IncidentChange });

const foundIn = (items: readonly Item[]): Found => ({
  alarms: items.flatMap(item => ('alarm' in item ? item.alarm : [])),
  incidents: items.flatMap(item => ('incident' in item ? item.incident : [])),
});
const idOf = (item: Item): string => ('alarm' in item ? item.alarm.id : item.incident.id);

/**
 * Brings changes of alarms and incidents into the records, in order, as often as it takes; the records take each once. Nothing is dropped:
 * what waits is part of the monitor's snapshot.
 */
export class ChangeWriter {
  private waiting: Item[] = [];
  private readonly overdueIds = new Set<string>();
  /** The records failed or are slow: what comes meanwhile must not wait for the next try to be shown. */
  private late = false;
  private readonly loop: RetryLoop;

  constructor(private readonly options: ChangeWriterOptions) {
    const failed = (error: unknown): void => this.failed(error);
    this.loop = new RetryLoop({ turn: () => this.turn(), failed, lingerMs: 0, retryMostMs: 2_000 });
  }

  get unsent(): Found {
    return foundIn(this.waiting);
  }

  add({ alarms, incidents }: Found, seq: Seq): void {
    const items: Item[] = [
      ...alarms.map(alarm => ({ alarm, seq })),
      ...incidents.map(incident => ({ incident, seq })),
    ];
    for (const item of items) this.waiting.push(item);
    if (this.late) this.tellOverdue(items);
    this.loop.wake();
  }

  start(): void {
    this.loop.start();
  }

  /** One last try for what waits. */
  async stop(): Promise<void> {
    await this.loop.stop();
    await this.loop.drain();
  }

  private async turn(): Promise<Turn> {
    const batch = this.waiting.slice(0, BATCH_CHANGES);
    const last = batch[batch.length - 1];
    if (last === undefined) return 'idle';
    const found = foundIn(batch);
    const position = { monitor: this.options.monitor, seq: last.seq };
    const patience = setTimeout(() => this.tellOverdue(batch), WRITE_PATIENCE_MS);
    try {
      await this.options.alarms.applyChanges(found.alarms, position, found.incidents);
    } finally {
      clearTimeout(patience);
    }
    this.late = false;
    this.waiting = this.waiting.slice(batch.length);
    for (const item of batch) this.overdueIds.delete(idOf(item));
    this.options.written(found);
    return this.waiting.length > 0 ? 'more' : 'idle';
  }

  private failed(error: unknown): void {
    this.options.failed(error);
    this.tellOverdue(this.waiting);
  }

  private tellOverdue(items: readonly Item[]): void {
    this.late = true;
    const fresh = items.filter(item => !this.overdueIds.has(idOf(item)));
    for (const item of fresh) this.overdueIds.add(idOf(item));
    if (fresh.length > 0) this.options.overdue(foundIn(fresh));
  }
}
