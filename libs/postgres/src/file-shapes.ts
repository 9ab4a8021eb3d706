import type { Millis } from '@anmai/kernel';
import type { FileKind, StoredFileMeta } from '@anmai/wire';
import type { Author, Within } from './record-shapes';

/** Hashes of one question at most. */
export const FILES_ASKED_MAX = 1_000;

export interface NewFile {
  /** Lower-case hex; the bytes are in the file store under this name. */
  readonly sha256: string;
  readonly bytes: number;
  readonly type: string;
  readonly kind: FileKind;
  readonly meta: StoredFileMeta;
  /**
   * Asset id. One that does not exist, or that the sender cannot see, is left out: evidence is never refused for it. That of
   * a check-up (`meta.checkupId`) which the sender is to do comes first.
   */
  readonly buildingId: string | null;
  /** Organisation of the sender. */
  readonly orgId: string;
}

export interface FileRecord extends NewFile {
  readonly uploadedBy: string;
  readonly receivedAt: Millis;
}

/** What a sender may rely on: these bytes are on disk and on record. The same for the same bytes, whenever asked. */
export type FileReceipt = Pick<FileRecord, 'sha256' | 'bytes' | 'receivedAt'> & { readonly id: string };

/** Visible to the organisation that sent it, to that of its building, and to those above either. */
export interface Files {
  /** Idempotent by hash: what is known of it first stays; the sender's organisation may see it from now on. */
  receive(file: NewFile, by: Author): Promise<FileReceipt>;
  get(sha256: string, within: Within): Promise<FileRecord | null>;
  receipt(sha256: string, within: Within): Promise<FileReceipt | null>;
  /** Those of the hashes that are not there, or not visible; in the order given. At most FILES_ASKED_MAX. */
  missing(sha256s: readonly string[], within: Within): Promise<readonly string[]>;
}
