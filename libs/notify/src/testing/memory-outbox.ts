import { severityRank } from '@anmai/catalog';
import { invariant, type Millis } from '@anmai/kernel';
import { parcelIdOf, type Draft, type Entry, type RecentCount, type Told } from '../outbox/entry';
import {
  ADD_DRAFTS_MAX,
  DEAD_LETTERS_MAX,
  PARCEL_ENTRIES_MAX,
  type ClaimRequest,
  type NotificationOutbox,
  type Outcome,
  type OutboxCount,
  type Parcel,
} from '../outbox/notification-outbox.port';

interface Row extends Entry {
  readonly seq: number;
  readonly lease: string | null;
  readonly leaseUntil: Millis;
}

/** The outbox as other tests lean on it: forgets all when the process ends. */
export class MemoryOutbox implements NotificationOutbox {
  readonly #rows = new Map<string, Row>();
  #seq = 0;
  #lease = 0;

  async add(drafts: readonly Draft[], now: Millis): Promise<number> {
    invariant(drafts.length <= ADD_DRAFTS_MAX, `${drafts.length} drafts at once`);
    const before = this.#rows.size;
    for (const draft of drafts)
      if (!this.#rows.has(draft.key)) this.#rows.set(draft.key, this.#fresh(draft, now));
    return this.#rows.size - before;
  }

  async known(keys: readonly string[]): Promise<ReadonlySet<string>> {
    return new Set(keys.filter(key => this.#rows.has(key)));
  }

  async claim(request: ClaimRequest): Promise<readonly Parcel[]> {
    const parcels: Parcel[] = [];
    for (const first of this.#due(request)) {
      if (parcels.length >= request.limit) break;
      // Taken by a parcel of this very call.
      if (!isDue(this.#row(first.key), request.now)) continue;
      parcels.push(this.#handOut(this.#companions(first, request.now), request));
    }
    return parcels;
  }

  async settle(parcel: Pick<Parcel, 'id' | 'lease'>, outcome: Outcome): Promise<boolean> {
    const rows = [...this.#rows.values()].filter(
      row => row.lease === parcel.lease && row.parcelId === parcel.id,
    );
    for (const row of rows) this.#rows.set(row.key, { ...row, lease: null, ...settled(outcome) });
    return rows.length > 0;
  }

  async told(subjectId: string): Promise<readonly Told[]> {
    const rows = [...this.#rows.values()].filter(
      row => row.notice.subjectId === subjectId && row.notice.kind !== 'end' && row.state !== 'dead',
    );
    const each = new Map(rows.map(row => [`${row.recipientId}\n${row.channel}`, row]));
    return [...each]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([, { recipientId, channel }]) => ({ recipientId, channel }));
  }

  async recentCounts(since: Millis): Promise<readonly RecentCount[]> {
    const counts = new Map<string, RecentCount>();
    for (const row of this.#rows.values()) {
      if (row.held !== null || row.addedAt < since) continue;
      const { recipientId, channel, notice } = row;
      const key = [recipientId, channel, notice.severity].join('\n');
      const count = (counts.get(key)?.count ?? 0) + 1;
      counts.set(key, { recipientId, channel, severity: notice.severity, count });
    }
    return [...counts.values()];
  }

  async deadLetters(limit: number): Promise<readonly Entry[]> {
    return [...this.#rows.values()]
      .filter(row => row.state === 'dead')
      .sort((a, b) => b.seq - a.seq)
      .slice(0, Math.min(limit, DEAD_LETTERS_MAX))
      .map(entryOf);
  }

  async requeue(keys: readonly string[], now: Millis): Promise<number> {
    const dead = keys.map(key => this.#rows.get(key)).filter(row => row?.state === 'dead');
    for (const row of dead)
      if (row !== undefined)
        this.#rows.set(row.key, { ...row, state: 'queued', attempts: 0, parcelId: null, nextAttemptAt: now });
    return dead.length;
  }

  async counts(): Promise<readonly OutboxCount[]> {
    const groups = new Map<string, Row[]>();
    for (const row of this.#rows.values()) {
      const key = `${row.channel}\n${row.state}`;
      groups.set(key, [...(groups.get(key) ?? []), row]);
    }
    return [...groups.values()].flatMap(rows => {
      const first = rows[0];
      if (first === undefined) return [];
      const waits =
        first.state === 'sent' || first.state === 'dead' ? [] : rows.map(row => row.nextAttemptAt);
      const oldestAt = waits.length === 0 ? null : Math.min(...waits);
      return [{ channel: first.channel, state: first.state, count: rows.length, oldestAt }];
    });
  }

  async trim(sentBefore: Millis, limit: number): Promise<number> {
    const old = [...this.#rows.values()]
      .filter(row => row.state === 'sent' && (row.sentAt ?? Infinity) < sentBefore)
      .slice(0, limit);
    for (const row of old) this.#rows.delete(row.key);
    return old.length;
  }

  #fresh(draft: Draft, now: Millis): Row {
    return {
      // As a real store would: what the caller does to its objects afterwards changes nothing here.
      ...structuredClone(draft),
      seq: ++this.#seq,
      state: 'queued',
      attempts: 0,
      parcelId: null,
      addedAt: now,
      nextAttemptAt: draft.notBefore,
      sentAt: null,
      reason: null,
      lease: null,
      leaseUntil: 0,
    };
  }

  #row(key: string): Row {
    const row = this.#rows.get(key);
    invariant(row !== undefined, `no entry ${key}`);
    return row;
  }

  #due({ now, channels }: ClaimRequest): Row[] {
    return [...this.#rows.values()]
      .filter(row => channels.includes(row.channel) && isDue(row, now) && this.#before(row).length === 0)
      .sort(
        (a, b) =>
          severityRank(b.notice.severity) - severityRank(a.notice.severity) ||
          a.nextAttemptAt - b.nextAttemptAt ||
          a.seq - b.seq,
      );
  }

  /** What must be out before it: of the end of something all that was said before. */
  #before(row: Row): Row[] {
    if (row.notice.kind !== 'end') return [];
    return [...this.#rows.values()].filter(
      other =>
        other.seq < row.seq &&
        other.notice.subjectId === row.notice.subjectId &&
        other.recipientId === row.recipientId &&
        other.channel === row.channel &&
        ['queued', 'failed', 'sending'].includes(other.state),
    );
  }

  /** Those that go out with it, itself included. */
  #companions(row: Row, now: Millis): Row[] {
    if (row.parcelId !== null)
      return [...this.#rows.values()].filter(other => other.parcelId === row.parcelId);
    if (row.held === null) return [row];
    const fits = [...this.#rows.values()].filter(
      other => other.parcelId === null && isDue(other, now) && groupOf(other) === groupOf(row),
    );
    const parcel: Row[] = [];
    for (const other of fits.sort((a, b) => a.seq - b.seq))
      if (this.#before(other).every(each => parcel.includes(each))) parcel.push(other);
    // The one that is due must be among them, whatever else is.
    const others = parcel.filter(other => other !== row).slice(0, PARCEL_ENTRIES_MAX - 1);
    return [row, ...others].sort((a, b) => a.seq - b.seq);
  }

  #handOut(rows: readonly Row[], { now, leaseMs }: ClaimRequest): Parcel {
    const id = rows[0]?.parcelId ?? parcelIdOf(rows.map(row => row.key));
    const lease = `lease-${++this.#lease}`;
    for (const row of rows)
      this.#rows.set(row.key, {
        ...row,
        state: 'sending',
        attempts: row.attempts + 1,
        parcelId: id,
        lease,
        leaseUntil: now + leaseMs,
      });
    return { id, lease, entries: rows.map(row => entryOf(this.#row(row.key))) };
  }
}

const groupOf = (row: Row): string =>
  [row.recipientId, row.channel, row.address, row.language, row.held ?? ''].join('\n');

function isDue(row: Row, now: Millis): boolean {
  return dueAt(row).some(at => at <= now);
}

function dueAt(row: Row): Millis[] {
  if (row.state === 'queued' || row.state === 'failed') return [row.nextAttemptAt];
  return row.state === 'sending' ? [row.leaseUntil] : [];
}

function settled(outcome: Outcome): Partial<Row> {
  switch (outcome.kind) {
    case 'sent':
      return { state: 'sent', sentAt: outcome.at };
    case 'failed':
      return { state: 'failed', nextAttemptAt: outcome.retryAt, reason: outcome.reason };
    case 'dead':
      return { state: 'dead', reason: outcome.reason };
  }
}

function entryOf(row: Row): Entry {
  const { seq: _seq, lease: _lease, leaseUntil: _until, ...entry } = row;
  return structuredClone(entry);
}
