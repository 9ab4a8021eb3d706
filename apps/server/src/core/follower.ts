import type { Journal, JournalEntry, Seq } from '@anmai/journal';

/** Longest stretch that a follower may hold the event loop before it lets others run. */
const SLICE_MS = 8;
const PAGE_ENTRIES = 500;

/**
 * Hands journal entries to one consumer, in order, as they become durable. The consumer is synchronous; between slices
 * the event loop is free, so a long catch-up stops neither PUBACKs nor the page.
 */
export class Follower<B> {
  private running = false;
  private stopped = true;
  private release: () => void = () => {};

  constructor(
    private readonly journal: Journal<B>,
    public position: Seq,
    private readonly consume: (entries: readonly JournalEntry<B>[]) => void,
    private readonly failed: (error: unknown) => void,
  ) {}

  start(): void {
    this.stopped = false;
    this.release = this.journal.onAppended(() => this.wake());
    this.wake();
  }

  /** Stops after the entries under way. */
  stop(): void {
    this.stopped = true;
    this.release();
  }

  /** Takes over all that is durable now, at once. */
  catchUp(): void {
    while (this.page()) {
      // Until nothing is left.
    }
  }

  private wake(): void {
    if (this.running || this.stopped) return;
    this.running = true;
    setImmediate(() => this.slice());
  }

  private slice(): void {
    this.running = false;
    if (this.stopped) return;
    const until = performance.now() + SLICE_MS;
    try {
      while (this.page()) if (performance.now() > until) return this.wake();
    } catch (error) {
      this.stop();
      this.failed(error);
    }
  }

  private page(): boolean {
    const entries = this.journal.read(this.position, PAGE_ENTRIES);
    const last = entries[entries.length - 1];
    if (last === undefined) return false;
    this.consume(entries);
    this.position = last.seq;
    return true;
  }
}
