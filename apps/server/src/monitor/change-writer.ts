import type { AlarmChange } from '@anmai/alarms';
import type { Seq } from '@anmai/journal';
import { APPLY_CHANGES_MAX, type Alarms } from '@anmai/postgres';
import { RetryLoop, type Turn } from '../core/retry-loop';

/** Changes of one transaction: small enough that the page sees the first of a storm early. */
const BATCH_CHANGES = Math.min(1_000, APPLY_CHANGES_MAX);
/** A transaction that takes longer counts as an outage for those who wait to show the alarm. */
export const WRITE_PATIENCE_MS = 1_000;

export interface ChangeWriterOptions {
  readonly alarms: Pick<Alarms, 'applyChanges'>;
  readonly monitor: string;
  /** The records have them: what is shown now comes from there. */
  readonly written: (changes: readonly AlarmChange[]) => void;
  /** The records did not take them in time; called once for each change, which is written later all the same. */
  readonly overdue: (changes: readonly AlarmChange[]) => void;
  readonly failed: (error: unknown) => void;
}

/**
 * Brings alarm changes into the records, in order, as often as it takes; the records take each once. Nothing is dropped:
 * what waits is part of the monitor's snapshot.
 */
export class ChangeWriter {
  private waiting: { readonly change: AlarmChange; readonly seq: Seq }[] = [];
  private readonly overdueIds = new Set<string>();
  /** The records failed or are slow: what comes meanwhile must not wait for the next try to be shown. */
  private late = false;
  private readonly loop: RetryLoop;

  constructor(private readonly options: ChangeWriterOptions) {
    const failed = (error: unknown): void => this.failed(error);
    this.loop = new RetryLoop({ turn: () => this.turn(), failed, lingerMs: 0, retryMostMs: 2_000 });
  }

  get unsent(): readonly AlarmChange[] {
    return this.waiting.map(item => item.change);
  }

  add(changes: readonly AlarmChange[], seq: Seq): void {
    for (const change of changes) this.waiting.push({ change, seq });
    if (this.late) this.tellOverdue(changes);
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
    const changes = batch.map(item => item.change);
    const patience = setTimeout(() => this.tellOverdue(changes), WRITE_PATIENCE_MS);
    try {
      await this.options.alarms.applyChanges(changes, { monitor: this.options.monitor, seq: last.seq });
    } finally {
      clearTimeout(patience);
    }
    this.late = false;
    this.waiting = this.waiting.slice(batch.length);
    for (const change of changes) this.overdueIds.delete(change.id);
    this.options.written(changes);
    return this.waiting.length > 0 ? 'more' : 'idle';
  }

  private failed(error: unknown): void {
    this.options.failed(error);
    this.tellOverdue(this.unsent);
  }

  private tellOverdue(changes: readonly AlarmChange[]): void {
    this.late = true;
    const fresh = changes.filter(change => !this.overdueIds.has(change.id));
    for (const change of fresh) this.overdueIds.add(change.id);
    if (fresh.length > 0) this.options.overdue(fresh);
  }
}
