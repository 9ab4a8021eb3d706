import type { Millis } from '@anmai/kernel';
import type { Draft, Entry, RecentCount, Told } from './entry';

/** Drafts of one `add` at most; a plan is far smaller. */
export const ADD_DRAFTS_MAX = 5_000;
/** Entries that go out together in one message at most. */
export const PARCEL_ENTRIES_MAX = 500;
/** Rows of one `deadLetters`, and keys of one `requeue`, at most. */
export const DEAD_LETTERS_MAX = 1_000;

export interface ClaimRequest {
  readonly now: Millis;
  readonly leaseMs: number;
  /** Parcels at most. */
  readonly limit: number;
  readonly channels: readonly string[];
}

/** What goes out as one message: one entry, or all that were held for the same person and channel. */
export interface Parcel {
  readonly id: string;
  /** Proves that one holds the lease; another one for each claim. */
  readonly lease: string;
  /** At least one; same recipient, channel, address, language, `held`, `attempts`. In the order in which they were added. */
  readonly entries: readonly Entry[];
}

export type Outcome =
  | { readonly kind: 'sent'; readonly at: Millis }
  | { readonly kind: 'failed'; readonly retryAt: Millis; readonly reason: string }
  | { readonly kind: 'dead'; readonly reason: string };

export interface OutboxCount {
  readonly channel: string;
  readonly state: Entry['state'];
  readonly count: number;
  /** Of those that may go out now or wait for their time, the earliest `nextAttemptAt`; null for sent and dead. */
  readonly oldestAt: Millis | null;
}

/**
 * Keeps every message until it is sent. Durable once a promise has resolved; rejects with a retryable AppError while out of
 * reach. Any number of processes use it at once; each call is one transaction of its own (in SQL: `for update skip locked`
 * in `claim`, `insert … on conflict (key) do nothing` in `add`, and `lease = $1` in the where clause of `settle`).
 */
export interface NotificationOutbox {
  /**
   * Adds what is new, all or none, and returns how many that were. A key that is there already, in whatever state, or twice
   * in the call, changes nothing. New entries are queued, with `nextAttemptAt` = `notBefore`. To lose nothing, the caller
   * does this before it forgets the change, or in the transaction that keeps the change. At most ADD_DRAFTS_MAX.
   */
  add(drafts: readonly Draft[], now: Millis): Promise<number>;
  /** Which of these keys are there, in whatever state. */
  known(keys: readonly string[]): Promise<ReadonlySet<string>>;
  /**
   * Hands out what is due, worst severity first, then what has waited longest, then in the order added; until the lease
   * runs out nobody else gets it, and `attempts` has gone up by one. Due is: queued or failed with `nextAttemptAt` <= now;
   * sending with a lease that ended at or before now (that process is gone; the message may be out already).
   *
   * An entry that was handed out before comes again with the same others and the same `id`. A held one that was not comes
   * together with all due ones of the same recipient, channel, address, language and `held` that were not either
   * (PARCEL_ENTRIES_MAX; the rest makes further parcels). Any other comes alone.
   *
   * An `end` waits while an entry added before it about the same subject, to the same recipient on the same channel, is
   * queued, failed or sending, unless that one goes out in the same parcel: nobody reads that something is over before
   * reading that it began.
   */
  claim(request: ClaimRequest): Promise<readonly Parcel[]>;
  /**
   * Notes what became of a parcel. False, and nothing is changed, when the lease is no longer this one: it ran out and the
   * parcel was handed out again, or it was settled already.
   */
  settle(parcel: Pick<Parcel, 'id' | 'lease'>, outcome: Outcome): Promise<boolean>;
  /** Those with an entry about it that is no `end` and not dead, each once; ordered by recipient and channel. */
  told(subjectId: string): Promise<readonly Told[]>;
  /** How many entries not held were added at or after `since`. */
  recentCounts(since: Millis): Promise<readonly RecentCount[]>;
  /** Given up, newest added first, `limit` (DEAD_LETTERS_MAX) at most. */
  deadLetters(limit: number): Promise<readonly Entry[]>;
  /** Dead ones become queued again, due at `now`, with no attempts; others stay as they are. Returns how many. */
  requeue(keys: readonly string[], now: Millis): Promise<number>;
  /** What there is, by channel and state. */
  counts(): Promise<readonly OutboxCount[]>;
  /**
   * Forgets entries sent before, `limit` at most, and returns how many. Nothing else is ever forgotten. Call it only for
   * what no replay can plan again.
   */
  trim(sentBefore: Millis, limit: number): Promise<number>;
}
