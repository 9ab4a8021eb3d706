import type { BodyCodec, JournalEntry, Seq } from '@anmai/journal';

/** One entry before it has a place. */
export interface Draft {
  readonly receivedAt: number;
  readonly bytes: Uint8Array;
}

const COUNT_BYTES = 4;
const HEAD_BYTES = 12; // receivedAt float64, length uint32

/** Bytes that an entry takes within its block. */
export const draftBytes = (draft: Draft): number => HEAD_BYTES + draft.bytes.length;

/** One group commit is one value: count, then for each entry time, length, bytes. Big-endian. */
export function encodeBlock(drafts: readonly Draft[]): Buffer {
  let size = COUNT_BYTES;
  for (const draft of drafts) size += draftBytes(draft);
  const block = Buffer.allocUnsafe(size);
  block.writeUInt32BE(drafts.length, 0);
  let at = COUNT_BYTES;
  for (const { receivedAt, bytes } of drafts) {
    block.writeDoubleBE(receivedAt, at);
    block.writeUInt32BE(bytes.length, at + 8);
    block.set(bytes, at + HEAD_BYTES);
    at += HEAD_BYTES + bytes.length;
  }
  return block;
}

/** How many entries a block holds, without reading them. */
export const blockCount = (block: Buffer): number => block.readUInt32BE(0);

/** `receivedAt` of the newest entry; blocks are never empty. */
export function blockReceivedAt(block: Buffer): number {
  let at = COUNT_BYTES;
  let receivedAt = 0;
  for (let i = blockCount(block); i > 0; i--) {
    receivedAt = block.readDoubleBE(at);
    at += HEAD_BYTES + block.readUInt32BE(at + 8);
  }
  return receivedAt;
}

/** Appends to `out` the entries of the block with seq > `after`, until `out` holds `limit`. */
export function decodeBlock<B>(
  block: Buffer,
  firstSeq: Seq,
  codec: BodyCodec<B>,
  after: Seq,
  limit: number,
  out: JournalEntry<B>[],
): void {
  const count = blockCount(block);
  let at = COUNT_BYTES;
  for (let i = 0; i < count && out.length < limit; i++) {
    const length = block.readUInt32BE(at + 8);
    const start = at + HEAD_BYTES;
    if (firstSeq + i > after) {
      const body = codec.decode(block.subarray(start, start + length));
      out.push({ seq: firstSeq + i, receivedAt: block.readDoubleBE(at), body });
    }
    at = start + length;
  }
}
