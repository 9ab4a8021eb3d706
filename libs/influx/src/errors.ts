import type { ErrorSpec } from '@anmai/kernel';

// All are retryable: whatever is wrong with the server, the readings must wait in the journal until it is mended.
export const INFLUX_ERRORS = {
  notAllowed: {
    code: 'INF-001',
    status: 503,
    retryable: true,
    message: d => `InfluxDB at ${d.host} does not let us in: ${d.reason}`,
    remedy: 'Check INFLUX_USERNAME and INFLUX_PASSWORD; the user needs all rights (GRANT ALL PRIVILEGES).',
  },
  refused: {
    code: 'INF-002',
    status: 503,
    retryable: true,
    message: d => `InfluxDB at ${d.host} refused a request: ${d.reason}`,
    remedy:
      'Look for the same words in the log of InfluxDB; readings wait in the journal until it takes them.',
  },
  missing: {
    code: 'INF-003',
    status: 503,
    retryable: true,
    message: d => `InfluxDB at ${d.host} has lost the database or a retention policy: ${d.reason}`,
    remedy: 'They are made again with the next call. If the data of the server is gone, restore its backup.',
  },
  unsupported: {
    code: 'INF-004',
    status: 503,
    retryable: true,
    message: d => `InfluxDB at ${d.host} has version ${d.version}`,
    remedy: 'Use InfluxDB 1.6 to 1.x: rollups need SELECT INTO, which version 2 and later do not have.',
  },
} as const satisfies Record<string, ErrorSpec>;
