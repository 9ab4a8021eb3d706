import type { Readable } from 'node:stream';

/** Bytes of the largest file of any kind; a store need not take more. */
export const FILE_BYTES_MAX = 100 * 1024 ** 2;

/** Lower-case hex of a SHA-256: the name of the content, and of the file. */
export const SHA256_PATTERN = /^[0-9a-f]{64}$/;

export interface StoredFile {
  readonly sha256: string;
  readonly bytes: number;
}

export interface PutOptions {
  /** What the bytes must hash to; others are removed and refused (FIL-001). Absent: whatever it is. */
  readonly sha256?: string;
  /** Default FILE_BYTES_MAX; more is refused (FIL-004). */
  readonly bytesMax?: number;
}

/** Where in a file, half-open in bytes. */
export interface ByteRange {
  readonly from: number;
  readonly to: number;
}

/**
 * Content by its SHA-256. What is in never changes, so there is no way to edit and no way to overwrite.
 * Rejects with FIL-005 without room and FIL-006 out of reach, both retryable; nothing is half there then.
 */
export interface FileStore {
  /** Durable once resolved. The same content again changes nothing and answers the same. */
  put(content: AsyncIterable<Uint8Array>, options?: PutOptions): Promise<StoredFile>;
  /** null: not here. The stream may be left unread; destroy it then. */
  get(sha256: string, range?: ByteRange): Promise<Readable | null>;
  /** null: not here. */
  has(sha256: string): Promise<StoredFile | null>;
}
