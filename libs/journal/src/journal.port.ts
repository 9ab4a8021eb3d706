import type { Millis } from '@anmai/kernel';

/** Position in the journal: 1, 2, 3 … without holes. 0 stands before the first entry. */
export type Seq = number;

/** One entry. `receivedAt` is the only clock that rules may see; it never runs backwards along `seq`. */
export interface JournalEntry<B> {
  readonly seq: Seq;
  readonly receivedAt: Millis;
  readonly body: B;
}

/** Turns bodies into bytes and back. `decode(encode(b))` deep-equals `b`. */
export interface BodyCodec<B> {
  encode(body: B): Uint8Array;
  decode(bytes: Uint8Array): B;
}

export interface JournalLimits {
  /** Entries older than this may go once every reader has passed them. */
  readonly ageMsMax: number;
  /** Bytes kept at most. Reached with unread entries only: `append` is refused, nothing is lost. */
  readonly bytesMax: number;
}

export interface JournalStats {
  readonly firstSeq: Seq;
  readonly lastSeq: Seq;
  readonly bytes: number;
}

/**
 * The durable, ordered record of all that came in. One writer at a time appends; any number of named readers
 * follow it, each with its own checkpoint. Owned by `gateway` (append), `archiver` and `monitor` (read).
 */
export interface Journal<B> {
  /**
   * Resolves with the entry's position once it is flushed to disk; only then may a PUBACK leave.
   * Rejects with JRN-001 (full; retryable) or JRN-002 (disk fault; retryable); then nothing was kept.
   */
  append(receivedAt: Millis, body: B): Promise<Seq>;
  /** Flushed entries with seq > `after`, ascending, at most `limit`. Rejects with JRN-003 when they were trimmed. */
  read(after: Seq, limit: number): readonly JournalEntry<B>[];
  /** Calls back (coalesced, without payload) after new entries were flushed. Returns the way to stop it. */
  onAppended(wake: () => void): () => void;
  /** How far a reader has come, with what it wants to find again; `{ seq: 0, memo: null }` at first. */
  checkpoint(reader: string): Checkpoint;
  /** Durable once resolved. `seq` never goes back. */
  saveCheckpoint(reader: string, checkpoint: Checkpoint): Promise<void>;
  /**
   * Drops the oldest entries that every one of `readers` has passed, when too old or when there are too many bytes.
   * Returns how many went.
   */
  trim(readers: readonly string[], now: Millis, limits: JournalLimits): Promise<number>;
  stats(): JournalStats;
  close(): Promise<void>;
}

export interface Checkpoint {
  readonly seq: Seq;
  /** Small JSON text of the reader's own, stored in the same transaction. */
  readonly memo: string | null;
}
