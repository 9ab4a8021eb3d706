import { FILE_ERRORS, isFileType } from '@anmai/files';
import { AppError } from '@anmai/kernel';
import {
  FILE_KIND_BYTES_MAX,
  FILE_META_CHARS_MAX,
  fileAnnouncement,
  type FileAnnouncement,
} from '@anmai/wire';

const METADATA_CHARS_MAX = 3 * FILE_META_CHARS_MAX;
const BASE64 = /^[A-Za-z0-9+/]*={0,2}$/;

const bad = (reason: string): AppError => new AppError(FILE_ERRORS.badAnnouncement, { reason });

/** What the headers of a tus creation announce: Upload-Length, and Upload-Metadata with sha256, type, kind, meta. */
export function announcedBy(
  headers: Readonly<Record<string, string | string[] | undefined>>,
): FileAnnouncement {
  const { 'upload-length': length, 'upload-metadata': metadata } = headers;
  if (typeof length !== 'string' || !/^\d{1,12}$/.test(length)) throw bad('Upload-Length is missing');
  const pairs = pairsOf(typeof metadata === 'string' ? metadata : '');
  return checked(announcementOf(Number(length), pairs));
}

/** Pairs of a tus Upload-Metadata header, decoded. */
function pairsOf(header: string): ReadonlyMap<string, string> {
  if (header.length > METADATA_CHARS_MAX)
    throw bad(`Upload-Metadata has more than ${METADATA_CHARS_MAX} characters`);
  const pairs = new Map<string, string>();
  for (const pair of header.split(',').filter(Boolean)) {
    const [key = '', value = ''] = pair.trim().split(' ');
    if (!BASE64.test(value)) throw bad(`the value of ${key.slice(0, 20)} is not base64`);
    pairs.set(key, Buffer.from(value, 'base64').toString('utf8'));
  }
  return pairs;
}

/** Also of the metadata that an upload was kept with. */
export function announcementOf(bytes: number, pairs: ReadonlyMap<string, string>): FileAnnouncement {
  const parsed = fileAnnouncement.safeParse({
    bytes,
    sha256: pairs.get('sha256'),
    type: pairs.get('type'),
    kind: pairs.get('kind'),
    meta: jsonOf(pairs.get('meta') ?? '{}'),
  });
  if (parsed.success) return parsed.data;
  throw bad(parsed.error.issues.map(issue => `${issue.path.join('.')}: ${issue.message}`).join('; '));
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw bad('`meta` is not JSON');
  }
}

/** Type and size as far as they show before the first byte. */
export function checked(announced: FileAnnouncement): FileAnnouncement {
  const { type, kind, bytes } = announced;
  if (!isFileType(type)) throw new AppError(FILE_ERRORS.typeNotTaken, { type: type.slice(0, 60) });
  const max = FILE_KIND_BYTES_MAX[kind];
  if (bytes > max) throw new AppError(FILE_ERRORS.tooLarge, { what: `a ${kind}`, max });
  return announced;
}
