import type { ErrorSpec } from '@anmai/kernel';

export const MQTT_ERRORS = {
  listen: {
    code: 'MQT-001',
    status: 500,
    retryable: false,
    message: d => `cannot listen for MQTT on ${d.host}:${d.port}: ${d.reason}`,
    remedy: 'Free the port or choose another with ANMAI_MQTT_PORT (0 takes any free one).',
  },
  tls: {
    code: 'MQT-002',
    status: 500,
    retryable: false,
    message: d => `TLS for MQTT cannot be set up: ${d.reason}`,
    remedy:
      'Check that ANMAI_TLS_CERT, ANMAI_TLS_KEY and ANMAI_TLS_CLIENT_CA are PEM files that belong together.',
  },
  down: {
    code: 'MQT-003',
    status: 503,
    retryable: true,
    message: d => `MQTT is not available: ${d.reason}`,
    remedy:
      'Check that the broker named by MQTT_URL runs and takes the log-in; the gateway reconnects by itself.',
  },
  queueFull: {
    code: 'MQT-004',
    status: 429,
    retryable: true,
    message: d => `${d.queued} messages already wait for ${d.session}, at most ${d.max}`,
    remedy: 'The device is away and its queue is full. Wait until it is back, or send fewer commands.',
  },
  retainedFull: {
    code: 'MQT-005',
    status: 429,
    retryable: false,
    message: d => `retained message on ${d.topic} was not kept: ${d.reason}`,
    remedy: 'Send less than the limit, or clear retained messages that nobody needs with an empty payload.',
  },
} as const satisfies Record<string, ErrorSpec>;
