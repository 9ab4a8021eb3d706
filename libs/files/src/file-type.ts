/** What is taken. Nothing that a browser would run: no HTML, no SVG. */
export const FILE_TYPES = [
  'image/jpeg',
  'image/png',
  'image/webp',
  'image/heic',
  'application/pdf',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
] as const;
export type FileType = (typeof FILE_TYPES)[number];

/** Bytes from the beginning that are enough to know the type. */
export const TYPE_HEAD_BYTES = 16;

const JPEG = [0xff, 0xd8, 0xff];
const PNG = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
const ZIP = [0x50, 0x4b, 0x03, 0x04];
/** Brands of the ISO container that mean a still picture in HEVC. */
const HEIC_BRANDS = ['heic', 'heix', 'heim', 'heis', 'mif1', 'msf1'];

const starts = (head: Uint8Array, signature: readonly number[]): boolean =>
  signature.every((byte, i) => head[i] === byte);
const ascii = (head: Uint8Array, from: number, to: number): string =>
  String.fromCharCode(...head.subarray(from, to));

/** Do the first bytes bear out the announced type? XLSX and DOCX are both ZIP and are not told apart. */
export function isOfType(head: Uint8Array, type: FileType): boolean {
  switch (type) {
    case 'image/jpeg':
      return starts(head, JPEG);
    case 'image/png':
      return starts(head, PNG);
    case 'image/webp':
      return ascii(head, 0, 4) === 'RIFF' && ascii(head, 8, 12) === 'WEBP';
    case 'image/heic':
      return ascii(head, 4, 8) === 'ftyp' && HEIC_BRANDS.includes(ascii(head, 8, 12));
    case 'application/pdf':
      return ascii(head, 0, 5) === '%PDF-';
    default:
      return starts(head, ZIP);
  }
}

export const isFileType = (text: string): text is FileType =>
  (FILE_TYPES as readonly string[]).includes(text);
