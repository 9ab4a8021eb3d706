import type { ErrorSpec } from '@anmai/kernel';
import { AppError } from '@anmai/kernel';
import { READING_ERRORS } from '@anmai/readings';

// All are retryable: whatever is wrong with the file, the readings must wait in the journal until it is mended.
export const DUCKDB_ERRORS = {
  locked: {
    code: 'DDB-001',
    status: 503,
    retryable: true,
    message: d => `${d.file} is in use: ${d.reason}`,
    remedy: 'Stop the other program that has the file open; only one may at a time.',
  },
  damaged: {
    code: 'DDB-002',
    status: 503,
    retryable: true,
    message: d => `${d.file} is damaged or no DuckDB file: ${d.reason}`,
    remedy:
      'Check the disk, move the file away and restore it from a backup; without one the program starts it anew.',
  },
  noSpace: {
    code: 'DDB-003',
    status: 507,
    retryable: true,
    message: d => `no space left for ${d.file}: ${d.reason}`,
    remedy: 'Free space on the disk of the data folder, or keep raw readings for a shorter time.',
  },
  tooNew: {
    code: 'DDB-004',
    status: 503,
    retryable: true,
    message: d => `${d.file} was written by a newer version: ${d.reason}`,
    remedy: 'Start the version of the program that wrote the file, or a later one.',
  },
  noAccess: {
    code: 'DDB-005',
    status: 503,
    retryable: true,
    message: d => `${d.file} cannot be opened: ${d.reason}`,
    remedy: 'Give the user that runs the program the right to read and write the data folder.',
  },
} as const satisfies Record<string, ErrorSpec>;

/** What DuckDB says, the likeliest last; the first that matches decides. */
const SIGNS: readonly (readonly [RegExp, ErrorSpec])[] = [
  [/could not set lock|conflicting lock|already open/i, DUCKDB_ERRORS.locked],
  [/no space left|disk (is )?full|quota exceeded/i, DUCKDB_ERRORS.noSpace],
  [/version number|newer version|storage version/i, DUCKDB_ERRORS.tooNew],
  [/permission denied|read-only|is a directory|no such file/i, DUCKDB_ERRORS.noAccess],
  [/not a valid duckdb|corrupt|checksum|serialization error|deserializ/i, DUCKDB_ERRORS.damaged],
];

/** After such an error the instance serves nothing any more and has to be opened again. */
export const isFatal = (error: unknown): boolean =>
  /database has been invalidated|fatal error|internal error/i.test(String(error));

/** The error as the port promises it. */
export function translate(error: unknown, file: string): AppError {
  if (error instanceof AppError) return error;
  const reason = error instanceof Error ? error.message : String(error);
  const spec = SIGNS.find(([sign]) => sign.test(reason))?.[1] ?? READING_ERRORS.unreachable;
  return new AppError(spec, { file, reason }, error);
}
