import { invariant, type Millis } from '@anmai/kernel';
import { encodeMessage } from './feed/encode';
import type { FeedItem, FeedMessage, FeedRecord } from './feed/feed';
import { TimeHeap } from './feed/time-heap';
import { randomOf, type Random } from './random';

/** What can be done to a sound feed. Rates are shares of messages, 0 to 1; absent or 0: not done. */
export interface FaultOptions {
  readonly seed?: number;
  /** The message never leaves. */
  readonly drop?: number;
  /** The message leaves twice. */
  readonly duplicate?: number;
  /** The message leaves after the device's next one. */
  readonly reorder?: number;
  /** The message leaves late, its device time unchanged. */
  readonly delay?: number;
  /** Longest delay. Default 60,000. */
  readonly delayMsMax?: number;
  /** Share of devices with a wrong clock. */
  readonly skew?: number;
  /** Largest error of such a clock, either way. Default 600,000. */
  readonly skewMsMax?: number;
  /** A channel begins to repeat one value. */
  readonly stuck?: number;
  /** For how many messages it does. Default 20. */
  readonly stuckMessages?: number;
  /** A value is no number: `NaN` as bare word or as text. */
  readonly nan?: number;
  /** The payload is no JSON: cut short, emptied, or with broken bytes in it. */
  readonly malformed?: number;
  /** All connections break at once, this many times an hour of the feed. */
  readonly stormsPerHour?: number;
}

export const FAULT_KINDS = [
  'drop',
  'duplicate',
  'reorder',
  'delay',
  'skew',
  'stuck',
  'nan',
  'malformed',
  'storm',
] as const;
export type FaultKind = (typeof FAULT_KINDS)[number];
/** How many messages each fault touched (storms: how many there were). */
export type FaultCounts = Record<FaultKind, number>;

/** Late messages held at most. At the limit the earliest leaves sooner than it should; none is lost. */
export const HELD_MESSAGES_MAX = 10_000;

const DEFAULTS = { delayMsMax: 60_000, skewMsMax: 600_000, stuckMessages: 20 };
const HOUR_MS = 3_600_000;

/** `options` with a fault: what is wrong, by key. Empty: they can be used. */
export function faultOptionFaults(options: FaultOptions): string[] {
  const wrong: string[] = [];
  const rates = ['drop', 'duplicate', 'reorder', 'delay', 'skew', 'stuck', 'nan', 'malformed'] as const;
  for (const key of rates) {
    const rate = options[key] ?? 0;
    if (!(rate >= 0 && rate <= 1)) wrong.push(`${key}: ${rate} is not a share between 0 and 1`);
  }
  for (const key of ['delayMsMax', 'skewMsMax', 'stuckMessages', 'stormsPerHour'] as const) {
    const value = options[key] ?? 0;
    if (!(value >= 0 && Number.isFinite(value))) wrong.push(`${key}: ${value} is not a number from 0 up`);
  }
  return wrong;
}

/**
 * Spoils a feed: push items in, get what leaves. Same options and feed, same faults. Each fault draws from a stream
 * of its own, so switching one on does not move the others. No clock: lateness is in the items' `sendAt`.
 */
export class FaultInjector {
  readonly counts: FaultCounts = Object.fromEntries(FAULT_KINDS.map(kind => [kind, 0])) as FaultCounts;
  private readonly draws = new Map<FaultKind, Random>();
  private readonly seed: number;
  private readonly skewMs = new Map<string, number>();
  private readonly stuck = new Map<string, { value: FeedRecord['value']; left: number }>();
  private readonly swapped = new Map<string, FeedMessage>();
  private readonly held = new TimeHeap<FeedMessage>();
  private readonly deviceIds = new Set<string>();
  private nextStormAt: Millis | null = null;

  constructor(private readonly options: FaultOptions) {
    const wrong = faultOptionFaults(options);
    invariant(wrong.length === 0, wrong.join('; '));
    this.seed = options.seed ?? 1;
  }

  /** What leaves now, in order: late ones that are due first. */
  push(item: FeedItem): FeedItem[] {
    const out: FeedItem[] = this.due(item.sendAt);
    if (item.kind === 'break') return [...out, item];
    this.deviceIds.add(item.deviceId);
    out.push(...this.storm(item.sendAt));
    if (this.strikes('drop')) return out;
    const spoilt = this.spoilPayload(this.spoilValues(this.withClock(item)));
    for (const each of this.inOrder(spoilt)) out.push(...this.late(each));
    return out;
  }

  /** What is still held, at the end of the feed. */
  flush(): FeedItem[] {
    const rest = [...this.swapped.values()];
    this.swapped.clear();
    return [...this.due(Infinity), ...rest];
  }

  /** One fault's decision; counts when it strikes. Draws only when its rate is above 0. */
  private strikes(kind: Exclude<FaultKind, 'skew' | 'storm'>): boolean {
    const rate = this.options[kind] ?? 0;
    if (rate === 0 || !this.random(kind).chance(rate)) return false;
    this.counts[kind] += 1;
    return true;
  }

  private random(kind: FaultKind): Random {
    const known = this.draws.get(kind);
    if (known !== undefined) return known;
    const made = randomOf(this.seed, 'fault', kind);
    this.draws.set(kind, made);
    return made;
  }

  private withClock(message: FeedMessage): FeedMessage {
    const skewMs = this.skewOf(message.deviceId);
    if (skewMs === 0) return message;
    this.counts.skew += 1;
    return { ...message, records: message.records.map(each => ({ ...each, at: each.at + skewMs })) };
  }

  private skewOf(deviceId: string): number {
    const share = this.options.skew ?? 0;
    if (share === 0) return 0;
    const known = this.skewMs.get(deviceId);
    if (known !== undefined) return known;
    const random = randomOf(this.seed, 'fault', 'skew', deviceId);
    const most = this.options.skewMsMax ?? DEFAULTS.skewMsMax;
    const skewMs = random.chance(share) ? Math.round(random.between(-most, most)) : 0;
    this.skewMs.set(deviceId, skewMs);
    return skewMs;
  }

  private spoilValues(message: FeedMessage): FeedMessage {
    if ((this.options.stuck ?? 0) === 0 && (this.options.nan ?? 0) === 0) return message;
    const records = message.records.map(each => this.asStuck(message.deviceId, each));
    if (records.length > 0 && this.strikes('nan')) {
      const index = this.random('nan').whole(0, records.length - 1);
      const bare = this.random('nan').chance(0.5);
      const record = records[index];
      if (record !== undefined) records[index] = { ...record, value: bare ? NaN : 'NaN' };
    }
    return { ...message, records };
  }

  /** The rate is by message and channel: the start of a stuck run. Counted by value repeated. */
  private asStuck(deviceId: string, record: FeedRecord): FeedRecord {
    const rate = this.options.stuck ?? 0;
    if (rate === 0) return record;
    const key = `${deviceId}/${record.channel}`;
    const run = this.stuck.get(key);
    if (run !== undefined && run.left > 0) {
      run.left -= 1;
      this.counts.stuck += 1;
      return { ...record, value: run.value };
    }
    if (this.random('stuck').chance(rate)) {
      this.stuck.set(key, {
        value: record.value,
        left: this.options.stuckMessages ?? DEFAULTS.stuckMessages,
      });
    }
    return record;
  }

  private spoilPayload(message: FeedMessage): FeedMessage {
    if (!this.strikes('malformed')) return message;
    const random = this.random('malformed');
    const text = encodeMessage(message);
    const cut = text.slice(0, random.whole(1, Math.max(1, text.length - 1)));
    const raw = random.pick([cut, '', `${cut}\u0000\ufffd`, `{"ts":${message.sendAt},"values":`]);
    return { ...message, raw };
  }

  /** Reordering within the device: the message waits for the next one and leaves behind it. Then duplicates. */
  private inOrder(message: FeedMessage): FeedMessage[] {
    const waiting = this.swapped.get(message.deviceId);
    this.swapped.delete(message.deviceId);
    if (waiting === undefined && this.strikes('reorder')) {
      this.swapped.set(message.deviceId, message);
      return [];
    }
    const out = this.strikes('duplicate') ? [message, message] : [message];
    if (waiting !== undefined) out.push({ ...waiting, sendAt: message.sendAt });
    return out;
  }

  private late(message: FeedMessage): FeedMessage[] {
    if (!this.strikes('delay')) return [message];
    const most = this.options.delayMsMax ?? DEFAULTS.delayMsMax;
    const sendAt = message.sendAt + this.random('delay').whole(1, Math.max(1, most));
    this.held.push(sendAt, { ...message, sendAt });
    const early = this.held.size > HELD_MESSAGES_MAX ? this.held.pop() : undefined;
    return early === undefined ? [] : [{ ...early, sendAt: message.sendAt }];
  }

  private due(until: Millis): FeedMessage[] {
    const out: FeedMessage[] = [];
    for (let at = this.held.peekAt(); at !== null && at <= until; at = this.held.peekAt()) {
      const message = this.held.pop();
      if (message !== undefined) out.push(message);
    }
    return out;
  }

  private storm(now: Millis): FeedItem[] {
    const perHour = this.options.stormsPerHour ?? 0;
    if (perHour === 0) return [];
    const random = this.random('storm');
    const gap = (): number => (HOUR_MS / perHour) * random.between(0.5, 1.5);
    this.nextStormAt ??= now + gap();
    if (now < this.nextStormAt) return [];
    this.nextStormAt = now + gap();
    this.counts.storm += 1;
    return [{ kind: 'break', sendAt: now, deviceIds: [...this.deviceIds] }];
  }
}
