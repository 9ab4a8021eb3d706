import type { ErrorSpec } from '@anmai/kernel';

/** Why a backup or a restore did not happen. */
export const BACKUP_ERRORS = {
  fileThere: {
    code: 'BAK-001',
    status: 409,
    retryable: false,
    message: d => `there is a file ${d.file} already`,
    remedy: 'Choose another name; a backup is never written over.',
  },
  notOurs: {
    code: 'BAK-002',
    status: 422,
    retryable: false,
    message: d => `${d.file} is no backup of this program, or it is cut or damaged: ${d.reason}`,
    remedy: 'Take another copy of the backup. Nothing was restored from this one.',
  },
  notEmpty: {
    code: 'BAK-003',
    status: 409,
    retryable: false,
    message: d => `${d.place} holds data already`,
    remedy:
      'Restore into an empty folder (ANMAI_DATA_DIR) and empty databases; what is there is never written over.',
  },
  newer: {
    code: 'BAK-004',
    status: 422,
    retryable: false,
    message: d => `the backup has format ${d.format}, this program knows up to ${d.known}`,
    remedy: 'Restore with the version of the program that made it, or a later one.',
  },
} as const satisfies Record<string, ErrorSpec>;
