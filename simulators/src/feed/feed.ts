import type { Millis } from '@anmai/kernel';

/** How a device writes: SenML (RFC 8428), or the plain JSON that ThingsBoard devices send. */
export type MessageForm = 'senml' | 'plain';

/**
 * One value of a channel. `null`: the device says that it has none. NaN and text exist so that faulty firmware can
 * be played; a sound feed never holds them.
 */
export type FeedValue = number | boolean | string | null;

export interface FeedRecord {
  readonly channel: string;
  /** Unit on the wire; null: none is sent. Plain JSON has no place for it. */
  readonly unit: string | null;
  /** Device time. */
  readonly at: Millis;
  readonly value: FeedValue;
}

/** One MQTT message to be. `sendAt` is when it leaves; feeds are ascending by it. */
export interface FeedMessage {
  readonly kind: 'message';
  readonly sendAt: Millis;
  readonly deviceId: string;
  readonly form: MessageForm;
  readonly records: readonly FeedRecord[];
  /** Sent in place of the encoded records: a payload that broke on the way. */
  readonly raw?: string;
  /** Row of the file that it comes from, 1 for the first one; for taking a replay up again. */
  readonly row?: number;
}

/** The network drops the connections of these devices at once. */
export interface FeedBreak {
  readonly kind: 'break';
  readonly sendAt: Millis;
  readonly deviceIds: readonly string[];
}

export type FeedItem = FeedMessage | FeedBreak;

export const telemetryTopic = (deviceId: string): string => `anmai/v1/${deviceId}/telemetry`;
export const statusTopic = (deviceId: string): string => `anmai/v1/${deviceId}/status`;
