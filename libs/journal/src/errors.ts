import type { ErrorSpec } from '@anmai/kernel';

export const JOURNAL_ERRORS = {
  full: {
    code: 'JRN-001',
    status: 503,
    retryable: true,
    message: d =>
      `journal is full: ${d.bytes} of ${d.bytesMax} bytes hold entries that were not yet archived`,
    remedy:
      'Bring the reading store back, or give the data folder more room; devices send again by themselves.',
  },
  disk: {
    code: 'JRN-002',
    status: 503,
    retryable: true,
    message: d => `journal could not be written: ${d.reason}`,
    remedy:
      'Free space on the disk of the data folder and check its health; devices send again by themselves.',
  },
  trimmed: {
    code: 'JRN-003',
    status: 500,
    retryable: false,
    message: d => `journal entries after ${d.after} were asked for, but it starts at ${d.firstSeq}`,
    remedy:
      'A reader lost its checkpoint. Restore the data folder from one backup, not from parts of several.',
  },
} as const satisfies Record<string, ErrorSpec>;
