/** Everything that could grow, with its maximum. Each has a test at the limit. */
export interface GatewayLimits {
  /** Of one PUBLISH. One byte more closes the connection; far more is not even read into memory. */
  readonly payloadBytesMax: number;
  /** Of any packet before the log-in succeeded. */
  readonly connectBytesMax: number;
  readonly clientIdBytesMax: number;
  /** Sustained messages a second of one device, over all its connections. */
  readonly deviceRatePerSecond: number;
  /** Messages a device may send at once after a pause. */
  readonly deviceBurst: number;
  /** Messages of one device waiting for its rate; more closes the connection. */
  readonly heldPerDeviceMax: number;
  /** Connections that logged in. */
  readonly sessionsMax: number;
  /** Sessions kept for away clients (clean session 0) of one device; the longest away makes room. */
  readonly awaySessionsPerDeviceMax: number;
  /** Connections that did not log in yet. */
  readonly unauthenticatedMax: number;
  /** From the connection to a complete CONNECT. */
  readonly connectTimeoutMs: number;
  /** QoS 2 messages of one client that wait for PUBREL. */
  readonly inflightQos2Max: number;
  /** Messages queued for one persistent session, in memory. */
  readonly offlineQueueMax: number;
  readonly offlineQueueBytesMax: number;
  readonly subscriptionsPerSessionMax: number;
  readonly retainedMax: number;
  readonly retainedPayloadBytesMax: number;
  /** A longer keep-alive, or none, is treated as this one. */
  readonly keepAliveSecondsMax: number;
  /** Failed log-ins a minute. */
  readonly loginFailuresPerAddress: number;
  readonly loginFailuresPerUsername: number;
  /** Addresses and user names remembered for the two limits above and for the once-a-minute reports. */
  readonly loginMemoryMax: number;
  /** A subscriber that reads nothing for this long is disconnected. */
  readonly drainTimeoutMs: number;
  /** How long `stop` waits for messages under way before it cuts the connections. */
  readonly stopDrainMs: number;
}

export const DEFAULT_LIMITS: GatewayLimits = {
  payloadBytesMax: 256 * 1024,
  connectBytesMax: 16 * 1024,
  clientIdBytesMax: 256,
  deviceRatePerSecond: 5_000,
  deviceBurst: 10_000,
  heldPerDeviceMax: 10_000,
  sessionsMax: 50_000,
  awaySessionsPerDeviceMax: 4,
  unauthenticatedMax: 1_000,
  connectTimeoutMs: 10_000,
  inflightQos2Max: 100,
  offlineQueueMax: 100,
  offlineQueueBytesMax: 256 * 1024,
  subscriptionsPerSessionMax: 20,
  retainedMax: 200_000,
  retainedPayloadBytesMax: 4 * 1024,
  keepAliveSecondsMax: 3_600,
  loginFailuresPerAddress: 30,
  loginFailuresPerUsername: 10,
  loginMemoryMax: 10_000,
  drainTimeoutMs: 20_000,
  stopDrainMs: 2_000,
};
