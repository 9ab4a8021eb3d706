import { AppError } from '@anmai/kernel';
import mqtt, { type IClientOptions, type MqttClient } from 'mqtt';
import { statusTopic } from '../feed/feed';
import { SIMULATOR_ERRORS } from './errors';

/** What a device logs in with. */
export interface Login {
  readonly username: string;
  readonly password: string;
}

export interface LinkOptions {
  /** mqtt:, mqtts:, ws: or wss: address. */
  readonly url: string;
  /** Client id. */
  readonly name: string;
  readonly login: Login | null;
  /** Device whose retained status and will this connection keeps; null: none (a gateway speaks for many). */
  readonly deviceId: string | null;
  /** How long the first connection may take. */
  readonly connectWaitMs: number;
  readonly reconnectMs: number;
  readonly onReconnect: () => void;
  readonly onTrouble: (reason: string) => void;
}

interface Pending {
  readonly topic: string;
  readonly payload: string;
  /** Was handed to a connection before: the next time it carries the DUP flag. */
  tried: boolean;
  readonly resolve: () => void;
  readonly reject: (error: Error) => void;
}

const KEEP_ALIVE_SECONDS = 60;
const CLOSE_WAIT_MS = 3_000;
const CONNACK_WAIT_MS = 10_000;
const ONLINE = '{"online":true}';
const OFFLINE = '{"online":false}';
/** CONNACK codes that another try will not change: bad client id, wrong password, not authorised. */
const HOPELESS_CODES = new Set([2, 4, 5]);

/**
 * One MQTT connection that stays. It keeps its own list of what was not acknowledged and sends exactly that again, in
 * order, over each new connection. Every connection is a fresh client: mqtt.js fails messages that were published
 * while it was resending others, and can then wait for ever.
 */
export class DeviceLink {
  private client: MqttClient | null = null;
  private attempt: MqttClient | null = null;
  private timer: NodeJS.Timeout | null = null;
  private closed = false;
  private connects = 0;
  private readonly unacknowledged = new Set<Pending>();

  private constructor(private readonly options: LinkOptions) {}

  /** Connected, status announced. Rejects with SIM-001 or SIM-002. */
  static open(options: LinkOptions): Promise<DeviceLink> {
    const link = new DeviceLink(options);
    const { url, name, connectWaitMs } = options;
    return new Promise((resolve, reject) => {
      let reason = 'no answer';
      const fail = (spec: (typeof SIMULATOR_ERRORS)['brokerUnreachable' | 'loginRefused']): void => {
        clearTimeout(timer);
        link.stop();
        reject(new AppError(spec, { url, client: name, seconds: connectWaitMs / 1_000, reason }));
      };
      const timer = setTimeout(() => fail(SIMULATOR_ERRORS.brokerUnreachable), connectWaitMs);
      const done = (): void => {
        clearTimeout(timer);
        resolve(link);
      };
      link.connect(done, error => {
        reason = error.message || String(error);
        if ('code' in error && HOPELESS_CODES.has(Number(error.code))) fail(SIMULATOR_ERRORS.loginRefused);
      });
    });
  }

  /** Resolves with the PUBACK, however many connections it takes. Rejects only when the link was closed before. */
  publish(topic: string, payload: string): Promise<void> {
    return new Promise((resolve, reject) => {
      if (this.closed) return reject(new Error('the connection is closed'));
      const pending = { topic, payload, tried: false, resolve, reject };
      this.unacknowledged.add(pending);
      if (this.client !== null) this.put(this.client, pending);
    });
  }

  /** Cuts the connection as a network would; it comes back by itself. */
  cut(): void {
    this.client?.stream.destroy();
  }

  /** Says goodbye (status offline) and closes. Gives up politeness after some seconds. */
  async close(): Promise<void> {
    const { client, closed } = this;
    const { deviceId, onTrouble } = this.options;
    this.closed = true;
    if (!closed && client !== null) {
      let timer: NodeJS.Timeout | undefined;
      const late = new Promise<void>(resolve => (timer = setTimeout(resolve, CLOSE_WAIT_MS)));
      const polite = async (): Promise<void> => {
        if (deviceId !== null)
          await client.publishAsync(statusTopic(deviceId), OFFLINE, { qos: 1, retain: true });
        await client.endAsync();
      };
      await Promise.race([polite(), late]).catch((error: unknown) => onTrouble(String(error)));
      clearTimeout(timer);
    }
    this.stop();
  }

  private stop(): void {
    this.closed = true;
    if (this.timer !== null) clearTimeout(this.timer);
    this.attempt?.end(true);
    this.attempt = null;
    this.client = null;
    for (const each of this.unacknowledged) each.reject(new Error('closed before it was acknowledged'));
    this.unacknowledged.clear();
  }

  private connect(onFirst: () => void, onError: (error: Error) => void): void {
    const client = mqtt.connect(this.options.url, clientOptions(this.options));
    this.attempt = client;
    client.on('error', error => {
      onError(error);
      if (!this.closed) this.options.onTrouble(error.message || String(error));
    });
    client.once('connect', () => {
      if (this.closed) return;
      this.connects += 1;
      this.client = client;
      this.announce(client);
      for (const each of this.unacknowledged) this.put(client, each);
      if (this.connects === 1) onFirst();
      else this.options.onReconnect();
    });
    client.once('close', () => {
      if (this.client === client) this.client = null;
      if (this.closed) return;
      client.end(true);
      this.timer = setTimeout(() => this.connect(onFirst, onError), this.options.reconnectMs);
    });
  }

  private put(client: MqttClient, pending: Pending): void {
    const { topic, payload, tried } = pending;
    pending.tried = true;
    client.publish(topic, payload, { qos: 1, dup: tried }, error => {
      // Without an error this is the PUBACK. With one the connection went: the next one sends it again.
      if (!error && this.unacknowledged.delete(pending)) pending.resolve();
    });
  }

  /** Not kept for a later connection: that one announces itself. */
  private announce(client: MqttClient): void {
    const { deviceId } = this.options;
    if (deviceId !== null) client.publish(statusTopic(deviceId), ONLINE, { qos: 1, retain: true });
  }
}

function clientOptions({ name, login, deviceId }: LinkOptions): IClientOptions {
  const will =
    deviceId === null
      ? {}
      : {
          will: {
            topic: statusTopic(deviceId),
            payload: Buffer.from(OFFLINE),
            qos: 1 as const,
            retain: true,
          },
        };
  return {
    clientId: name,
    clean: true,
    protocolVersion: 4,
    keepalive: KEEP_ALIVE_SECONDS,
    // No reconnecting by the library, see above.
    reconnectPeriod: 0,
    connectTimeout: CONNACK_WAIT_MS,
    ...(login ?? {}),
    ...will,
  };
}
