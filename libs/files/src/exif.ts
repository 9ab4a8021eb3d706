import ExifReader from 'exifreader';

/** EXIF stands at the beginning of a picture; so many bytes of it are looked at. */
export const EXIF_HEAD_BYTES = 256 * 1024;
const TEXT_CHARS_MAX = 100;

/** What a camera wrote into the picture, as it wrote it: `takenAt` is local time of the camera unless it has an offset. */
export interface ExifFacts {
  readonly takenAt: string | null;
  readonly offset: string | null;
  readonly camera: string | null;
  readonly software: string | null;
  readonly orientation: number | null;
  readonly widthPx: number | null;
  readonly heightPx: number | null;
  /** WGS 84, degrees. */
  readonly place: { readonly lat: number; readonly lon: number } | null;
}

/** Reads what is there; null when there is no EXIF, or none that can be read: that is never a reason to refuse. */
export function exifOf(head: Uint8Array): ExifFacts | null {
  try {
    const { exif, gps, file } = ExifReader.load(toArrayBuffer(head), { expanded: true });
    if (exif === undefined && gps === undefined) return null;
    const { Latitude: lat, Longitude: lon } = gps ?? {};
    return {
      takenAt: text(exif?.DateTimeOriginal?.description),
      offset: text(exif?.OffsetTimeOriginal?.description),
      camera: text([exif?.Make?.description, exif?.Model?.description].filter(Boolean).join(' ')),
      software: text(exif?.Software?.description),
      orientation: number(exif?.Orientation?.value),
      widthPx: number(file?.['Image Width']?.value),
      heightPx: number(file?.['Image Height']?.value),
      place: isDegrees(lat, 90) && isDegrees(lon, 180) ? { lat, lon } : null,
    };
  } catch {
    return null;
  }
}

const toArrayBuffer = (bytes: Uint8Array): ArrayBuffer => new Uint8Array(bytes).buffer;
const isDegrees = (value: number | undefined, max: number): value is number =>
  value !== undefined && Number.isFinite(value) && Math.abs(value) <= max;

/** Without control characters, which no text column can hold or no reader expects. */
function text(value: string | undefined): string | null {
  const plain = (value ?? '').replaceAll(/[\p{Cc}\p{Surrogate}]/gu, '').trim();
  return plain === '' ? null : plain.slice(0, TEXT_CHARS_MAX);
}
const number = (value: unknown): number | null =>
  typeof value === 'number' && Number.isFinite(value) ? value : null;
