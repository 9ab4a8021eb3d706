import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { AppError } from '@anmai/kernel';
import { FILE_ERRORS } from '../errors';
import {
  FILE_BYTES_MAX,
  type ByteRange,
  type FileStore,
  type PutOptions,
  type StoredFile,
} from '../file-store.port';

/** For tests. `isFull` plays a disk without room. */
export class MemoryFileStore implements FileStore {
  isFull = false;
  private readonly files = new Map<string, Buffer>();

  async put(content: AsyncIterable<Uint8Array>, options: PutOptions = {}): Promise<StoredFile> {
    const chunks: Uint8Array[] = [];
    for await (const chunk of content) chunks.push(chunk);
    const bytes = Buffer.concat(chunks);
    const max = options.bytesMax ?? FILE_BYTES_MAX;
    if (bytes.length > max) throw new AppError(FILE_ERRORS.tooLarge, { what: 'a file', max });
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    const expected = options.sha256 ?? sha256;
    if (expected !== sha256) throw new AppError(FILE_ERRORS.hashDiffers, { got: sha256, expected });
    if (this.isFull) throw new AppError(FILE_ERRORS.noRoom);
    this.files.set(sha256, bytes);
    return { sha256, bytes: bytes.length };
  }

  async get(sha256: string, range?: ByteRange): Promise<Readable | null> {
    const bytes = this.files.get(sha256);
    return bytes === undefined ? null : Readable.from([bytes.subarray(range?.from ?? 0, range?.to)]);
  }

  async has(sha256: string): Promise<StoredFile | null> {
    const bytes = this.files.get(sha256);
    return bytes === undefined ? null : { sha256, bytes: bytes.length };
  }
}
