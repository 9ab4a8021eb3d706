import type { Duplex } from 'node:stream';
import type { Client, PublishPacket } from 'aedes';
import { PubackBatch } from './puback-batch';
import { statusTopic, telemetryTopic } from './rights';
import { TokenBucket } from './token-bucket';

export type PublishCallback = (error?: Error | null) => void;

/** A message that waits because its device is above its rate. */
export interface Held {
  readonly client: Client;
  readonly connection: Connection;
  readonly packet: PublishPacket;
  readonly callback: PublishCallback;
}

/**
 * What all connections of one device share. Kept while the program runs; there are as many as registered
 * devices.
 */
export class DeviceState {
  readonly telemetryTopic: string;
  readonly statusTopic: string;
  /**
   * Did any session of this device ever subscribe to its telemetry? If not, telemetry ends at the journal.
   */
  telemetryRead = false;
  readonly bucket: TokenBucket;
  readonly held: Held[] = [];
  timer: NodeJS.Timeout | null = null;

  constructor(
    readonly id: string,
    limits: { readonly deviceRatePerSecond: number; readonly deviceBurst: number },
    nowMs: number,
  ) {
    this.telemetryTopic = telemetryTopic(id);
    this.statusTopic = statusTopic(id);
    this.bucket = new TokenBucket(limits.deviceRatePerSecond, limits.deviceBurst, nowMs);
  }
}

/** One accepted connection. `device` is set by the log-in. */
export class Connection {
  device: DeviceState | null = null;
  /** MQTT 3.1.1 gives a client without an id no session to come back to. */
  missingId = false;
  readonly pubacks: PubackBatch;

  constructor(
    readonly stream: Duplex,
    readonly address: string,
    /**
     * Common name of a verified client certificate; '' when one was sent that does not verify; null: none.
     */
    readonly certificateName: string | null,
  ) {
    this.pubacks = new PubackBatch(stream);
  }
}
