import type { Duplex } from 'node:stream';

/**
 * PUBACKs of one connection, written in one piece at the end of the turn in which their messages became durable. aedes
 * writes each by itself, which costs about as much as taking the message did.
 */
export class PubackBatch {
  #messageIds: number[] = [];
  #full = false;

  constructor(private readonly stream: Pick<Duplex, 'writable' | 'write' | 'once'>) {}

  /** False when the peer does not read: then aedes has to write this one, and wait for the peer. */
  add(messageId: number): boolean {
    if (this.#full || !this.stream.writable) return false;
    if (this.#messageIds.push(messageId) === 1) process.nextTick(() => this.#flush());
    return true;
  }

  #flush(): void {
    const messageIds = this.#messageIds;
    this.#messageIds = [];
    const bytes = Buffer.allocUnsafe(messageIds.length * 4);
    for (let i = 0; i < messageIds.length; i++) {
      bytes.writeUInt16BE(PUBACK_HEAD, i * 4);
      bytes.writeUInt16BE(messageIds[i]!, i * 4 + 2);
    }
    // A stream that was cut meanwhile takes nothing; its device sends again.
    if (!this.stream.writable || this.stream.write(bytes)) return;
    this.#full = true;
    this.stream.once('drain', () => (this.#full = false));
  }
}

/** Packet type 4, two bytes to come. */
const PUBACK_HEAD = 0x4002;
