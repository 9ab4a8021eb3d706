import { AppError } from '@anmai/kernel';
import { encodeMessage } from '../feed/encode';
import { telemetryTopic, type FeedMessage } from '../feed/feed';
import { seedOf } from '../random';
import { DeviceLink, type Login } from './device-link';
import { SIMULATOR_ERRORS } from './errors';
import { eachBounded, Slots } from './slots';

export interface FleetOptions {
  readonly url: string;
  /** One connection for all devices with this log-in; null: each device has its own connection and log-in. */
  readonly gateway: Login | null;
  /** Of a device; null: none is known. */
  readonly loginOf: (deviceId: string) => Login | null;
  /** Connections being opened at once. */
  readonly connectsMax?: number;
  /** Messages under way without their PUBACK, over all connections. */
  readonly inflightMax?: number;
  readonly connectWaitMs?: number;
  readonly log: (line: string) => void;
}

export interface FleetStats {
  readonly connections: number;
  readonly sent: number;
  readonly acknowledged: number;
  readonly failed: number;
  readonly reconnects: number;
  readonly payloadBytes: number;
}

export const CONNECTS_MAX_DEFAULT = 24;
export const INFLIGHT_MAX_DEFAULT = 1_000;
const CONNECT_WAIT_MS_DEFAULT = 30_000;
/** Devices of a fleet come back at different moments between these, each always at its own. */
const RECONNECT_MS = { min: 500, spread: 1_500 };
/** Troubles of the network that are written out; the rest is counted. */
const TROUBLE_LINES_MAX = 5;

/** The devices' side of MQTT: connections, QoS 1, and the count of what was acknowledged. */
export class Fleet {
  private readonly links = new Map<string, DeviceLink>();
  private readonly slots: Slots;
  private readonly opening = new Map<string, Promise<DeviceLink>>();
  /** Sent and not acknowledged; those that failed stay in. At most `inflightMax` and the failed ones of a close. */
  private readonly unacknowledged = new Set<FeedMessage>();
  private sent = 0;
  private acknowledged = 0;
  private failed = 0;
  private reconnects = 0;
  private payloadBytes = 0;
  private troubles = 0;

  constructor(private readonly options: FleetOptions) {
    this.slots = new Slots(options.inflightMax ?? INFLIGHT_MAX_DEFAULT);
  }

  get stats(): FleetStats {
    const { sent, acknowledged, failed, reconnects, payloadBytes } = this;
    return { connections: this.links.size, sent, acknowledged, failed, reconnects, payloadBytes };
  }

  /** Opens the connections of these devices, a bounded number at once, in this order. Rejects with the first failure. */
  async connect(deviceIds: readonly string[]): Promise<void> {
    const ids = this.options.gateway === null ? deviceIds : deviceIds.slice(0, 1);
    await eachBounded(ids, this.options.connectsMax ?? CONNECTS_MAX_DEFAULT, async id => {
      await this.link(id);
    });
  }

  /**
   * Resolves once the message is under way: at most `inflightMax` wait for their PUBACK, then callers wait. The order
   * within a device is kept.
   */
  async send(message: FeedMessage): Promise<void> {
    await this.slots.take();
    try {
      const link = this.links.get(this.linkKey(message.deviceId)) ?? (await this.link(message.deviceId));
      const payload = encodeMessage(message);
      this.sent += 1;
      this.payloadBytes += Buffer.byteLength(payload);
      this.unacknowledged.add(message);
      this.settle(message, link.publish(telemetryTopic(message.deviceId), payload));
    } catch (error) {
      this.slots.give();
      throw error;
    }
  }

  /** Resolves when nothing waits for its PUBACK any more. */
  drained(): Promise<void> {
    return this.slots.drained();
  }

  /** The first row of a replay that is not yet safe with the platform; null: all that were sent are. */
  firstUnacknowledgedRow(): number | null {
    const rows = [...this.unacknowledged].map(each => each.row ?? Infinity);
    const first = Math.min(Infinity, ...rows);
    return first === Infinity ? null : first;
  }

  /** Cuts the connections of these devices. */
  cut(deviceIds: readonly string[]): void {
    const keys = new Set(deviceIds.map(id => this.linkKey(id)));
    for (const key of keys) this.links.get(key)?.cut();
  }

  async close(): Promise<void> {
    await Promise.all([...this.links.values()].map(link => link.close()));
    this.links.clear();
  }

  private settle(message: FeedMessage, publishing: Promise<void>): void {
    publishing.then(
      () => {
        this.acknowledged += 1;
        this.unacknowledged.delete(message);
        this.slots.give();
      },
      (error: unknown) => {
        this.failed += 1;
        this.slots.give();
        this.trouble(String(error));
      },
    );
  }

  private linkKey(deviceId: string): string {
    return this.options.gateway === null ? deviceId : '';
  }

  private async link(deviceId: string): Promise<DeviceLink> {
    const key = this.linkKey(deviceId);
    const under = this.opening.get(key) ?? this.open(deviceId, key);
    this.opening.set(key, under);
    try {
      return await under;
    } finally {
      this.opening.delete(key);
    }
  }

  private async open(deviceId: string, key: string): Promise<DeviceLink> {
    const known = this.links.get(key);
    if (known !== undefined) return known;
    const { url, gateway, loginOf, connectWaitMs = CONNECT_WAIT_MS_DEFAULT } = this.options;
    const login = gateway ?? loginOf(deviceId);
    if (login === null) throw new AppError(SIMULATOR_ERRORS.noLogin, { deviceId });
    const link = await DeviceLink.open({
      url,
      name: gateway === null ? deviceId : `sim-gateway-${login.username}`,
      login,
      deviceId: gateway === null ? deviceId : null,
      connectWaitMs,
      reconnectMs: RECONNECT_MS.min + ((seedOf(deviceId) >>> 0) % RECONNECT_MS.spread),
      onReconnect: () => (this.reconnects += 1),
      onTrouble: reason => this.trouble(`${deviceId}: ${reason}`),
    });
    this.links.set(key, link);
    return link;
  }

  private trouble(reason: string): void {
    this.troubles += 1;
    if (this.troubles <= TROUBLE_LINES_MAX) this.options.log(`network: ${reason}`);
    if (this.troubles === TROUBLE_LINES_MAX) this.options.log('network: further troubles are only counted');
  }
}
