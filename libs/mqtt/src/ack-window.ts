interface Entry {
  readonly messageId: number;
  done: boolean;
}

/**
 * Messages under way on one connection. They may become durable in any order; their PUBACKs leave in the
 * order of arrival (MQTT 3.1.1, 4.6) and several at once.
 */
export class AckWindow {
  readonly #entries: Entry[] = [];
  #head = 0;
  #closed = false;

  constructor(private readonly send: (pubacks: Buffer) => void) {}

  get size(): number {
    return this.#entries.length - this.#head;
  }

  /** Takes the place of a message; call what it returns once the message is durable. */
  open(messageId: number): () => void {
    const entry: Entry = { messageId, done: false };
    this.#entries.push(entry);
    return () => {
      entry.done = true;
      this.#flush();
    };
  }

  /**
   * The connection is gone or must not be acknowledged on any more: what becomes durable now is sent again
   * anyway.
   */
  close(): void {
    this.#closed = true;
  }

  #flush(): void {
    if (this.#closed) return;
    const first = this.#head;
    while (this.#entries[this.#head]?.done === true) this.#head += 1;
    if (this.#head === first) return;
    this.send(Buffer.concat(this.#entries.slice(first, this.#head).map(entry => puback(entry.messageId))));
    if (this.#head < COMPACT_AT) return;
    this.#entries.splice(0, this.#head);
    this.#head = 0;
  }
}

/** Entries behind the head are cut off in lots: shifting each one would move the whole array every time. */
const COMPACT_AT = 256;

/** The same four bytes in MQTT 3.1.1 and 5 (where the reason, success, may be left out). */
function puback(messageId: number): Buffer {
  return Buffer.from([0x40, 2, messageId >> 8, messageId & 0xff]);
}
