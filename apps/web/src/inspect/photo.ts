import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import type { FileMeta } from '@anmai/wire';

/** Longest edge of the marked copy, and of the picture in lists. The original stays as it is. */
const MARKED_PX_MAX = 2_048;
const THUMB_PX_MAX = 160;
const JPEG_QUALITY = 0.85;
/** A camera hands over what it took just now; what is older came from the gallery, whatever was asked for. */
export const FRESH_MS_MAX = 10 * 60_000;

/** SHA-256 in hex. `crypto.subtle` is there over TLS and on this machine alone. */
export async function hashOf(blob: Blob): Promise<string> {
  const bytes = new Uint8Array(await blob.arrayBuffer());
  const subtle = (crypto as Partial<Crypto>).subtle;
  if (subtle === undefined) return bytesToHex(sha256(bytes));
  return bytesToHex(new Uint8Array(await subtle.digest('SHA-256', bytes)));
}

/** Was it taken on the spot? `lastModified` by the clock of the telephone, as `now`. */
export const isFromGallery = (source: 'camera' | 'gallery', lastModified: number, now: number): boolean =>
  source === 'gallery' || Math.abs(now - lastModified) > FRESH_MS_MAX;

export interface Pictures {
  readonly marked: Blob | null;
  readonly thumb: string | null;
}

/** A copy with the lines written into it, and a small one. Both null: this browser cannot read the picture. */
export async function picturesOf(original: Blob, lines: readonly string[]): Promise<Pictures> {
  const bitmap = await createImageBitmap(original).catch(() => null);
  if (bitmap === null) return { marked: null, thumb: null };
  try {
    const marked = drawn(bitmap, MARKED_PX_MAX);
    writeLines(marked, lines);
    const thumb = drawn(bitmap, THUMB_PX_MAX).toDataURL('image/jpeg', JPEG_QUALITY);
    return { marked: await blobOf(marked), thumb };
  } finally {
    bitmap.close();
  }
}

function drawn(bitmap: ImageBitmap, pxMax: number): HTMLCanvasElement {
  const scale = Math.min(1, pxMax / Math.max(bitmap.width, bitmap.height));
  const canvas = document.createElement('canvas');
  canvas.width = Math.max(1, Math.round(bitmap.width * scale));
  canvas.height = Math.max(1, Math.round(bitmap.height * scale));
  canvas.getContext('2d')!.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
  return canvas;
}

/** White on a dark band at the bottom: readable on any ground. */
function writeLines(canvas: HTMLCanvasElement, lines: readonly string[]): void {
  const pen = canvas.getContext('2d')!;
  const px = Math.max(10, Math.round(canvas.width / 40));
  const height = Math.round(px * 1.35);
  const band = height * lines.length + px;
  pen.fillStyle = 'rgba(0, 0, 0, 0.6)';
  pen.fillRect(0, canvas.height - band, canvas.width, band);
  pen.fillStyle = 'white';
  pen.font = `${px}px "PingFang SC", "Noto Sans SC", "Noto Sans CJK SC", "Microsoft YaHei", sans-serif`;
  pen.textBaseline = 'top';
  lines.forEach((line, i) =>
    pen.fillText(line, px / 2, canvas.height - band + px / 2 + i * height, canvas.width - px),
  );
}

const blobOf = (canvas: HTMLCanvasElement): Promise<Blob | null> =>
  new Promise(resolve => canvas.toBlob(resolve, 'image/jpeg', JPEG_QUALITY));

export interface MarkFacts {
  /** By the clock of the server. */
  readonly at: number;
  readonly isClockKnown: boolean;
  readonly place: FileMeta['place'];
  readonly inspector: string;
  readonly building: string;
  readonly member: string;
  readonly isGallery: boolean;
  /** SHA-256 of the original: what ties the copy to it, on paper as well. */
  readonly original: string;
}
/** Words that a picture is marked with. */
export interface MarkWords {
  readonly clockUnknown: string;
  readonly noPlace: string;
  readonly gallery: string;
}

/** What is written on the marked copy. Time is that of the city, whatever zone the telephone is set to. */
export function markLines(facts: MarkFacts, words: MarkWords): readonly string[] {
  const { at, place, inspector, building, member } = facts;
  const time = new Date(at + 8 * 3_600_000).toISOString().slice(0, 19).replace('T', ' ');
  const where =
    place === undefined
      ? words.noPlace
      : `${place.lat.toFixed(6)}, ${place.lon.toFixed(6)} ±${Math.ceil(place.accuracyM)} m`;
  const doubts = [facts.isClockKnown ? '' : words.clockUnknown, facts.isGallery ? words.gallery : ''];
  return [
    `${time} UTC+8 ${doubts.join(' ')}`.trim(),
    where,
    `${building} · ${member}`,
    `${inspector} · SHA-256 ${facts.original.slice(0, 16)}`,
  ];
}
