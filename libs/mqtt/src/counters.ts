import type { GatewayStats, RefusalReason } from './gateway.port';

/** The mutable side of GatewayStats, shared by the parts of one gateway. */
export class Counters {
  connectionsNow = 0;
  inFlightNow = 0;
  received = 0;
  stored = 0;
  failed = 0;
  droppedQos0 = 0;
  delayed = 0;
  readonly refused: Record<RefusalReason, number> = {
    unknown_device: 0,
    bad_password: 0,
    bad_certificate: 0,
    identifier_rejected: 0,
    throttled: 0,
    too_many_sessions: 0,
    too_many_connections: 0,
    payload_too_large: 0,
    foreign_topic: 0,
  };

  snapshot(
    up: boolean,
    store: Pick<GatewayStats, 'droppedOffline' | 'droppedRetained' | 'evictedSessions'>,
  ): GatewayStats {
    const { connectionsNow, inFlightNow, received, stored, failed, droppedQos0, delayed } = this;
    const counts = { connectionsNow, inFlightNow, received, stored, failed, droppedQos0, delayed };
    const { droppedOffline, droppedRetained, evictedSessions } = store;
    return { up, ...counts, droppedOffline, droppedRetained, evictedSessions, refused: { ...this.refused } };
  }
}
