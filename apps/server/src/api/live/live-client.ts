import type { Clock, Millis } from '@anmai/kernel';
import type { LiveEvent, LiveFeed, LiveWants } from '../ports';

/** The socket behind a client. `write` is false when its buffer is full; `onDrain` calls back when it has emptied. */
export interface LiveSink {
  write(text: string): boolean;
  onDrain(fn: () => void): void;
  destroy(): void;
}

export interface LiveClientOptions {
  readonly feed: LiveFeed;
  readonly wants: LiveWants;
  readonly maySee: (event: LiveEvent) => boolean;
  readonly sink: LiveSink;
  readonly clock: Clock;
  /** Events that wait in memory at most; more are fetched again from the feed once the socket drains. */
  readonly bufferEventsMax: number;
  /** A socket that takes nothing for so long belongs to a client that is too slow: it is cut. */
  readonly stallMsMax: number;
  readonly onCut: (why: string) => void;
}

/** Events that are fetched again from the feed in one go. */
const CATCH_UP_EVENTS = 200;

/**
 * One live stream. Publishing never waits for it: what the socket does not take waits in a bounded buffer; when that
 * is full the client falls back to the feed's memory and catches up from there; when the socket stands still it is cut.
 */
export class LiveClient {
  private waiting: LiveEvent[] = [];
  private lastId: string;
  private isBehind: boolean;
  private blockedSince: Millis | null = null;
  private isClosed = false;
  private readonly unsubscribe: () => void;

  /** `lastEventId`: what the client had seen; null: it starts now. */
  constructor(
    private readonly options: LiveClientOptions,
    lastEventId: string | null,
  ) {
    this.lastId = lastEventId ?? options.feed.lastId();
    this.isBehind = lastEventId !== null;
    this.unsubscribe = options.feed.subscribe(options.wants, event => this.take(event));
    options.sink.onDrain(() => this.drained());
    this.pump();
  }

  /** A line that is no event: heartbeat and health. Left out while the socket is full. */
  aside(text: string): void {
    if (!this.isClosed && this.blockedSince === null) this.write(text);
  }

  /** Called at each heartbeat. */
  checkStall(): void {
    if (this.isClosed || this.blockedSince === null) return;
    const stalledMs = this.options.clock.now() - this.blockedSince;
    if (stalledMs >= this.options.stallMsMax) this.cut(`took nothing for ${stalledMs} ms`);
  }

  close(): void {
    if (this.isClosed) return;
    this.isClosed = true;
    this.unsubscribe();
    this.waiting = [];
  }

  private take(event: LiveEvent): void {
    if (this.isClosed || this.isBehind || !this.options.maySee(event)) return;
    if (this.blockedSince === null) return this.send(event);
    if (this.waiting.length < this.options.bufferEventsMax) {
      this.waiting.push(event);
      return;
    }
    this.waiting = [];
    this.isBehind = true;
  }

  private drained(): void {
    this.blockedSince = null;
    this.pump();
  }

  private pump(): void {
    while (!this.isClosed && this.blockedSince === null) {
      const event = this.waiting.shift();
      if (event !== undefined) this.send(event);
      else if (!this.isBehind || !this.catchUp()) return;
    }
  }

  /** Puts what was missed into the buffer; false when there is nothing more. */
  private catchUp(): boolean {
    const { feed, wants, maySee } = this.options;
    const missed = feed.since(this.lastId, wants, CATCH_UP_EVENTS);
    if (missed === 'reset') {
      this.lastId = feed.lastId();
      this.isBehind = false;
      this.write(frame('reset', this.lastId, { why: 'events since the last one seen are no longer kept' }));
      return false;
    }
    const last = missed.at(-1);
    if (last === undefined) {
      this.isBehind = false;
      return false;
    }
    this.waiting = missed.filter(maySee);
    // What it may not see is passed over, and must not be fetched again.
    if (this.waiting.at(-1) !== last) this.passOver(last.id);
    return true;
  }

  private passOver(id: string): void {
    if (this.waiting.length === 0) this.lastId = id;
  }

  private send(event: LiveEvent): void {
    this.lastId = event.id;
    this.write(frame(event.name, event.id, event.data));
  }

  private write(text: string): void {
    if (this.isClosed) return;
    if (!this.options.sink.write(text)) this.blockedSince ??= this.options.clock.now();
  }

  private cut(why: string): void {
    this.close();
    this.options.sink.destroy();
    this.options.onCut(why);
  }
}

/** One server-sent event. JSON has no raw line breaks, so `data` is one line. */
export const frame = (name: string, id: string | null, data: unknown): string =>
  `event: ${name}\n${id === null ? '' : `id: ${id}\n`}data: ${JSON.stringify(data)}\n\n`;
