import { telemetry, type Registered } from '../support/device';
import { eventually } from '../support/eventually';
import type { Planned } from './plan';
import { WireClient } from './wire-client';

/** Messages without PUBACK at a time; more than the monitor can put back in order when they come a second time. */
const IN_FLIGHT_MAX = 24;
const RECONNECT_MS = 30;
const PACE_MS = 10;
const MESSAGE_IDS = 65_535;

/** Where the server is now; null while there is none. */
export interface Address {
  port: number | null;
}

/**
 * A device that keeps sending its plan at QoS 1 and connects again whenever it is cut off. What had no PUBACK is then
 * sent again, in order and before anything new. A message counts as acknowledged by its own PUBACK alone.
 */
export class ChaosDevice {
  readonly sent: Planned[] = [];
  readonly acknowledged = new Set<number>();
  /** CONNACK codes other than 0. */
  readonly refusals: number[] = [];
  /** Numbers of messages without PUBACK, in the order of their first sending. */
  private readonly waiting = new Set<number>();
  private client: WireClient | null = null;
  private isOnline = false;
  private connections = 0;
  /** PUBACKs that came before that of an older message. */
  holes = 0;
  private pacing: NodeJS.Timeout | null = null;
  private reconnecting: NodeJS.Timeout | null = null;
  private ended = false;

  constructor(
    private readonly device: Registered,
    private readonly plan: Generator<Planned>,
    private readonly address: Address,
  ) {
    this.connect();
  }

  /** Starts sending, `perSecond` on average, never more than IN_FLIGHT_MAX ahead of the acknowledgements. */
  start(perSecond: number): void {
    let owed = 0;
    this.pacing = setInterval(() => {
      owed = Math.min(owed + (perSecond * PACE_MS) / 1_000, IN_FLIGHT_MAX);
      for (; owed >= 1 && this.send(); owed -= 1);
    }, PACE_MS);
  }

  pause(): void {
    if (this.pacing !== null) clearInterval(this.pacing);
    this.pacing = null;
  }

  /** Everything that was sent has its PUBACK. */
  async settled(ms = 30_000): Promise<void> {
    await eventually(async () => {
      if (this.waiting.size === 0) return true;
      throw new Error(`${this.device.deviceId} has no PUBACK: ${JSON.stringify(this.state())}`);
    }, ms);
  }

  /** Sends until `count` messages in all are sent and acknowledged, as fast as they are taken. */
  async sendUpTo(count: number, ms: number): Promise<void> {
    await eventually(async () => {
      while (this.sent.length < count && this.send());
      return this.acknowledged.size === count;
    }, ms);
  }

  /** For the message when something did not happen. */
  private state(): object {
    const { isOnline, refusals, sent, acknowledged, waiting, connections } = this;
    const oldest = [...waiting].slice(0, 3);
    return { isOnline, refusals, connections, sent: sent.length, acknowledged: acknowledged.size, oldest };
  }

  async end(): Promise<void> {
    this.ended = true;
    this.pause();
    if (this.reconnecting !== null) clearTimeout(this.reconnecting);
    this.client?.destroy();
  }

  /** One more message; false when there is no connection or too much is under way. */
  private send(): boolean {
    if (!this.isOnline || this.waiting.size >= IN_FLIGHT_MAX) return false;
    const n = this.sent.push(this.plan.next().value as Planned) - 1;
    this.waiting.add(n);
    this.publish(n, false);
    return true;
  }

  private publish(n: number, again: boolean): void {
    const { at, values } = this.sent[n]!;
    const payload = JSON.stringify({ ts: at, values });
    this.client?.publish(telemetry(this.device.deviceId), payload, (n % MESSAGE_IDS) + 1, again);
  }

  private connect(): void {
    const { username, password, deviceId } = this.device;
    const login = { clientId: `chaos-${deviceId}`, username, password };
    if (this.address.port === null) return this.connectSoon();
    this.connections++;
    this.client = new WireClient(this.address.port, login, {
      onConnack: code => this.connected(code),
      onPuback: id => this.puback(id),
      onClose: () => this.connectSoon(),
    });
  }

  private connectSoon(): void {
    this.isOnline = false;
    this.client = null;
    if (!this.ended) this.reconnecting = setTimeout(() => this.connect(), RECONNECT_MS);
  }

  private connected(code: number): void {
    if (code !== 0) {
      this.refusals.push(code);
      return;
    }
    this.isOnline = true;
    for (const n of this.waiting) this.publish(n, true);
  }

  private puback(messageId: number): void {
    // The window is far smaller than the range of ids: the id names one message.
    const n = [...this.waiting].find(waiting => (waiting % MESSAGE_IDS) + 1 === messageId);
    if (n === undefined) throw new Error(`PUBACK ${messageId} for nothing that is under way`);
    const [oldest] = this.waiting;
    if (oldest !== n) this.holes++;
    this.waiting.delete(n);
    this.acknowledged.add(n);
  }
}
