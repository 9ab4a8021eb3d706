import { flattenPng } from './png';

/** A picture larger than this is not put into a report. */
export const IMAGE_BYTES_MAX = 12 * 1024 * 1024;

const startsWith = (bytes: Uint8Array, ...head: number[]): boolean =>
  head.every((byte, i) => bytes[i] === byte);

/**
 * The bytes as a PDF can hold them, or null when they are no readable JPEG or PNG. A PNG is decoded and written anew
 * without transparency, since the PDF library decodes such ones later, where a fault would end the process.
 */
export function readImage(bytes: Uint8Array): Uint8Array | null {
  if (bytes.length > IMAGE_BYTES_MAX) return null;
  if (startsWith(bytes, 0xff, 0xd8, 0xff)) return bytes;
  if (startsWith(bytes, 0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)) return flattenPng(bytes);
  return null;
}
