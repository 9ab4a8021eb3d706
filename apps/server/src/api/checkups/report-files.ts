import { askedItems, type CheckupForm, type CheckupRecord } from '@anmai/lifecycle';
import type { FileRecord } from '@anmai/postgres';

/** Bytes of photos and signatures of one report at most: they are all in memory at once. */
export const REPORT_BYTES_MAX = 100_000_000;

export interface ReportFiles {
  /** By id: what the document draws and is here. */
  readonly found: ReadonlyMap<string, Uint8Array>;
  /** Ids of those that are here and would be too much. */
  readonly leftOut: ReadonlySet<string>;
}

export interface FileSource {
  /** null: not here, or not the reader's to see. */
  info(sha256: string): Promise<Pick<FileRecord, 'bytes'> | null>;
  /** null: its bytes cannot be read. */
  read(sha256: string): Promise<Uint8Array | null>;
}

/** Ids of the files that the document draws: signatures, then the photos of the questions that are asked. */
export const drawnIds = (form: CheckupForm, { answers, signatures }: CheckupRecord): ReadonlySet<string> =>
  new Set([
    ...signatures.map(({ fileId }) => fileId),
    ...askedItems(form, answers).flatMap(({ path }) => {
      const answer = answers[path];
      return answer?.kind === 'photos' ? answer.ids : [];
    }),
  ]);

/** Reads what is drawn, up to so many bytes. */
export async function readDrawn(
  form: CheckupForm,
  record: CheckupRecord,
  source: FileSource,
  bytesMax = REPORT_BYTES_MAX,
): Promise<ReportFiles> {
  const hashes = new Map(record.attachments.map(({ fileId, sha256 }) => [fileId, sha256]));
  const found = new Map<string, Uint8Array>();
  const leftOut = new Set<string>();
  let bytesLeft = bytesMax;
  for (const id of drawnIds(form, record)) {
    const sha256 = hashes.get(id);
    const info = sha256 === undefined ? null : await source.info(sha256);
    if (sha256 === undefined || info === null) continue;
    const bytes = info.bytes > bytesLeft ? null : await source.read(sha256);
    if (info.bytes > bytesLeft) leftOut.add(id);
    if (bytes === null) continue;
    bytesLeft -= info.bytes;
    found.set(id, bytes);
  }
  return { found, leftOut };
}
