import type { ErrorSpec } from '@anmai/kernel';

export const SIMULATOR_ERRORS = {
  brokerUnreachable: {
    code: 'SIM-001',
    status: 503,
    retryable: true,
    message: d => `${d.url} did not take ${d.client} within ${d.seconds} s: ${d.reason}`,
    remedy: 'Check that the platform runs and that --mqtt names its address and port.',
  },
  loginRefused: {
    code: 'SIM-002',
    status: 401,
    retryable: false,
    message: d => `${d.url} refused the log-in of ${d.client}: ${d.reason}`,
    remedy:
      'Delete the file given by --credentials so that new log-ins are fetched, or check --device-login.',
  },
  platformUnreachable: {
    code: 'SIM-003',
    status: 503,
    retryable: true,
    message: d => `${d.url} does not answer: ${d.reason}`,
    remedy: 'Check that the platform runs and that --http names its address and port.',
  },
  platformRefused: {
    code: 'SIM-004',
    status: 502,
    retryable: false,
    message: d => `${d.method} ${d.path} was refused with ${d.status}: ${d.reason}`,
    remedy: 'The reason is the platform’s own. For 401 and 403 check --user and --password.',
  },
  badOption: {
    code: 'SIM-005',
    status: 400,
    retryable: false,
    message: d => String(d.faults),
    remedy: 'See --help.',
  },
  badRow: {
    code: 'SIM-006',
    status: 422,
    retryable: false,
    message: d => `none of the first ${d.rows} rows of ${d.file} could be read: ${d.reason}`,
    remedy: 'Check --time, --time-format, --delimiter and --no-header.',
  },
  noLogin: {
    code: 'SIM-007',
    status: 401,
    retryable: false,
    message: d => `no log-in is known for device ${d.deviceId}`,
    remedy: 'Add --provision, --credentials or --device-login.',
  },
  noFile: {
    code: 'SIM-008',
    status: 404,
    retryable: false,
    message: d => `${d.file} cannot be read: ${d.reason}`,
    remedy: 'Give the path of a CSV file that exists and that you may read.',
  },
} as const satisfies Record<string, ErrorSpec>;
