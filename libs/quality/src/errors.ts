import type { ErrorSpec } from '@anmai/kernel';

export const QUALITY_ERRORS = {
  badConfig: {
    code: 'QLT-001',
    status: 400,
    retryable: false,
    message: d => `quality configuration cannot be used: ${d.faults}`,
    remedy: 'Correct each named key; the README of libs/quality lists the keys with their units.',
  },
} as const satisfies Record<string, ErrorSpec>;
