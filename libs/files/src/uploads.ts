import { createReadStream } from 'node:fs';
import { mkdir, readdir, readFile, rm, stat, statfs, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { FileStore as TusFolder } from '@tus/file-store';
import { Server } from '@tus/server';
import { AppError, DAY_MS, type Millis } from '@anmai/kernel';
import { FILE_ERRORS } from './errors';
import { FILE_BYTES_MAX } from './file-store.port';
import { storeError } from './folder-file-store';
import { lendBody, tusProblem, tusRequest, type TusCall } from './tus-request';

/** An upload that was broken off can be gone on with for so long: a telephone may be away for a week and more. */
export const UPLOAD_KEEP_MS = 14 * DAY_MS;
/** No upload begins that would take the disk below this. */
export const FREE_BYTES_MIN = 256 * 1024 ** 2;
/** Uploads of one owner that are not complete: the photos of a telephone that was away for long. */
export const OPEN_UPLOADS_MAX = 400;
const ID = /^[0-9a-f]{32}$/;
/** Where the library keeps what is ours: it overwrites whatever a client sent by that name. */
const OWN = 'anmai';
const OWN_HEADER = 'x-anmai-own';

/** What was announced of an upload, as text; the caller checks it before and reads it back here. */
export type Announced = Readonly<Record<string, string | null>>;

/** Whose an upload is, and what the server notes of its sender. Never taken from the request. */
export interface UploadOwner {
  readonly owner: string;
  readonly notes?: Readonly<Record<string, string | null>>;
}

export interface CompleteUpload extends Required<UploadOwner> {
  readonly id: string;
  readonly bytes: number;
  readonly announced: Announced;
  /** From the first byte, as often as it is asked for. */
  content(): Readable;
}

export interface UploadState<T> {
  readonly offset: number;
  readonly bytes: number;
  /** Set once all is there and was taken. */
  readonly taken: T | null;
}

export interface UploadsOptions<T> {
  /** Made when missing. */
  readonly folder: string;
  /**
   * Takes a complete upload and gives what its sender is told, which is kept. Must be idempotent: it is asked again when
   * the answer got lost. What it refuses for good (not retryable) is removed.
   */
  readonly take: (upload: CompleteUpload) => Promise<T>;
  /** Room on the disk, in bytes. */
  readonly freeBytes?: () => Promise<number>;
}

/**
 * Uploads that go on where they broke off, by tus 1.0.0 (creation and termination). The protocol is the library's; whose
 * an upload is, what becomes of a complete one, and how a refusal reads is ours.
 */
export class Uploads<T> {
  private readonly tus: Server;
  private readonly folder: TusFolder;
  /** By id of an upload that is not complete. */
  private readonly owners = new Map<string, string>();
  private readonly taking = new Map<string, Promise<T>>();

  constructor(private readonly options: UploadsOptions<T>) {
    this.folder = new TusFolder({ directory: options.folder });
    this.tus = new Server({
      path: '/uploads',
      datastore: this.folder,
      relativeLocation: true,
      maxSize: FILE_BYTES_MAX,
      allowedOrigins: [],
      onUploadCreate: async (request, upload) => ({
        metadata: { ...upload.metadata, [OWN]: request.headers.get(OWN_HEADER) },
      }),
    });
  }

  /**
   * Gives the id of the new upload. Rejects with FIL-005 when its bytes would not leave room enough, and with FIL-013 when its
   * owner has begun too many.
   */
  async create(call: TusCall, owner: UploadOwner, bytes: number): Promise<string> {
    await mkdir(this.options.folder, { recursive: true });
    await this.requireRoom(bytes);
    const count = await this.openOf(owner.owner);
    if (count >= OPEN_UPLOADS_MAX)
      throw new AppError(FILE_ERRORS.tooManyOpen, { count, max: OPEN_UPLOADS_MAX });
    const response = await this.tus.handleWeb(
      tusRequest('POST', call, { [OWN_HEADER]: encodeURIComponent(JSON.stringify(owner)) }),
    );
    if (response.status !== 201) throw await tusProblem(response);
    return response.headers.get('location')!.split('/').at(-1)!;
  }

  /** How far it has come. What is complete and was not taken yet, since something was away, is taken now. */
  async state(id: string, owner: string, call: TusCall): Promise<UploadState<T>> {
    const taken = await this.takenBefore(id, owner);
    if (taken !== null) return taken;
    await this.find(id, owner);
    // By the library, which first ends a request that still writes since nobody told it that its line is dead.
    const response = await this.tus.handleWeb(tusRequest('HEAD', call, {}, id));
    if (response.status !== 200) throw await this.explained(response);
    const upload = await this.find(id, owner);
    if (upload.offset < upload.bytes) return { offset: upload.offset, bytes: upload.bytes, taken: null };
    return { offset: upload.bytes, bytes: upload.bytes, taken: await this.takeOnce(upload) };
  }

  /** Appends what comes. A connection that breaks leaves what had come. */
  async append(id: string, owner: string, call: TusCall): Promise<UploadState<T>> {
    const before = await this.takenBefore(id, owner);
    if (before !== null) return before;
    const { bytes, offset } = await this.find(id, owner);
    // Many may have begun while there was room for each of them.
    if (offset < bytes) await this.requireRoom(bytes - offset);
    const lent = lendBody(call.body);
    try {
      const response = await this.tus.handleWeb(tusRequest('PATCH', { ...call, body: lent.body }, {}, id));
      if (response.status !== 204) throw await this.explained(response);
    } finally {
      lent.takeBack();
    }
    return this.state(id, owner, call);
  }

  async remove(id: string, owner: string): Promise<void> {
    await this.find(id, owner);
    await this.forget(id);
  }

  private async requireRoom(bytes: number): Promise<void> {
    if ((await this.freeBytes()) - bytes < FREE_BYTES_MIN) throw new AppError(FILE_ERRORS.noRoom);
  }

  /** How many uploads of an owner are not complete. The folder says which there are; whose each is, is read once. */
  private async openOf(owner: string): Promise<number> {
    const ids = new Set((await readdir(this.options.folder)).filter(name => ID.test(name)));
    for (const id of this.owners.keys()) if (!ids.has(id)) this.owners.delete(id);
    for (const id of ids) {
      if (this.owners.has(id)) continue;
      const upload = await this.folder.getUpload(id).catch(() => null);
      if (upload !== null) this.owners.set(id, ownOf(upload.metadata).owner);
    }
    return [...this.owners.values()].filter(each => each === owner).length;
  }

  private async freeBytes(): Promise<number> {
    if (this.options.freeBytes) return this.options.freeBytes();
    const { bavail, bsize } = await statfs(this.options.folder);
    return bavail * bsize;
  }

  /** The library says of every failed write the same; a full disk has its own answer. */
  private async explained(response: Response): Promise<AppError> {
    const isFull = response.status >= 500 && (await this.freeBytes()) < FREE_BYTES_MIN;
    return isFull ? new AppError(FILE_ERRORS.noRoom) : tusProblem(response);
  }

  /** Another's upload reads as absent. */
  private async find(id: string, owner: string): Promise<CompleteUpload & { readonly offset: number }> {
    if (!ID.test(id)) throw new AppError(FILE_ERRORS.uploadGone);
    const upload = await this.folder.getUpload(id).catch((error: unknown) => {
      throw storeError(error instanceof Error ? error : new AppError(FILE_ERRORS.uploadGone));
    });
    const { [OWN]: _own, ...announced } = upload.metadata ?? {};
    const { owner: whose, notes = {} } = ownOf(upload.metadata);
    if (whose !== owner) throw new AppError(FILE_ERRORS.uploadGone);
    const path = this.pathOf(id);
    const content = (): Readable => createReadStream(path);
    return { id, owner, notes, offset: upload.offset, bytes: upload.size ?? 0, announced, content };
  }

  /** Two requests that both find it complete (a lost answer, asked again) wait for one taking. */
  private takeOnce(upload: CompleteUpload): Promise<T> {
    const running = this.taking.get(upload.id);
    if (running !== undefined) return running;
    const taking = this.take(upload).finally(() => this.taking.delete(upload.id));
    this.taking.set(upload.id, taking);
    return taking;
  }

  private async take(upload: CompleteUpload): Promise<T> {
    try {
      const taken = await this.options.take(upload);
      const kept = { owner: upload.owner, bytes: upload.bytes, taken };
      await writeFile(this.pathOf(upload.id, '.taken'), JSON.stringify(kept), { flush: true });
      await rm(this.pathOf(upload.id), { force: true });
      return taken;
    } catch (error) {
      if (error instanceof AppError && !error.retryable) await this.forget(upload.id);
      throw storeError(error);
    }
  }

  private async takenBefore(id: string, owner: string): Promise<UploadState<T> | null> {
    if (!ID.test(id)) return null;
    const text = await readFile(this.pathOf(id, '.taken'), 'utf8').catch(() => null);
    if (text === null) return null;
    const kept = JSON.parse(text) as { owner: string; bytes: number; taken: T };
    return kept.owner === owner ? { offset: kept.bytes, bytes: kept.bytes, taken: kept.taken } : null;
  }

  private async forget(id: string): Promise<void> {
    await forgetUpload(this.options.folder, id);
  }

  private pathOf(id: string, end = ''): string {
    return join(this.options.folder, id + end);
  }
}

const ownOf = (metadata: Announced | undefined): UploadOwner =>
  JSON.parse(decodeURIComponent(metadata?.[OWN] ?? '%7B%7D')) as UploadOwner;

async function forgetUpload(folder: string, id: string): Promise<void> {
  for (const end of ['', '.json', '.taken']) await rm(join(folder, id + end), { force: true });
}

/** Removes uploads that nobody went on with for UPLOAD_KEEP_MS; gives how many went. */
export async function sweepUploads(folder: string, now: Millis): Promise<number> {
  const touched = new Map<string, Millis>();
  for (const name of await readdir(folder).catch(() => [])) {
    const info = await stat(join(folder, name)).catch(() => null);
    const id = name.split('.')[0]!;
    if (info !== null) touched.set(id, Math.max(touched.get(id) ?? 0, info.mtimeMs));
  }
  const old = [...touched].filter(([id, at]) => ID.test(id) && at < now - UPLOAD_KEEP_MS);
  for (const [id] of old) await forgetUpload(folder, id);
  return old.length;
}

/** The first bytes of an upload, or all of it when it is shorter. */
export async function headOf(content: Readable, bytes: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of content) {
    chunks.push(chunk as Buffer);
    length += (chunk as Buffer).length;
    if (length >= bytes) break;
  }
  return Buffer.concat(chunks).subarray(0, bytes);
}
