import type { Duplex } from 'node:stream';

const LENGTH_BYTES_MAX = 4;
/** What a PUBLISH needs besides its payload: topic (with its length) and message id. */
export const PUBLISH_OVERHEAD_BYTES_MAX = 1_024 + 4;

/**
 * Follows the packet boundaries of an MQTT stream and finds a packet that declares more bytes than allowed.
 * It sees the declared length in the first five bytes, long before the rest has arrived.
 */
export class FrameGuard {
  #bodyLeft = 0;
  /** -1: the next byte starts a packet; otherwise the number of length bytes read so far. */
  #lengthBytes = -1;
  #length = 0;
  #first = true;

  constructor(
    private readonly firstBytesMax: number,
    private readonly laterBytesMax: number,
  ) {}

  /**
   * Declared length of the first packet in this chunk that is too large, or 0. Malformed lengths are left to
   * aedes.
   */
  scan(chunk: Uint8Array): number {
    let at = 0;
    while (at < chunk.length) {
      if (this.#bodyLeft > 0) {
        const step = Math.min(this.#bodyLeft, chunk.length - at);
        this.#bodyLeft -= step;
        at += step;
        continue;
      }
      const byte = chunk[at++] ?? 0;
      if (this.#lengthBytes < 0) {
        this.#lengthBytes = 0;
        this.#length = 0;
        continue;
      }
      this.#length += (byte & 0x7f) << (7 * this.#lengthBytes);
      this.#lengthBytes += 1;
      if (byte >= 0x80 && this.#lengthBytes < LENGTH_BYTES_MAX) continue;
      if (this.#length > (this.#first ? this.firstBytesMax : this.laterBytesMax)) return this.#length;
      this.#first = false;
      this.#bodyLeft = this.#length;
      this.#lengthBytes = -1;
    }
    return 0;
  }
}

/**
 * Puts a guard in front of whoever reads `stream`. Wrapping `read` instead of piping through a Transform
 * keeps the bytes where they are: one pass over the packet headers, no copy, no further queue.
 */
export function guardFrames(stream: Duplex, guard: FrameGuard, onTooLarge: (bytes: number) => void): void {
  const read = stream.read.bind(stream) as (size?: number) => unknown;
  let refused = false;
  stream.read = (size?: number): unknown => {
    if (refused) return null;
    const chunk = read(size);
    if (!(chunk instanceof Uint8Array)) return chunk;
    const bytes = guard.scan(chunk);
    if (bytes === 0) return chunk;
    refused = true;
    stream.destroy();
    onTooLarge(bytes);
    return null;
  };
}
