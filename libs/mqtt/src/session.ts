/** What aedes hands to and wants back from its persistence; a publish, or the PUBREL that took its place. */
export interface QueuedPacket {
  readonly cmd?: string;
  readonly brokerId?: string;
  readonly brokerCounter?: number;
  readonly topic?: string;
  readonly payload?: Buffer | string;
  readonly qos?: number;
  readonly retain?: boolean;
  messageId?: number | undefined;
}

export interface StoredSubscription {
  readonly qos: number;
  readonly rh?: number | undefined;
  readonly rap?: boolean | undefined;
  readonly nl?: boolean | undefined;
}

/**
 * QoS 2 message ids of one session: `stored` until PUBREL, `pending` until durable, with who waits for that.
 */
export class Qos2Ledger {
  readonly stored = new Set<number>();
  readonly pending = new Map<number, ((error: Error | null) => void)[]>();
}

/** The state MQTT keeps for one client id, between connections too when it asked for that. */
export class Session {
  readonly subscriptions = new Map<string, StoredSubscription>();
  readonly outgoing: QueuedPacket[] = [];
  outgoingBytes = 0;
  readonly ledger = new Qos2Ledger();
  online = true;

  constructor(
    readonly clientId: string,
    readonly deviceId: string,
  ) {}

  isEmpty(): boolean {
    const { stored, pending } = this.ledger;
    return this.subscriptions.size + this.outgoing.length + stored.size + pending.size === 0;
  }

  push(packet: QueuedPacket): void {
    this.outgoing.push(packet);
    this.outgoingBytes += packet.payload?.length ?? 0;
  }

  removeAt(index: number): QueuedPacket | undefined {
    const [packet] = this.outgoing.splice(index, 1);
    this.outgoingBytes -= packet?.payload?.length ?? 0;
    return packet;
  }
}

const SEPARATOR = ':';
/** Client ids are separate name spaces per device, so no device can take over the session of another. */
export const sessionId = (deviceId: string, clientId: string): string => deviceId + SEPARATOR + clientId;
export const deviceOfSession = (id: string): string => {
  const end = id.indexOf(SEPARATOR);
  return end < 0 ? id : id.slice(0, end);
};

const DEVICE_START = 'anmai/v1/'.length;
/** The device a topic or filter belongs to; '' when it is none of ours (`$SYS/…`). */
export function deviceOfTopic(topic: string): string {
  if (!topic.startsWith('anmai/v1/')) return '';
  const end = topic.indexOf('/', DEVICE_START);
  return end < 0 ? '' : topic.slice(DEVICE_START, end);
}
