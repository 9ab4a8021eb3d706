import type { ErrorSpec } from '@anmai/kernel';

export const NOTIFY_ERRORS = {
  noSecret: {
    code: 'NTF-001',
    status: 500,
    retryable: false,
    message: d => `channel ${d.channel} needs the secret ${d.ref}, which is not set`,
    remedy: 'Set the secret of that name where the program reads its secrets from, then start it again.',
  },
  badTemplate: {
    code: 'NTF-002',
    status: 400,
    retryable: false,
    message: d => `the template of channel ${d.channel} cannot be used: ${d.fault}`,
    remedy:
      'Use only {{to}}, {{text}}, {{id}} and {{secret:NAME}}; the README of libs/notify shows examples.',
  },
  badAddress: {
    code: 'NTF-003',
    status: 400,
    retryable: false,
    message: d => `channel ${d.channel} has no usable http or https address`,
    remedy: 'Give the whole address, of the kind https or http, without user name and password in it.',
  },
  notDead: {
    code: 'NTF-004',
    status: 409,
    retryable: false,
    message: d => `message ${d.key} is ${d.state}; only what was given up can be queued again`,
    remedy: 'Look at the message again: it is on its way by itself, or it was sent.',
  },
  noChannel: {
    code: 'NTF-005',
    status: 409,
    retryable: false,
    message: d => `this platform has no channel ${d.channel}`,
    remedy: 'Configure it with ANMAI_NOTIFY_FILE or ANMAI_SMTP_URL and start the program again.',
  },
} as const satisfies Record<string, ErrorSpec>;
