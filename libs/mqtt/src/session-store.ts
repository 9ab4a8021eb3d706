import { Readable } from 'node:stream';
import { AppError } from '@anmai/kernel';
import { MQTT_ERRORS } from './errors';
import { RetainedStore } from './retained-store';
import type { RetainedLimits } from './retained-store';
import { commandTopic, filterMatches, maySubscribe } from './rights';
import { deviceOfSession, deviceOfTopic, Session } from './session';
import type { Qos2Ledger, QueuedPacket, StoredSubscription } from './session';

export interface SessionStoreLimits extends RetainedLimits {
  readonly awaySessionsPerDeviceMax: number;
  readonly offlineQueueMax: number;
  readonly offlineQueueBytesMax: number;
  readonly subscriptionsPerSessionMax: number;
}

/** What this store needs to know of an aedes client. Identity matters: see `ledgerOf`. */
export interface StoreClient {
  readonly id: string;
}
type Filtered = StoredSubscription & { readonly topic: string };
interface Match {
  readonly clientId: string;
  readonly topic: string;
  readonly qos: number;
}
interface Will {
  brokerId?: string;
  clientId?: string;
}

/**
 * The persistence aedes asks for, in memory, with a limit on everything it keeps. Sessions are found by the
 * device their topics name: devices subscribe below their own id only, so no topic trie is needed.
 */
export class SessionStore {
  readonly retained: RetainedStore;
  readonly #sessions = new Map<string, Session>();
  readonly #byDevice = new Map<string, Set<Session>>();
  readonly #ledgers = new WeakMap<object, Qos2Ledger>();
  readonly #wills = new Map<string, Will>();
  #brokerId = '';
  droppedOffline = 0;
  evictedSessions = 0;

  constructor(private readonly limits: SessionStoreLimits) {
    this.retained = new RetainedStore(limits);
  }

  async setup(broker: { readonly id: string }): Promise<void> {
    this.#brokerId = broker.id;
  }

  async destroy(): Promise<void> {}

  // --- sessions

  setOnline(clientId: string, online: boolean): void {
    const session = this.#sessions.get(clientId);
    if (session === undefined) return;
    session.online = online;
    if (online) return;
    // Away longest first: the set keeps the order in which its members were added.
    const peers = this.#byDevice.get(session.deviceId);
    peers?.delete(session);
    peers?.add(session);
    this.#evictAway(session.deviceId);
  }

  async addSubscriptions(client: StoreClient, subscriptions: readonly Filtered[]): Promise<void> {
    const session = this.#open(client.id);
    for (const { topic, qos, rh, rap, nl } of subscriptions) {
      // aedes hands in the whole SUBSCRIBE, refused filters included.
      if (!maySubscribe(session.deviceId, topic) || !this.subscriptionsLeft(client.id, topic)) continue;
      session.subscriptions.set(topic, { qos, rh, rap, nl });
    }
  }

  async removeSubscriptions(client: StoreClient, filters: readonly string[]): Promise<void> {
    const session = this.#sessions.get(client.id);
    for (const filter of filters) session?.subscriptions.delete(filter);
  }

  async subscriptionsByClient(client: StoreClient): Promise<Filtered[]> {
    const held = this.#sessions.get(client.id)?.subscriptions ?? new Map<string, StoredSubscription>();
    return [...held].map(([topic, subscription]) => ({ topic, ...subscription }));
  }

  /** A clean session begins: nothing of an earlier one with this client id may remain. */
  async cleanSubscriptions(client: StoreClient): Promise<void> {
    this.#drop(client.id);
  }

  /** May this session take this filter too? */
  subscriptionsLeft(clientId: string, filter: string): boolean {
    const held = this.#sessions.get(clientId)?.subscriptions;
    return held === undefined || held.has(filter) || held.size < this.limits.subscriptionsPerSessionMax;
  }

  async subscriptionsByTopic(topic: string): Promise<Match[]> {
    const sessions = this.#byDevice.get(deviceOfTopic(topic));
    if (sessions === undefined) return [];
    const matches: Match[] = [];
    for (const session of sessions) {
      for (const [filter, { qos }] of session.subscriptions) {
        if (qos === 0 || !filterMatches(filter, topic)) continue;
        matches.push({ clientId: session.clientId, topic: filter, qos });
        break;
      }
    }
    return matches;
  }

  async countOffline(): Promise<{ subsCount: number; clientsCount: number }> {
    let subsCount = 0;
    for (const session of this.#sessions.values()) subsCount += session.subscriptions.size;
    return { subsCount, clientsCount: this.#sessions.size };
  }

  getClientList(topic: string): Readable {
    const ids = [...this.#sessions.values()].filter(session => session.subscriptions.has(topic));
    return Readable.from(ids.map(session => session.clientId));
  }

  // --- messages towards a session

  async outgoingEnqueue(match: { readonly clientId: string }, packet: QueuedPacket): Promise<void> {
    return this.outgoingEnqueueCombi([match], packet);
  }

  /**
   * A full queue refuses a command (someone waits for it) and otherwise lets the oldest message go (counted).
   */
  async outgoingEnqueueCombi(
    matches: readonly { readonly clientId: string }[],
    packet: QueuedPacket,
  ): Promise<void> {
    const payload = Buffer.from(packet.payload ?? '');
    const sessions = matches.map(match => this.#open(match.clientId));
    const full = isCommand(packet)
      ? sessions.find(session => this.#isFull(session, payload.length))
      : undefined;
    if (full !== undefined) {
      throw new AppError(MQTT_ERRORS.queueFull, {
        queued: full.outgoing.length,
        session: full.clientId,
        max: this.limits.offlineQueueMax,
      });
    }
    for (const session of sessions) {
      while (this.#isFull(session, payload.length) && session.outgoing.length > 0) {
        session.removeAt(0);
        this.droppedOffline += 1;
      }
      session.push({ ...packet, payload, messageId: undefined });
    }
  }

  /**
   * Notes the message id under which a queued packet was sent, or puts the PUBREL in the place of its
   * publish.
   */
  async outgoingUpdate(client: StoreClient, packet: QueuedPacket): Promise<void> {
    const outgoing = this.#sessions.get(client.id)?.outgoing ?? [];
    for (const [index, queued] of outgoing.entries()) {
      if (queued.brokerId === packet.brokerId) {
        if (queued.brokerCounter !== packet.brokerCounter) continue;
        queued.messageId = packet.messageId;
        return;
      }
      if (queued.messageId !== packet.messageId) continue;
      outgoing[index] = packet;
      return;
    }
    throw new Error('no such packet');
  }

  async outgoingClearMessageId(client: StoreClient, packet: QueuedPacket): Promise<QueuedPacket | undefined> {
    // Without an id it is the second copy for overlapping filters: the first one is still to be sent, keep
    // it.
    if (packet.messageId === undefined) return undefined;
    const session = this.#sessions.get(client.id);
    const index = session?.outgoing.findIndex(queued => queued.messageId === packet.messageId) ?? -1;
    return index < 0 ? undefined : session?.removeAt(index);
  }

  outgoingStream(client: StoreClient): Readable {
    return Readable.from([...(this.#sessions.get(client.id)?.outgoing ?? [])]);
  }

  // --- QoS 2 messages from a client: only their ids, the payload is in the journal by then

  /**
   * The ledger of the session as this very connection knew it: when a clean session takes the client id over,
   * what its predecessor still has under way lands in the old ledger and cannot pass for a duplicate in the
   * new session.
   */
  ledgerOf(client: StoreClient): Qos2Ledger {
    const known = this.#ledgers.get(client);
    if (known !== undefined) return known;
    const { ledger } = this.#open(client.id);
    this.#ledgers.set(client, ledger);
    return ledger;
  }

  async incomingStorePacket(client: StoreClient, packet: QueuedPacket): Promise<void> {
    if (packet.messageId !== undefined) this.ledgerOf(client).stored.add(packet.messageId);
  }

  async incomingGetPacket(client: StoreClient, packet: QueuedPacket): Promise<QueuedPacket> {
    if (!this.ledgerOf(client).stored.has(packet.messageId ?? 0)) throw new Error('no such packet');
    return packet;
  }

  async incomingDelPacket(client: StoreClient, packet: QueuedPacket): Promise<void> {
    if (!this.ledgerOf(client).stored.delete(packet.messageId ?? 0)) throw new Error('no such packet');
  }

  /** aedes calls this when a clean session begins and when it ends. */
  async cleanIncoming(client: StoreClient): Promise<void> {
    this.#drop(client.id);
  }

  // --- retained messages and wills

  async storeRetained(packet: QueuedPacket): Promise<void> {
    this.retained.put(packet);
  }

  createRetainedStream(filter: string): Readable {
    return this.createRetainedStreamCombi([filter]);
  }

  createRetainedStreamCombi(filters: readonly string[]): Readable {
    return Readable.from(this.retained.matching(filters));
  }

  async putWill(client: StoreClient, will: Will): Promise<void> {
    will.brokerId = this.#brokerId;
    will.clientId = client.id;
    this.#wills.set(client.id, will);
  }

  async getWill(client: StoreClient): Promise<Will | undefined> {
    return this.#wills.get(client.id);
  }

  async delWill(client: StoreClient): Promise<Will | undefined> {
    const will = this.#wills.get(client.id);
    this.#wills.delete(client.id);
    return will;
  }

  /** Wills of other brokers that died: there are none, this store belongs to one process. */
  streamWill(): Readable {
    return Readable.from([]);
  }

  // ---

  #open(clientId: string): Session {
    const known = this.#sessions.get(clientId);
    if (known !== undefined) return known;
    const session = new Session(clientId, deviceOfSession(clientId));
    this.#sessions.set(clientId, session);
    const peers = this.#byDevice.get(session.deviceId);
    if (peers === undefined) this.#byDevice.set(session.deviceId, new Set([session]));
    else peers.add(session);
    return session;
  }

  #drop(clientId: string): void {
    const session = this.#sessions.get(clientId);
    if (session === undefined) return;
    this.#sessions.delete(clientId);
    const peers = this.#byDevice.get(session.deviceId);
    peers?.delete(session);
    if (peers?.size === 0) this.#byDevice.delete(session.deviceId);
  }

  #evictAway(deviceId: string): void {
    const away = [...(this.#byDevice.get(deviceId) ?? [])].filter(session => !session.online);
    for (const session of away) {
      if (session.isEmpty()) this.#drop(session.clientId);
    }
    const kept = away.filter(session => !session.isEmpty());
    for (const session of kept.slice(0, Math.max(0, kept.length - this.limits.awaySessionsPerDeviceMax))) {
      this.#drop(session.clientId);
      this.evictedSessions += 1;
    }
  }

  #isFull(session: Session, extraBytes: number): boolean {
    const { offlineQueueMax, offlineQueueBytesMax } = this.limits;
    return (
      session.outgoing.length >= offlineQueueMax || session.outgoingBytes + extraBytes > offlineQueueBytesMax
    );
  }
}

function isCommand({ topic = '' }: QueuedPacket): boolean {
  const command = commandTopic(deviceOfTopic(topic));
  return topic === command || topic.startsWith(`${command}/`);
}
