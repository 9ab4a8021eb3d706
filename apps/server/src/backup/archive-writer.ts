import { createWriteStream } from 'node:fs';
import { open, rename, rm, stat } from 'node:fs/promises';
import { createReadStream, existsSync } from 'node:fs';
import { dirname } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { AppError } from '@anmai/kernel';
import { pack, type Pack } from 'tar-stream';
import { BACKUP_ERRORS } from './errors';

/** A gzipped tar that is there whole or not at all: it has another name until its last byte is on disk. */
export class ArchiveWriter {
  private readonly pack: Pack = pack();
  private readonly written: Promise<void>;
  private readonly part: string;

  private constructor(private readonly file: string) {
    this.part = `${file}.part`;
    const out = createWriteStream(this.part, { mode: 0o600 });
    this.written = pipeline(this.pack, createGzip({ level: 4 }), out);
    // It is waited for in `finish`; until then an error must not end the process.
    this.written.catch(() => undefined);
  }

  /** Rejects with BAK-001 when the file is there. */
  static create(file: string): ArchiveWriter {
    if (existsSync(file)) throw new AppError(BACKUP_ERRORS.fileThere, { file });
    return new ArchiveWriter(file);
  }

  /** Resolves once the bytes are taken, so that memory stays bounded by one entry. */
  async add(name: string, text: string): Promise<void> {
    const done = new Promise<void>((resolve, reject) =>
      this.pack.entry({ name, mode: 0o600 }, text, error => (error ? reject(error) : resolve())),
    );
    await Promise.race([done, this.failure()]);
  }

  async addFile(name: string, path: string): Promise<void> {
    const { size } = await stat(path);
    const entry = this.pack.entry({ name, size, mode: 0o600 });
    await Promise.race([pipeline(createReadStream(path), entry), this.failure()]);
  }

  /** Durable once resolved. */
  async finish(): Promise<void> {
    this.pack.finalize();
    await this.written;
    await sync(this.part);
    await rename(this.part, this.file);
    await sync(dirname(this.file));
  }

  /** Leaves nothing behind. */
  async abandon(): Promise<void> {
    this.pack.destroy();
    await this.written.catch(() => undefined);
    await rm(this.part, { force: true });
  }

  /** Rejects when the file cannot be written; never resolves. */
  private failure(): Promise<never> {
    return this.written.then(() => new Promise<never>(() => undefined));
  }
}

async function sync(path: string): Promise<void> {
  const handle = await open(path, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
