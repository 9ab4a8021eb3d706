import type { ErrorSpec } from '@anmai/kernel';

/** Why the program does not start. */
export const START_ERRORS = {
  roleTaken: {
    code: 'SRV-001',
    status: 500,
    retryable: false,
    message: d => `another process runs the role ${d.role} on the data folder ${d.folder} already`,
    remedy: 'Stop the other process first, or give this one a data folder of its own with ANMAI_DATA_DIR.',
  },
  httpListen: {
    code: 'SRV-002',
    status: 500,
    retryable: false,
    message: d => `cannot listen for HTTP on ${d.host}:${d.port}: ${d.reason}`,
    remedy: 'Free the port or choose another with ANMAI_HTTP_PORT (0 takes any free one).',
  },
  dataFolder: {
    code: 'SRV-003',
    status: 500,
    retryable: false,
    message: d => `the data folder ${d.folder} cannot be used: ${d.reason}`,
    remedy: 'Let the user of this program write there, or name another folder with ANMAI_DATA_DIR.',
  },
  unfinishedRestore: {
    code: 'SRV-004',
    status: 500,
    retryable: false,
    message: d => `a restore into the data folder ${d.folder} was stopped before its end`,
    remedy: 'Restore again into another empty folder and empty databases; this one has lost readings.',
  },
} as const satisfies Record<string, ErrorSpec>;
