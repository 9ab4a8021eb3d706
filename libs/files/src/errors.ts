import type { ErrorSpec } from '@anmai/kernel';

/** What is refused about files: bytes that are not what was announced, and a store that cannot take them. */
export const FILE_ERRORS = {
  hashDiffers: {
    code: 'FIL-001',
    status: 422,
    retryable: false,
    message: d => `the bytes that came have SHA-256 ${d.got}, announced was ${d.expected}; they were removed`,
    remedy: 'Keep the original and send it again from its first byte.',
  },
  typeNotTaken: {
    code: 'FIL-002',
    status: 415,
    retryable: false,
    message: d => `files of the type ${d.type} are not taken`,
    remedy: 'Send JPEG, PNG, WebP, HEIC, PDF, XLSX or DOCX.',
  },
  typeDiffers: {
    code: 'FIL-003',
    status: 415,
    retryable: false,
    message: d => `the bytes are not ${d.type}, as was announced; they were removed`,
    remedy: 'Send the file with its true type.',
  },
  tooLarge: {
    code: 'FIL-004',
    status: 413,
    retryable: false,
    message: d => `${d.what} may have ${d.max} bytes at most`,
    remedy: 'Send a smaller file; keep the original where it is.',
  },
  noRoom: {
    code: 'FIL-005',
    status: 507,
    retryable: true,
    message: () => 'the file store has no room for this file',
    remedy: 'Keep the file; it can be sent again once whoever runs the platform has made room.',
  },
  away: {
    code: 'FIL-006',
    status: 503,
    retryable: true,
    message: d => `the file store cannot be used: ${d.reason}`,
    remedy: 'Keep the file and try again. If it lasts, check the folder `files` of the data folder.',
  },
  uploadGone: {
    code: 'FIL-007',
    status: 404,
    retryable: false,
    message: () => 'there is no such upload, or it was broken off too long ago',
    remedy: 'Begin the upload anew; nothing of the original is lost.',
  },
  wrongOffset: {
    code: 'FIL-008',
    status: 409,
    retryable: true,
    message: () => 'these bytes do not follow on those that are here',
    remedy: 'Ask by HEAD how far the upload has come, and go on from there.',
  },
  uploadBroken: {
    code: 'FIL-009',
    status: 400,
    retryable: true,
    message: d => `the upload was not understood, or broke off: ${d.reason}`,
    remedy: 'Follow tus 1.0.0 (`Tus-Resumable: 1.0.0`); ask by HEAD how far it has come, and go on.',
  },
  badAnnouncement: {
    code: 'FIL-010',
    status: 400,
    retryable: false,
    message: d => `the upload was not announced as it must be: ${d.reason}`,
    remedy: 'Send Upload-Length and, in Upload-Metadata, `sha256`, `type`, `kind` and `meta` (JSON).',
  },
  notHere: {
    code: 'FIL-011',
    status: 404,
    retryable: false,
    message: d => `there is no file ${d.sha256} here`,
    remedy: 'Check the hash. If you have the file, send it to /api/v1/files/uploads.',
  },
  stillMissing: {
    code: 'FIL-012',
    status: 422,
    retryable: false,
    message: d => `${d.count} file(s) that this refers to have not been received; first: ${d.first}`,
    remedy: 'Send the files first; what refers to them can be sent again then.',
  },
} as const satisfies Record<string, ErrorSpec>;
