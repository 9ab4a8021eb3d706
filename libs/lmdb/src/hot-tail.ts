import type { JournalEntry, Seq } from '@anmai/journal';

/**
 * The newest entries, still decoded, so that readers in the same process that keep up never decode at all.
 * Bounded by count; what falls out is read from disk.
 */
export class HotTail<B> {
  private entries: JournalEntry<B>[] = [];

  constructor(private readonly entriesMax: number) {}

  push(added: readonly JournalEntry<B>[]): void {
    const last = this.entries.at(-1);
    // Another process wrote in between: what we hold no longer joins on.
    if (last !== undefined && added[0] !== undefined && added[0].seq !== last.seq + 1) this.entries = [];
    for (const entry of added) this.entries.push(entry);
    // Cut rarely and in one go: shifting one by one would cost a copy each time.
    if (this.entries.length > this.entriesMax * 2) this.entries = this.entries.slice(-this.entriesMax);
  }

  /** Forgets what was trimmed, so that memory and disk give the same answer. */
  dropBefore(firstSeq: Seq): void {
    this.entries = this.entries.filter(entry => entry.seq >= firstSeq);
  }

  /** Entries after `after`, or null when they are not all here. */
  read(after: Seq, limit: number): readonly JournalEntry<B>[] | null {
    const first = this.entries[0];
    if (first === undefined || after + 1 < first.seq) return null;
    const start = after + 1 - first.seq;
    return start < this.entries.length ? this.entries.slice(start, start + limit) : null;
  }
}
