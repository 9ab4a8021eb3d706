import { filterMatches } from './rights';
import { deviceOfTopic } from './session';
import type { QueuedPacket } from './session';

export interface RetainedLimits {
  readonly retainedMax: number;
  readonly retainedPayloadBytesMax: number;
}

/**
 * The last retained message of each topic, in memory, found by device: a subscription looks at its own device
 * only.
 */
export class RetainedStore {
  readonly #byDevice = new Map<string, Map<string, QueuedPacket>>();
  #count = 0;
  dropped = 0;

  constructor(private readonly limits: RetainedLimits) {}

  /** Why this message could not be kept, or null. */
  refusal(topic: string, payloadBytes: number): string | null {
    if (payloadBytes === 0) return null;
    const { retainedMax, retainedPayloadBytesMax } = this.limits;
    if (payloadBytes > retainedPayloadBytesMax) {
      return `${payloadBytes} bytes, at most ${retainedPayloadBytesMax}`;
    }
    const known = this.#byDevice.get(deviceOfTopic(topic))?.has(topic) === true;
    return known || this.#count < retainedMax ? null : `${this.#count} are kept, at most ${retainedMax}`;
  }

  put(packet: QueuedPacket): void {
    const topic = packet.topic ?? '';
    const payload = Buffer.from(packet.payload ?? '');
    const device = deviceOfTopic(topic);
    const topics = this.#byDevice.get(device);
    if (payload.length === 0) {
      if (topics?.delete(topic) === true) this.#count -= 1;
      if (topics?.size === 0) this.#byDevice.delete(device);
      return;
    }
    if (this.refusal(topic, payload.length) !== null) {
      this.dropped += 1;
      return;
    }
    if (topics?.has(topic) !== true) this.#count += 1;
    const kept = { ...packet, payload };
    if (topics === undefined) this.#byDevice.set(device, new Map([[topic, kept]]));
    else topics.set(topic, kept);
  }

  *matching(filters: readonly string[]): Generator<QueuedPacket> {
    for (const filter of filters) {
      for (const [topic, packet] of this.#byDevice.get(deviceOfTopic(filter)) ?? []) {
        if (filterMatches(filter, topic)) yield packet;
      }
    }
  }
}
