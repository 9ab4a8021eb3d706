import type { IncomingMessage as HttpRequest } from 'node:http';
import type { Duplex } from 'node:stream';

export type Qos = 0 | 1 | 2;

/** One message that its sender was allowed to send. */
export interface IncomingMessage {
  /**
   * Who logged in (embedded broker), or the device named by the topic (outside broker; null: no such topic).
   */
  readonly deviceId: string | null;
  /** Always in the form `anmai/v1/{deviceId}/…`; `v1/devices/me/telemetry` arrives rewritten. */
  readonly topic: string;
  /** A view into the read buffer: copy or encode it before the returned promise resolves, do not keep it. */
  readonly payload: Buffer;
  readonly qos: Qos;
  readonly retain: boolean;
}

/**
 * Takes one message. Resolves when it is durable: only then does the PUBACK (QoS 1) or PUBREC (QoS 2) leave.
 * Rejects: no acknowledgement, the connection is closed and the sender sends again. Called in the order of
 * arrival per connection, many at once, so that a group commit can carry them together.
 */
export type OnMessage = (message: IncomingMessage) => Promise<unknown>;

/**
 * Why something was not taken. `foreign_topic` (see README, Why 3) and, from an outside broker,
 * `payload_too_large` are acknowledged after `onRefused`: they would come again for ever. All others close
 * the connection.
 */
export type RefusalReason =
  | 'unknown_device'
  | 'bad_password'
  | 'bad_certificate'
  | 'identifier_rejected'
  | 'throttled'
  | 'too_many_sessions'
  | 'too_many_connections'
  | 'payload_too_large'
  | 'foreign_topic';

export interface Refusal {
  readonly reason: RefusalReason;
  /** User name of a log-in; null where none was given. */
  readonly username: string | null;
  /** Device that logged in; null before that. */
  readonly deviceId: string | null;
  /** Remote address without port; null for an outside broker. */
  readonly address: string | null;
  readonly topic: string | null;
  /** What was sent, `foreign_topic` only (copy it to keep it). */
  readonly payload: Buffer | null;
  /** Plain English: what was seen and, where it helps, the limit. */
  readonly detail: string;
}

/**
 * Hears of refusals. A promise is awaited before a foreign message is acknowledged; if it rejects, there is
 * no PUBACK.
 */
export type OnRefused = (refusal: Refusal) => void | Promise<void>;

/** Who may log in. All answers come from memory at once: this sits between a device and its CONNACK. */
export interface DeviceGate {
  /** The id of the device that owns these credentials, or null. `password` is '' when none was sent. */
  authenticate(username: string, password: string): string | null;
  /** Is there a device with this user name? Only used to tell `unknown_device` from `bad_password`. */
  knowsUsername(username: string): boolean;
  /** The device whose verified client certificate carries this common name, or null. */
  authenticateCertificate(commonName: string): string | null;
}

/** Counters since the start; gauges where the name says `now`. */
export interface GatewayStats {
  /** Outside broker: is the connection up? Embedded: is it listening? */
  readonly up: boolean;
  readonly connectionsNow: number;
  /** Handed to `onMessage` but not yet durable. */
  readonly inFlightNow: number;
  readonly received: number;
  /** `onMessage` resolved. */
  readonly stored: number;
  /** `onMessage` rejected; QoS 1 and 2 come again. */
  readonly failed: number;
  /** QoS 0 above the rate of its device: dropped. */
  readonly droppedQos0: number;
  /** Messages that were made to wait because their device was above its rate. */
  readonly delayed: number;
  /** Messages queued for an away session that made room for newer ones. */
  readonly droppedOffline: number;
  /** Retained messages not kept because a limit was reached. */
  readonly droppedRetained: number;
  /** Sessions of away clients that made room for newer ones of the same device. */
  readonly evictedSessions: number;
  readonly refused: Readonly<Record<RefusalReason, number>>;
}

export interface PublishOptions {
  readonly qos: 0 | 1;
  readonly retain: boolean;
}

/** The MQTT side of the platform: one broker inside the process, or a connection to one outside. */
export interface Gateway {
  /**
   * Resolves once messages can come in. `port` is the TCP port; for an outside broker its own. Rejects with
   * MQT-001/002.
   */
  start(): Promise<{ port: number }>;
  /**
   * Stops taking; messages under way get `stopDrainMs` to be stored. After it resolved no acknowledgement
   * leaves.
   */
  stop(): Promise<void>;
  /**
   * Downlink. Resolves when the broker has it: delivered to those online and, QoS 1, queued for away
   * sessions. Rejects with MQT-003 (not running, not connected), MQT-004 (a queue is full; nothing was
   * queued), MQT-005 (retained store is full).
   */
  publish(topic: string, payload: Buffer, options: PublishOptions): Promise<void>;
  stats(): GatewayStats;
}

export interface EmbeddedGateway extends Gateway {
  /** Port of the TLS listener, or null. */
  tlsPort(): number | null;
  /**
   * MQTT over WebSocket: hand in `upgrade` events of the HTTP server; paths other than `/mqtt` are answered
   * with 404.
   */
  handleUpgrade(request: HttpRequest, socket: Duplex, head: Buffer): void;
  /** Closes all connections of a device, e.g. when its credentials changed; its sessions stay. */
  disconnectDevice(deviceId: string): void;
}

/** The few log lines of this lib; pino fits. */
export interface GatewayLog {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
}
