import {
  EXIF_HEAD_BYTES,
  exifOf,
  FILE_ERRORS,
  headOf,
  isFileType,
  isOfType,
  Uploads,
  type CompleteUpload,
  type FileStore,
  type TusCall,
  type UploadState,
} from '@anmai/files';
import { AppError } from '@anmai/kernel';
import type { Principal } from '@anmai/nest';
import type { FileReceipt, FileRecord, Records } from '@anmai/postgres';
import {
  FILE_KIND_BYTES_MAX,
  type FileAnnouncement,
  type FileReceiptShape,
  type FileShape,
} from '@anmai/wire';
import type { Readable } from 'node:stream';
import { iso } from '../iso';
import { announcementOf, announcedBy, checked } from './announced';

export interface FileDeps {
  readonly store: FileStore;
  /** Where broken uploads wait to be gone on with. */
  readonly uploadFolder: string;
}

/** Takes files in and gives them out. A receipt is given only once bytes and record are both durable. */
export class FileDesk {
  private readonly uploads: Uploads<FileReceiptShape>;

  constructor(
    private readonly records: Records,
    private readonly files: FileDeps,
  ) {
    this.uploads = new Uploads({ folder: files.uploadFolder, take: upload => this.take(upload) });
  }

  begin(call: TusCall, caller: Principal): Promise<string> {
    const { bytes } = announcedBy(call.headers);
    const notes = { orgId: caller.orgId, within: caller.within };
    return this.uploads.create(call, { owner: caller.username, notes }, bytes);
  }

  append(id: string, call: TusCall, caller: Principal): Promise<UploadState<FileReceiptShape>> {
    return this.uploads.append(id, caller.username, call);
  }

  state(id: string, call: TusCall, caller: Principal): Promise<UploadState<FileReceiptShape>> {
    return this.uploads.state(id, caller.username, call);
  }

  remove(id: string, caller: Principal): Promise<void> {
    return this.uploads.remove(id, caller.username);
  }

  /** The receipt of what is here already. Rejects with FIL-011: then it has to be sent. */
  async known(announced: FileAnnouncement, caller: Principal): Promise<FileReceiptShape> {
    const { sha256 } = checked(announced);
    const receipt = await this.records.files.receipt(sha256, caller.within);
    return receipt === null ? notHere(sha256) : receiptShape(receipt);
  }

  async find(sha256: string, caller: Principal): Promise<FileRecord> {
    return (await this.records.files.get(sha256, caller.within)) ?? notHere(sha256);
  }

  async content(sha256: string): Promise<Readable> {
    return (await this.files.store.get(sha256)) ?? notHere(sha256);
  }

  private async take(upload: CompleteUpload): Promise<FileReceiptShape> {
    const pairs = new Map(Object.entries(upload.announced).map(([key, value]) => [key, value ?? '']));
    const { sha256, bytes, type, kind, meta } = announcementOf(upload.bytes, pairs);
    const head = await headOf(upload.content(), EXIF_HEAD_BYTES);
    if (!isFileType(type) || !isOfType(head, type)) throw new AppError(FILE_ERRORS.typeDiffers, { type });
    await this.files.store.put(upload.content(), { sha256, bytesMax: FILE_KIND_BYTES_MAX[kind] });
    const exif = type.startsWith('image/') ? exifOf(head) : null;
    const file = { sha256, bytes, type, kind, meta: { ...meta, exif }, buildingId: meta.buildingId ?? null };
    const { orgId, within } = upload.notes as { orgId: string; within: string | null };
    const by = { actor: upload.owner, within };
    return receiptShape(await this.records.files.receive({ ...file, orgId }, by));
  }
}

function notHere(sha256: string): never {
  throw new AppError(FILE_ERRORS.notHere, { sha256: sha256.slice(0, 64) });
}

export const receiptShape = ({ id, sha256, bytes, receivedAt }: FileReceipt): FileReceiptShape => ({
  ...{ id, sha256, bytes },
  receivedAt: iso(receivedAt),
});

export function fileShape(file: FileRecord): FileShape {
  const { sha256, bytes, type, kind, meta, buildingId, uploadedBy } = file;
  return { sha256, bytes, type, kind, meta, buildingId, uploadedBy, receivedAt: iso(file.receivedAt) };
}
