import type { ErrorSpec } from '@anmai/kernel';

export const REPORT_ERRORS = {
  tooLarge: {
    code: 'RPT-001',
    status: 413,
    retryable: false,
    message: d => `the report has ${d.count} ${d.what}, at most ${d.max} are taken`,
    remedy: 'Narrow the report (a shorter period, one district, fewer photos) or take the table as CSV.',
  },
} as const satisfies Record<string, ErrorSpec>;
