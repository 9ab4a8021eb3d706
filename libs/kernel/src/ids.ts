import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';

/** What a client may choose as an id; the same for every kind of thing. */
export const ID_PATTERN = /^[a-z0-9][a-z0-9._-]{0,63}$/;

/**
 * An id that follows from its parts alone, so that a replay derives the same one again.
 * Shape: `prefix-` and 24 hex digits of SHA-256 over the length-prefixed parts (no two lists collide by joining).
 */
export function derivedId(prefix: string, ...parts: readonly (string | number)[]): string {
  const text = parts.map(part => `${String(part).length}:${part}`).join('');
  return `${prefix}-${bytesToHex(sha256(utf8ToBytes(text))).slice(0, 24)}`;
}
