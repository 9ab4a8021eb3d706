import { connect } from 'node:net';
import { MqttClient } from 'mqtt';
import { telemetry, type Registered } from '../support/device';
import { eventually } from '../support/eventually';
import type { Planned } from './plan';

/** Messages without PUBACK at a time; more than the monitor can put back in order when they come a second time. */
const IN_FLIGHT_MAX = 24;
const RECONNECT_MS = 30;

/** Where the server is now; null while there is none. */
export interface Address {
  port: number | null;
}

/**
 * A device that keeps sending its plan at QoS 1, goes on when the server is back, and sends again what had no PUBACK.
 * A message counts as acknowledged only by its own PUBACK.
 */
export class ChaosDevice {
  readonly sent: Planned[] = [];
  readonly acknowledged = new Set<number>();
  private readonly client: MqttClient;
  private timer: NodeJS.Timeout | null = null;

  constructor(
    private readonly device: Registered,
    private readonly plan: Generator<Planned>,
    address: Address,
  ) {
    // Port 1 refuses at once, like a server that is gone.
    this.client = new MqttClient(() => connect(address.port ?? 1, '127.0.0.1').setNoDelay(true), {
      clientId: `chaos-${device.deviceId}`,
      username: device.username,
      password: device.password,
      protocolVersion: 4,
      clean: true,
      keepalive: 60,
      reconnectPeriod: RECONNECT_MS,
      connectTimeout: 5_000,
      manualConnect: true,
    });
    this.client.on('error', () => undefined);
    this.client.connect();
  }

  /** Starts sending, `perSecond` on average, never more than IN_FLIGHT_MAX ahead of the acknowledgements. */
  start(perSecond: number): void {
    const everyMs = 10;
    let owed = 0;
    this.timer = setInterval(() => {
      owed = Math.min(owed + (perSecond * everyMs) / 1_000, IN_FLIGHT_MAX);
      for (; owed >= 1 && this.inFlight < IN_FLIGHT_MAX; owed -= 1) this.send();
    }, everyMs);
  }

  pause(): void {
    if (this.timer !== null) clearInterval(this.timer);
    this.timer = null;
  }

  get inFlight(): number {
    return this.sent.length - this.acknowledged.size;
  }

  /** Everything that was sent has its PUBACK. */
  async settled(ms = 30_000): Promise<void> {
    await eventually(async () => this.inFlight === 0, ms);
  }

  /** Sends until `count` messages in all are sent and acknowledged, as fast as they are taken. */
  async sendUpTo(count: number, ms: number): Promise<void> {
    await eventually(async () => {
      while (this.sent.length < count && this.inFlight < IN_FLIGHT_MAX) this.send();
      return this.acknowledged.size === count;
    }, ms);
  }

  async end(): Promise<void> {
    this.pause();
    await this.client.endAsync(true);
  }

  send(): void {
    const message = this.plan.next().value as Planned;
    const n = this.sent.push(message) - 1;
    const payload = JSON.stringify({ ts: message.at, values: message.values });
    this.client.publish(telemetry(this.device.deviceId), payload, { qos: 1 }, error => {
      if (error == null) this.acknowledged.add(n);
    });
  }
}
