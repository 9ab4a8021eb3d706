import { createHash, randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, open, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { AppError } from '@anmai/kernel';
import { FILE_ERRORS } from './errors';
import {
  FILE_BYTES_MAX,
  SHA256_PATTERN,
  type ByteRange,
  type FileStore,
  type PutOptions,
  type StoredFile,
} from './file-store.port';

/** Files in a folder: `ab/ab12…`, the first two digits being the folder. `part/` holds what is being written. */
export class FolderFileStore implements FileStore {
  constructor(private readonly folder: string) {}

  async put(content: AsyncIterable<Uint8Array>, options: PutOptions = {}): Promise<StoredFile> {
    const part = join(this.folder, 'part', randomUUID());
    try {
      await mkdir(dirname(part), { recursive: true });
      const written = await writeHashed(part, content, options.bytesMax ?? FILE_BYTES_MAX);
      if (options.sha256 !== undefined && options.sha256 !== written.sha256) {
        throw new AppError(FILE_ERRORS.hashDiffers, { got: written.sha256, expected: options.sha256 });
      }
      await this.moveIn(part, written);
      return written;
    } catch (error) {
      await rm(part, { force: true }).catch(() => undefined);
      throw storeError(error);
    }
  }

  async get(sha256: string, range?: ByteRange): Promise<Readable | null> {
    if (!SHA256_PATTERN.test(sha256)) return null;
    try {
      const file = await open(this.pathOf(sha256), 'r');
      return file.createReadStream(range === undefined ? {} : { start: range.from, end: range.to - 1 });
    } catch (error) {
      if (codeOf(error) === 'ENOENT') return null;
      throw storeError(error);
    }
  }

  async has(sha256: string): Promise<StoredFile | null> {
    if (!SHA256_PATTERN.test(sha256)) return null;
    try {
      return { sha256, bytes: (await stat(this.pathOf(sha256))).size };
    } catch (error) {
      if (codeOf(error) === 'ENOENT') return null;
      throw storeError(error);
    }
  }

  private pathOf(sha256: string): string {
    return join(this.folder, sha256.slice(0, 2), sha256);
  }

  /** A name appears only once its bytes are on disk; the folder is flushed so that the name stays. */
  private async moveIn(part: string, { sha256 }: StoredFile): Promise<void> {
    const path = this.pathOf(sha256);
    if ((await mkdir(dirname(path), { recursive: true })) !== undefined) await flush(this.folder);
    await rename(part, path);
    await flush(dirname(path));
  }
}

async function writeHashed(
  part: string,
  content: AsyncIterable<Uint8Array>,
  bytesMax: number,
): Promise<StoredFile> {
  const hash = createHash('sha256');
  let bytes = 0;
  const counted = async function* (): AsyncGenerator<Uint8Array> {
    for await (const chunk of content) {
      bytes += chunk.byteLength;
      if (bytes > bytesMax) throw new AppError(FILE_ERRORS.tooLarge, { what: 'a file', max: bytesMax });
      hash.update(chunk);
      yield chunk;
    }
  };
  // `flush`: fsync before it is closed.
  await pipeline(counted(), createWriteStream(part, { flags: 'wx', flush: true }));
  return { sha256: hash.digest('hex'), bytes };
}

async function flush(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

const codeOf = (error: unknown): string | undefined => (error as NodeJS.ErrnoException | null)?.code;

/** Errors of the file system in our words; what is an AppError already stays. */
export function storeError(error: unknown): unknown {
  if (error instanceof AppError) return error;
  const code = codeOf(error);
  if (code === undefined) return error;
  if (code === 'ENOSPC' || code === 'EDQUOT') return new AppError(FILE_ERRORS.noRoom, {}, error);
  return new AppError(FILE_ERRORS.away, { reason: code }, error);
}
