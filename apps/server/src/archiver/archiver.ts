import type { Clock } from '@anmai/kernel';
import type { Journal, JournalEntry, Seq } from '@anmai/journal';
import type { Reading, ReadingStore } from '@anmai/readings';
import type { JournalBody } from '@anmai/wire';
import type { Part } from '../core/part';
import { RetryLoop, type Turn } from '../core/retry-loop';
import { DirtySpans } from './dirty-spans';

export const ARCHIVER = 'archiver';
/** Readings of one write to the store; several journal entries, never part of one. */
const BATCH_READINGS = 10_000;
const PAGE_ENTRIES = 2_000;
/** How long new entries wait for company. */
const LINGER_MS = 50;
/** Readings farther ahead than this are stored, but no rollup is kept waiting for them. */
const ROLLUP_AHEAD_MS = 10 * 60_000;

/** Follows the journal into the reading store: at least once, and the store makes it exactly once. */
export class Archiver {
  private position: Seq;
  private dirty: DirtySpans;
  private opened = false;
  /** Was the store heard of since the last probe? */
  private heard = false;
  private readonly loop: RetryLoop;
  private release: () => void = () => {};
  readingsArchived = 0;

  constructor(
    private readonly journal: Journal<JournalBody>,
    private readonly store: ReadingStore,
    private readonly clock: Clock,
    private readonly part: Part,
  ) {
    const checkpoint = journal.checkpoint(ARCHIVER);
    this.position = checkpoint.seq;
    this.dirty = DirtySpans.fromMemo(checkpoint.memo);
    this.loop = new RetryLoop({
      turn: () => this.turn(),
      failed: error => this.failed(error),
      lingerMs: LINGER_MS,
    });
  }

  start(): void {
    this.release = this.journal.onAppended(() => this.loop.wake());
    this.loop.start();
  }

  /** Stores what is durable so far, as long as the store answers. */
  async stop(): Promise<void> {
    this.release();
    await this.loop.stop();
    if (this.part.up) await this.loop.drain();
  }

  /** Age of the oldest entry that is not in the store yet. */
  lagMs(): number {
    const [next] = this.journal.read(this.position, 1);
    return next === undefined ? 0 : Math.max(0, this.clock.now() - next.receivedAt);
  }

  /** Brings the rollups up to date. Called by the clockwork; failures are made up for the next time. */
  async rollUp(): Promise<void> {
    if (!this.opened || !this.part.up) return;
    const spans = this.dirty.take();
    try {
      if (spans.length > 0) await this.store.rollUp(spans);
    } catch (error) {
      this.dirty.restore(spans);
      this.failed(error);
      this.loop.wake();
    }
  }

  /** When nothing is written, nobody would notice that the store is away. Called by the clockwork. */
  async probe(): Promise<void> {
    const { heard } = this;
    this.heard = false;
    if (heard || !this.opened || !this.part.up) return;
    try {
      await this.store.ping();
    } catch (error) {
      this.failed(error);
      this.loop.wake();
    }
  }

  private async turn(): Promise<Turn> {
    if (!this.opened) {
      await this.store.open();
      this.opened = true;
    }
    const { readings, last } = this.nextBatch();
    if (last === null) {
      this.part.set('up');
      return 'idle';
    }
    if (readings.length > 0) await this.store.append(readings);
    this.heard ||= readings.length > 0;
    this.readingsArchived += readings.length;
    const horizon = this.clock.now() + ROLLUP_AHEAD_MS;
    for (const reading of readings) if (reading.at < horizon) this.dirty.add(reading.at);
    this.position = last.seq;
    await this.journal.saveCheckpoint(ARCHIVER, { seq: this.position, memo: this.dirty.toMemo() });
    this.part.set(this.lagMs() > 5_000 ? 'catching-up' : 'up');
    return 'more';
  }

  private nextBatch(): { readings: Reading[]; last: JournalEntry<JournalBody> | null } {
    const readings: Reading[] = [];
    let last: JournalEntry<JournalBody> | null = null;
    for (;;) {
      const entries = this.journal.read(last?.seq ?? this.position, PAGE_ENTRIES);
      for (const entry of entries) {
        if (entry.body.kind === 'readings') for (const reading of entry.body.readings) readings.push(reading);
        last = entry;
        if (readings.length >= BATCH_READINGS) return { readings, last };
      }
      if (entries.length === 0) return { readings, last };
    }
  }

  private failed(error: unknown): void {
    this.part.failed(error);
    // After an outage the store may have lost its database: look again before the next write.
    this.opened = false;
  }
}
