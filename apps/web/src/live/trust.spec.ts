import type { HealthShape } from '@anmai/wire';
import type { StreamState } from './live-stream';
import { isDoubtful, LAG_MS_MAX, trustOf } from './trust';

const live: StreamState = { phase: 'live', lastByteAt: 1_000, failures: 0 };
const lost: StreamState = { phase: 'lost', lastByteAt: 1_000, failures: 2 };
const health = (change: Partial<HealthShape['parts']> = {}, monitorLagMs = 0): HealthShape => ({
  at: '2026-11-22T00:00:00Z',
  messagesPerSecond: 5,
  monitorLagMs,
  archiverLagMs: 0,
  parts: { broker: 'up', journal: 'up', readings: 'up', records: 'up', monitor: 'up', ...change },
  devicesOnline: 1,
  devicesOffline: 0,
  sensorsBlind: 0,
  rulesUnusable: 0,
  flood: null,
  quarantined: 0,
});

it.each([
  ['all well', live, health(), 'live', false],
  ['lag at the limit is still well', live, health({}, LAG_MS_MAX), 'live', false],
  ['lag above the limit', live, health({}, LAG_MS_MAX + 1), 'late', true],
  ['no intake', live, health({ broker: 'down' }), 'partDown', true],
  [
    'the time series alone costs history, not sight',
    live,
    health({ readings: 'down' }),
    'historyDown',
    false,
  ],
  [
    'what hides alarms is told before what hides history',
    live,
    health({ readings: 'down', broker: 'down' }),
    'partDown',
    true,
  ],
  ['a time series that catches up', live, health({ readings: 'catching-up' }), 'live', false],
  ['a lost stream hides the rest', lost, health({ broker: 'down' }), 'lost', true],
  ['a lost stream before any health', lost, undefined, 'lost', true],
] as const)('%s', (_name, stream, state, kind, doubtful) => {
  const trust = trustOf(stream, state);
  expect([trust.kind, isDoubtful(trust)]).toEqual([kind, doubtful]);
});
