import type { ErrorSpec } from '@anmai/kernel';

/** What is refused about incidents and figures. */
export const INCIDENT_ERRORS = {
  stepRefused: {
    code: 'INC-001',
    status: 409,
    retryable: false,
    message: d => `this step is not taken: ${d.why}`,
    remedy: 'Do what `refusal.instead` says.',
  },
  periodTooLong: {
    code: 'INC-002',
    status: 422,
    retryable: false,
    message: d => `figures are given for ${d.days} days at most`,
    remedy: 'Ask for a shorter period.',
  },
  notWarned: {
    code: 'INC-003',
    status: 404,
    retryable: false,
    message: d => `no warning was issued about incident ${d.id}`,
    remedy: 'Issue one by the step `warn`; what the incident is without it is at GET /incidents/{id}.',
  },
} as const satisfies Record<string, ErrorSpec>;
