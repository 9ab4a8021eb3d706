import { crc32, deflateSync, inflateSync } from 'node:zlib';

/** Pixels of a PNG that is put into a report; more are not decoded. */
export const PNG_PIXELS_MAX = 25_000_000;

interface Header {
  readonly width: number;
  readonly height: number;
  readonly depth: number;
  /** 0 grey, 2 RGB, 3 palette, 4 grey with alpha, 6 RGB with alpha. */
  readonly colour: number;
  readonly interlaced: boolean;
}

const CHANNELS: Readonly<Record<number, number>> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 };

interface Png {
  readonly header: Header;
  readonly palette: Uint8Array;
  readonly alpha: Uint8Array;
  readonly data: Buffer;
}

/** The PNG as 8-bit RGB on white, or null when it is damaged, interlaced or of a depth that no camera writes. */
export function flattenPng(bytes: Uint8Array): Uint8Array | null {
  try {
    const png = parse(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
    return png === null ? null : written(png.header, rgbOf(png));
  } catch {
    return null;
  }
}

function parse(file: Buffer): Png | null {
  let header: Header | null = null;
  let palette: Uint8Array = new Uint8Array();
  let alpha: Uint8Array = new Uint8Array();
  const data: Buffer[] = [];
  for (let at = 8; at + 12 <= file.length;) {
    const length = file.readUInt32BE(at);
    const kind = file.toString('latin1', at + 4, at + 8);
    const body = file.subarray(at + 8, at + 8 + length);
    if (kind === 'IHDR') header = headerOf(body);
    if (kind === 'PLTE') palette = body;
    if (kind === 'tRNS') alpha = body;
    if (kind === 'IDAT') data.push(body);
    at += 12 + length;
  }
  if (header === null || data.length === 0) return null;
  const { width, height, depth, colour, interlaced } = header;
  const isTaken =
    (depth === 8 || (depth === 16 && colour !== 3)) && !interlaced && CHANNELS[colour] !== undefined;
  if (!isTaken || width * height > PNG_PIXELS_MAX) return null;
  return { header, palette, alpha, data: Buffer.concat(data) };
}

const headerOf = (body: Buffer): Header => ({
  width: body.readUInt32BE(0),
  height: body.readUInt32BE(4),
  depth: body[8]!,
  colour: body[9]!,
  interlaced: body[12] !== 0,
});

/** Undoes the filters of all lines, in place of the inflated bytes. */
function unfiltered({ header, data }: Png): { rows: Buffer; stride: number; step: number } {
  const step = CHANNELS[header.colour]! * (header.depth / 8);
  const stride = header.width * step;
  const rows = inflateSync(data, { maxOutputLength: (stride + 1) * header.height });
  if (rows.length !== (stride + 1) * header.height) throw new Error('the picture ends early');
  for (let y = 0; y < header.height; y += 1) {
    const start = y * (stride + 1) + 1;
    const filter = rows[start - 1]!;
    for (let x = 0; x < stride; x += 1) {
      const left = x < step ? 0 : rows[start + x - step]!;
      const up = y === 0 ? 0 : rows[start + x - stride - 1]!;
      const corner = x < step || y === 0 ? 0 : rows[start + x - stride - 1 - step]!;
      rows[start + x] = (rows[start + x]! + predicted(filter, left, up, corner)) & 0xff;
    }
  }
  return { rows, stride, step };
}

function predicted(filter: number, left: number, up: number, corner: number): number {
  if (filter === 0) return 0;
  if (filter === 1) return left;
  if (filter === 2) return up;
  if (filter === 3) return (left + up) >> 1;
  const guess = left + up - corner;
  const [a, b, c] = [Math.abs(guess - left), Math.abs(guess - up), Math.abs(guess - corner)];
  return a <= b && a <= c ? left : b <= c ? up : corner;
}

function rgbOf(png: Png): Buffer {
  const { width, height, depth, colour } = png.header;
  const { rows, stride, step } = unfiltered(png);
  const wide = depth / 8;
  const out = Buffer.alloc(width * height * 3);
  for (let i = 0; i < width * height; i += 1) {
    const at = Math.floor(i / width) * (stride + 1) + 1 + (i % width) * step;
    const sample = (n: number): number => rows[at + n * wide]!;
    const isGrey = colour === 0 || colour === 4;
    const index = colour === 3 ? sample(0) * 3 : 0;
    const alpha = alphaOf(png, sample);
    for (let n = 0; n < 3; n += 1) {
      const value = colour === 3 ? (png.palette[index + n] ?? 0) : sample(isGrey ? 0 : n);
      out[i * 3 + n] = Math.round((value * alpha + 255 * (255 - alpha)) / 255);
    }
  }
  return out;
}

function alphaOf({ header: { colour }, alpha }: Png, sample: (n: number) => number): number {
  if (colour === 4) return sample(1);
  if (colour === 6) return sample(3);
  return colour === 3 ? (alpha[sample(0)] ?? 255) : 255;
}

function written({ width, height }: Header, rgb: Buffer): Uint8Array {
  const lines = Buffer.alloc((width * 3 + 1) * height);
  for (let y = 0; y < height; y += 1) {
    rgb.copy(lines, y * (width * 3 + 1) + 1, y * width * 3, (y + 1) * width * 3);
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 2, 0, 0, 0], 8);
  return encodePng(header, lines);
}

/** A PNG of an IHDR body and its filtered lines. */
export function encodePng(header: Uint8Array, lines: Uint8Array): Uint8Array {
  const magic = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([
    magic,
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(lines)),
    chunk('IEND', new Uint8Array()),
  ]);
}

function chunk(kind: string, body: Uint8Array): Buffer {
  const out = Buffer.alloc(body.length + 12);
  out.writeUInt32BE(body.length, 0);
  out.write(kind, 4, 'latin1');
  out.set(body, 8);
  out.writeUInt32BE(crc32(out.subarray(4, body.length + 8)), body.length + 8);
  return out;
}
