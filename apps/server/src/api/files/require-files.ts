import { FILE_ERRORS } from '@anmai/files';
import { AppError } from '@anmai/kernel';
import type { Principal } from '@anmai/nest';
import type { Records } from '@anmai/postgres';

/**
 * What is spoken of as evidence has to be here and be the caller's to show; a hash alone proves nothing. Files are never
 * taken away, so it may be asked before the write. Throws FIL-012.
 */
export async function requireFiles(
  records: Records,
  sha256s: readonly string[],
  { within }: Principal,
): Promise<void> {
  if (sha256s.length === 0) return;
  const missing = await records.files.missing([...new Set(sha256s)], within);
  const [first] = missing;
  if (first !== undefined) throw new AppError(FILE_ERRORS.stillMissing, { count: missing.length, first });
}
