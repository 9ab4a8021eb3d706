interface ExifGiven {
  /** `YYYY:MM:DD hh:mm:ss`, as cameras write it. */
  readonly takenAt?: string;
  readonly make?: string;
  readonly lat?: number;
  readonly lon?: number;
  /** Makes pictures differ in size and content. */
  readonly fill?: Uint8Array;
}

const ASCII = 2;
const LONG = 4;
const RATIONAL = 5;
type Entry = readonly [tag: number, type: number, count: number, value: Buffer];

const ascii = (tag: number, text: string): Entry => [
  tag,
  ASCII,
  text.length + 1,
  Buffer.from(`${text}\0`, 'latin1'),
];
const long = (tag: number, value: number): Entry => [tag, LONG, 1, u32(value)];
const u16 = (value: number): Buffer => Buffer.from([value >> 8, value & 255]);
const u32 = (value: number): Buffer => Buffer.concat([u16(value >>> 16), u16(value & 65_535)]);

/** Degrees as three rationals; the seconds in 1/10000. */
function degrees(tag: number, value: number): Entry {
  const whole = Math.floor(Math.abs(value));
  const rest = (Math.abs(value) - whole) * 60;
  const minutes = Math.floor(rest);
  const seconds = Math.round((rest - minutes) * 60 * 10_000);
  const parts = [whole, 1, minutes, 1, seconds, 10_000].map(u32);
  return [tag, RATIONAL, 3, Buffer.concat(parts)];
}

/** One IFD in big-endian; values above four bytes follow it. `at`: its offset in the TIFF. */
function ifd(entries: readonly Entry[], at: number): Buffer {
  const rows: Buffer[] = [];
  const tail: Buffer[] = [];
  let tailAt = at + 2 + entries.length * 12 + 4;
  for (const [tag, type, count, value] of entries) {
    const isLong = value.length > 4;
    const field = isLong ? u32(tailAt) : Buffer.concat([value, Buffer.alloc(4 - value.length)]);
    rows.push(u16(tag), u16(type), u32(count), field);
    if (isLong) {
      tail.push(value);
      tailAt += value.length;
    }
  }
  return Buffer.concat([u16(entries.length), ...rows, u32(0), ...tail]);
}

/** A JPEG as a telephone makes it: markers and EXIF are true, the picture itself is not there. */
export function jpegWithExif(given: ExifGiven): Buffer {
  const first = 8;
  const at = { exif: 300, gps: 500 };
  const main = ifd([ascii(0x010f, given.make ?? 'TEST'), long(0x8769, at.exif), long(0x8825, at.gps)], first);
  const exif = ifd([ascii(0x9003, given.takenAt ?? '2026:01:01 00:00:00')], at.exif);
  const gps = ifd(
    [
      ascii(1, (given.lat ?? 0) < 0 ? 'S' : 'N'),
      degrees(2, given.lat ?? 0),
      ascii(3, (given.lon ?? 0) < 0 ? 'W' : 'E'),
      degrees(4, given.lon ?? 0),
    ],
    at.gps,
  );
  const tiff = Buffer.alloc(at.gps + gps.length);
  Buffer.concat([Buffer.from('MM\0*', 'latin1'), u32(first)]).copy(tiff);
  main.copy(tiff, first);
  exif.copy(tiff, at.exif);
  gps.copy(tiff, at.gps);
  const app1 = Buffer.concat([Buffer.from('Exif\0\0', 'latin1'), tiff]);
  return Buffer.concat([
    Buffer.from([0xff, 0xd8, 0xff, 0xe1]),
    u16(app1.length + 2),
    app1,
    Buffer.from(given.fill ?? []),
    Buffer.from([0xff, 0xd9]),
  ]);
}
