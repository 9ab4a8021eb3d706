import { AppError, invariant, type Millis } from '@anmai/kernel';
import {
  JOURNAL_ERRORS,
  type BodyCodec,
  type Checkpoint,
  type Journal,
  type JournalEntry,
  type JournalLimits,
  type JournalStats,
  type Seq,
} from '@anmai/journal';
import { blockCount, blockReceivedAt, decodeBlock, draftBytes, encodeBlock, type Draft } from './block';
import { HotTail } from './hot-tail';
import { UPKEEP_RESERVE_BYTES, type LmdbEnv } from './lmdb-env';

/** Entries of one group commit at most. */
export const BLOCK_ENTRIES_MAX = 8_192;
/** Bytes of one group commit at most (one larger entry makes a block of its own). */
export const BLOCK_BYTES_MAX = 4 * 1024 * 1024;
/** Bytes waiting for their commit at most; over it `append` is refused at once. */
export const PENDING_BYTES_MAX = 64 * 1024 * 1024;
const HOT_ENTRIES_MAX = 20_000;
/** Appends told in one go that they are durable, before others get a turn. */
const TOLD_ENTRIES_MAX = 512;

interface Head {
  readonly firstSeq: Seq;
  readonly lastSeq: Seq;
  readonly bytes: number;
  readonly receivedAt: Millis;
}
const EMPTY: Head = { firstSeq: 1, lastSeq: 0, bytes: 0, receivedAt: 0 };

interface Waiting<B> extends Draft {
  readonly body: B;
  readonly resolve: (seq: Seq) => void;
  readonly reject: (reason: unknown) => void;
}

export interface LmdbJournalOptions<B> {
  readonly env: LmdbEnv;
  readonly codec: BodyCodec<B>;
  readonly bytesMax: number;
  /** Set when another process writes too: how often to look for its entries. */
  readonly pollMs?: number;
}

/** Journal on LMDB. Appends of one event-loop turn, and all that wait during a flush, share one commit and one fsync. */
export class LmdbJournal<B> implements Journal<B> {
  private readonly hot = new HotTail<B>(HOT_ENTRIES_MAX);
  private readonly wakes = new Set<() => void>();
  private waiting: Waiting<B>[] = [];
  private pendingBytes = 0;
  private flushing: Promise<void> | null = null;
  /** Durable, but whoever waits has not been told yet; oldest first. */
  private untold: { readonly block: readonly Waiting<B>[]; readonly firstSeq: Seq; next: number }[] = [];
  private telling: Promise<void> | null = null;
  private flushedSeq: Seq;
  /** Bytes on disk as this process last saw them: reading the head for every append would cost more than the append. */
  private keptBytes: number;
  private closed = false;
  private readonly poll: NodeJS.Timeout | null;

  constructor(private readonly options: LmdbJournalOptions<B>) {
    const head = this.head();
    this.flushedSeq = head.lastSeq;
    this.keptBytes = head.bytes;
    this.poll = options.pollMs === undefined ? null : setInterval(() => this.lookForOthers(), options.pollMs);
  }

  append(receivedAt: Millis, body: B): Promise<Seq> {
    return new Promise((resolve, reject) => {
      const bytes = this.options.codec.encode(body);
      const entry = { receivedAt, body, bytes, resolve, reject };
      const size = draftBytes(entry);
      const refusal = this.refusal(size);
      if (refusal !== null) return reject(refusal);
      this.pendingBytes += size;
      this.waiting.push(entry);
      this.flushing ??= this.flushSoon();
    });
  }

  read(after: Seq, limit: number): readonly JournalEntry<B>[] {
    if (after >= this.flushedSeq) return [];
    const hot = this.hot.read(after, limit);
    if (hot !== null) return hot;
    return this.readFromDisk(after, Math.min(limit, this.flushedSeq - after));
  }

  onAppended(wake: () => void): () => void {
    this.wakes.add(wake);
    return () => this.wakes.delete(wake);
  }

  checkpoint(reader: string): Checkpoint {
    return (
      (this.options.env.meta.get(`checkpoint/${reader}`) as Checkpoint | undefined) ?? { seq: 0, memo: null }
    );
  }

  async saveCheckpoint(reader: string, checkpoint: Checkpoint): Promise<void> {
    const { meta, root } = this.options.env;
    invariant(checkpoint.seq >= this.checkpoint(reader).seq, `checkpoint of ${reader} went back`);
    await this.onDisk(async () => {
      await meta.put(`checkpoint/${reader}`, checkpoint);
      await root.flushed;
    });
  }

  async trim(readers: readonly string[], now: Millis, limits: JournalLimits): Promise<number> {
    const passed = Math.min(...readers.map(reader => this.checkpoint(reader).seq));
    let dropped = 0;
    await this.onDisk(async () => {
      await this.options.env.root.transaction(() => {
        dropped = this.dropBlocks(passed, now, limits);
      });
    });
    this.keptBytes = this.head().bytes;
    if (dropped > 0) this.hot.dropBefore(this.head().firstSeq);
    return dropped;
  }

  stats(): JournalStats {
    const { firstSeq, lastSeq, bytes } = this.head();
    return { firstSeq, lastSeq, bytes };
  }

  async close(): Promise<void> {
    this.closed = true;
    if (this.poll !== null) clearInterval(this.poll);
    while (this.flushing !== null) await this.flushing;
    await this.telling;
  }

  private head(): Head {
    return (this.options.env.meta.get('head') as Head | undefined) ?? EMPTY;
  }

  private refusal(size: number): AppError | null {
    if (this.closed) return new AppError(JOURNAL_ERRORS.disk, { reason: 'journal is closed' });
    const bytes = this.keptBytes + this.pendingBytes;
    if (bytes + size > this.options.bytesMax || this.pendingBytes + size > PENDING_BYTES_MAX) {
      return new AppError(JOURNAL_ERRORS.full, { bytes, bytesMax: this.options.bytesMax });
    }
    return null;
  }

  private async flushSoon(): Promise<void> {
    await new Promise(resolve => setImmediate(resolve));
    while (this.waiting.length > 0) await this.flushBlock(this.takeBlock());
    this.flushing = null;
  }

  private takeBlock(): Waiting<B>[] {
    let bytes = 0;
    let count = 0;
    for (const entry of this.waiting) {
      bytes += draftBytes(entry);
      if (count > 0 && (bytes > BLOCK_BYTES_MAX || count >= BLOCK_ENTRIES_MAX)) break;
      count++;
    }
    return this.waiting.splice(0, count);
  }

  private async flushBlock(block: Waiting<B>[]): Promise<void> {
    let entries: JournalEntry<B>[] = [];
    try {
      this.options.env.requireRoom(block.reduce((bytes, entry) => bytes + draftBytes(entry), 0));
      await this.options.env.root.transaction(() => {
        entries = this.writeBlock(block);
      });
      await this.options.env.root.flushed;
    } catch (cause) {
      this.settle(block);
      const failure = new AppError(JOURNAL_ERRORS.disk, { reason: reasonOf(cause) }, cause);
      for (const entry of block) entry.reject(failure);
      return;
    }
    this.settle(block);
    this.keptBytes = this.head().bytes;
    this.hot.push(entries);
    this.flushedSeq = entries[entries.length - 1]!.seq;
    for (const wake of this.wakes) wake();
    this.untold.push({ block, firstSeq: entries[0]!.seq, next: 0 });
    this.telling ??= this.tell();
  }

  /**
   * In slices: the first senders can send on, and their next messages be flushed, while the last are still being told.
   * All at once would leave nobody with anything to send during a flush.
   */
  private async tell(): Promise<void> {
    // So that it never ends in the turn in which it began, before `telling` is set.
    await Promise.resolve();
    for (let first = this.untold[0]; first !== undefined; first = this.untold[0]) {
      const end = Math.min(first.block.length, first.next + TOLD_ENTRIES_MAX);
      for (; first.next < end; first.next++) first.block[first.next]!.resolve(first.firstSeq + first.next);
      if (end === first.block.length) this.untold.shift();
      if (this.untold.length > 0) await new Promise(resolve => setImmediate(resolve));
    }
    this.telling = null;
  }

  /** Inside the write transaction: the head read here already holds what another process wrote. */
  private writeBlock(block: readonly Waiting<B>[]): JournalEntry<B>[] {
    const { blocks, meta } = this.options.env;
    const head = this.head();
    let receivedAt = head.receivedAt;
    const drafts: Draft[] = [];
    const entries = block.map((entry, i) => {
      receivedAt = Math.max(receivedAt, entry.receivedAt);
      drafts.push({ receivedAt, bytes: entry.bytes });
      return { seq: head.lastSeq + 1 + i, receivedAt, body: entry.body };
    });
    const bytes = encodeBlock(drafts);
    void blocks.put(head.lastSeq + 1, bytes);
    const lastSeq = head.lastSeq + entries.length;
    void meta.put('head', { ...head, lastSeq, bytes: head.bytes + bytes.length, receivedAt } satisfies Head);
    return entries;
  }

  private settle(block: readonly Draft[]): void {
    for (const entry of block) this.pendingBytes -= draftBytes(entry);
  }

  private readFromDisk(after: Seq, limit: number): JournalEntry<B>[] {
    const { blocks } = this.options.env;
    const { firstSeq } = this.head();
    if (after + 1 < firstSeq) throw new AppError(JOURNAL_ERRORS.trimmed, { after, firstSeq });
    const out: JournalEntry<B>[] = [];
    const [start] = [...blocks.getKeys({ start: after + 1, reverse: true, limit: 1 })];
    for (const { key, value } of blocks.getRange({ start: start ?? after + 1 })) {
      decodeBlock(value, key, this.options.codec, after, limit, out);
      if (out.length >= limit) break;
    }
    return out;
  }

  private dropBlocks(passed: Seq, now: Millis, limits: JournalLimits): number {
    const { blocks, meta } = this.options.env;
    const head = this.head();
    let { firstSeq, bytes } = head;
    for (const { key, value } of blocks.getRange({})) {
      const next = key + blockCount(value);
      const wanted = bytes > limits.bytesMax || blockReceivedAt(value) < now - limits.ageMsMax;
      if (next - 1 > passed || !wanted) break;
      void blocks.remove(key);
      bytes -= value.length;
      firstSeq = next;
    }
    if (firstSeq !== head.firstSeq) void meta.put('head', { ...head, firstSeq, bytes } satisfies Head);
    return firstSeq - head.firstSeq;
  }

  private lookForOthers(): void {
    const { lastSeq, bytes } = this.head();
    this.keptBytes = bytes;
    if (this.flushing !== null || lastSeq <= this.flushedSeq) return;
    this.flushedSeq = lastSeq;
    for (const wake of this.wakes) wake();
  }

  private async onDisk(work: () => Promise<void>): Promise<void> {
    try {
      this.options.env.requireRoom(0, UPKEEP_RESERVE_BYTES);
      await work();
    } catch (cause) {
      throw new AppError(JOURNAL_ERRORS.disk, { reason: reasonOf(cause) }, cause);
    }
  }
}

/** lmdb-js reports a failed batch as an error that carries the first fault as a promise of its own. */
const reasonOf = (cause: unknown): string => (cause instanceof Error ? cause.message : String(cause));
