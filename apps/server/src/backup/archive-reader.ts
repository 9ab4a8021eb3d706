import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { AppError } from '@anmai/kernel';
import { extract, type Extract } from 'tar-stream';
import { BACKUP_ERRORS } from './errors';

/** One part of an archive; its content is taken once, before the next part is asked for. */
export interface ArchivePart {
  readonly name: string;
  /** For parts that this program writes in bounded pieces. */
  text(): Promise<string>;
  /** Reads it to its end and keeps nothing: a journal is larger than any text can be. */
  drain(): Promise<void>;
  saveAs(path: string): Promise<void>;
}

/** The parts in the order in which they were written. What is not a whole archive rejects with BAK-002. */
export async function* readArchive(file: string): AsyncGenerator<ArchivePart> {
  const out = extract();
  const reading = pipeline(createReadStream(file), createGunzip(), out);
  reading.catch((error: unknown) => out.destroy(error instanceof Error ? error : new Error(String(error))));
  try {
    for await (const entry of out) yield partOf(file, entry);
    await reading;
  } catch (error) {
    throw damaged(file, error);
  }
}

/** What comes of the bytes is the archive's fault; a full disk or a missing file is not. */
function damaged(file: string, error: unknown): unknown {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (error instanceof AppError || /^E[A-Z]+$/.test(code)) return error;
  const reason = error instanceof Error ? error.message : String(error);
  return new AppError(BACKUP_ERRORS.notOurs, { file, reason }, error);
}

type Entry = Extract extends AsyncIterable<infer T> ? T : never;

const partOf = (file: string, entry: Entry): ArchivePart => ({
  name: entry.header.name,
  async text() {
    const chunks: Buffer[] = [];
    try {
      for await (const chunk of entry) chunks.push(chunk as Buffer);
    } catch (error) {
      throw damaged(file, error);
    }
    return Buffer.concat(chunks).toString('utf8');
  },
  async drain() {
    try {
      for await (const chunk of entry) void chunk;
    } catch (error) {
      throw damaged(file, error);
    }
  },
  async saveAs(path) {
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    await pipeline(entry, createWriteStream(path, { mode: 0o600 }));
  },
});
