import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/** A random secret that stays the same: made at the first start, readable by the program's own user alone. */
export function keptSecret(file: string, bytes: number): Uint8Array {
  if (existsSync(file)) return new Uint8Array(Buffer.from(readFileSync(file, 'utf8').trim(), 'hex'));
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  const secret = randomBytes(bytes);
  // `wx`: of two that start at once one makes it, and the other reads that one.
  try {
    writeFileSync(file, secret.toString('hex'), { mode: 0o600, flag: 'wx' });
    return new Uint8Array(secret);
  } catch {
    return new Uint8Array(Buffer.from(readFileSync(file, 'utf8').trim(), 'hex'));
  }
}
