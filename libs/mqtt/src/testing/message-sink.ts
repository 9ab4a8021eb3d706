import type { IncomingMessage, OnMessage } from '../gateway.port';

interface Pending {
  readonly text: string;
  readonly resolve: () => void;
  readonly reject: (error: Error) => void;
}

/** Stands for the journal. `hold()` keeps messages from becoming durable until `release` or `fail`. */
export class MessageSink {
  /** `deviceId topic payload qN[ retain]` of each call, in order. */
  readonly seen: string[] = [];
  /** Payloads that became durable. */
  readonly stored: string[] = [];
  readonly pending: Pending[] = [];
  #holding = false;

  readonly onMessage: OnMessage = message => {
    const text = message.payload.toString();
    this.seen.push(describeMessage(message));
    return new Promise<void>((resolve, reject) => {
      const store = (): void => {
        this.stored.push(text);
        resolve();
      };
      if (this.#holding) this.pending.push({ text, resolve: store, reject });
      else store();
    });
  };

  hold(): void {
    this.#holding = true;
  }

  release(): void {
    this.#holding = false;
    for (const pending of this.pending.splice(0)) pending.resolve();
  }

  fail(): void {
    this.#holding = false;
    for (const pending of this.pending.splice(0)) pending.reject(new Error('disk full'));
  }
}

function describeMessage({ deviceId, topic, payload, qos, retain }: IncomingMessage): string {
  const text = payload.length > 100 ? `${payload.length} bytes` : payload.toString();
  return `${deviceId} ${topic} ${text} q${qos}${retain ? ' retain' : ''}`;
}
