import { AppError, invariant, type Millis } from '@anmai/kernel';
import {
  JOURNAL_ERRORS,
  type Checkpoint,
  type Journal,
  type JournalEntry,
  type JournalLimits,
  type JournalStats,
  type Seq,
} from '@anmai/journal';

const ENTRY_BYTES = 100;

/** Journal without a disk. Counts every entry as ENTRY_BYTES plus its JSON. */
export class MemoryJournal<B> implements Journal<B> {
  private entries: JournalEntry<B>[] = [];
  private readonly checkpoints = new Map<string, Checkpoint>();
  private readonly wakes = new Set<() => void>();
  private firstSeq = 1;
  private lastSeq = 0;

  constructor(private readonly bytesMax = Number.POSITIVE_INFINITY) {}

  async append(receivedAt: Millis, body: B): Promise<Seq> {
    const { bytes } = this.stats();
    if (bytes + sizeOf(body) > this.bytesMax)
      throw new AppError(JOURNAL_ERRORS.full, { bytes, bytesMax: this.bytesMax });
    const newest = this.entries.at(-1)?.receivedAt ?? 0;
    this.entries.push({ seq: ++this.lastSeq, receivedAt: Math.max(newest, receivedAt), body });
    const seq = this.lastSeq;
    for (const wake of this.wakes) wake();
    return seq;
  }

  read(after: Seq, limit: number): readonly JournalEntry<B>[] {
    if (after >= this.lastSeq) return [];
    if (after + 1 < this.firstSeq)
      throw new AppError(JOURNAL_ERRORS.trimmed, { after, firstSeq: this.firstSeq });
    const start = after + 1 - this.firstSeq;
    return this.entries.slice(start, start + limit);
  }

  onAppended(wake: () => void): () => void {
    this.wakes.add(wake);
    return () => this.wakes.delete(wake);
  }

  checkpoint(reader: string): Checkpoint {
    return this.checkpoints.get(reader) ?? { seq: 0, memo: null };
  }

  async saveCheckpoint(reader: string, checkpoint: Checkpoint): Promise<void> {
    invariant(checkpoint.seq >= this.checkpoint(reader).seq, `checkpoint of ${reader} went back`);
    this.checkpoints.set(reader, checkpoint);
  }

  async trim(readers: readonly string[], now: Millis, limits: JournalLimits): Promise<number> {
    const passed = Math.min(...readers.map(reader => this.checkpoint(reader).seq));
    const before = this.firstSeq;
    for (
      let oldest = this.entries[0];
      oldest !== undefined && oldest.seq <= passed;
      oldest = this.entries[0]
    ) {
      if (this.stats().bytes <= limits.bytesMax && oldest.receivedAt >= now - limits.ageMsMax) break;
      this.entries.shift();
      this.firstSeq = oldest.seq + 1;
    }
    return this.firstSeq - before;
  }

  stats(): JournalStats {
    const bytes = this.entries.reduce((sum, entry) => sum + sizeOf(entry.body), 0);
    return { firstSeq: this.firstSeq, lastSeq: this.lastSeq, bytes };
  }

  async close(): Promise<void> {}
}

const sizeOf = (body: unknown): number => ENTRY_BYTES + JSON.stringify(body).length;
