import { performance } from 'node:perf_hooks';
import { connect } from 'mqtt';
import type { IClientOptions, IConnackPacket, IPublishPacket, MqttClient } from 'mqtt';
import { AppError } from '@anmai/kernel';
import { parseTopic } from '@anmai/wire';
import { AckWindow } from './ack-window';
import { Counters } from './counters';
import { MQTT_ERRORS } from './errors';
import type { Gateway, GatewayStats, PublishOptions } from './gateway.port';
import { DEFAULT_OUTSIDE_LIMITS } from './outside-broker.port';
import type { OutsideBrokerLimits, OutsideBrokerOptions } from './outside-broker.port';
import { Refusals } from './refusals';
import { within } from './within';

/**
 * QoS 1, also for what was published with 2: MQTT.js sends PUBREC before `handleMessage`, that is before the
 * journal.
 */
const SUBSCRIBED_QOS = 1;
const FILTERS = ['anmai/v1/+/telemetry', 'anmai/v1/+/status'];
/** A connection that lived this long, or stored anything, ends the back-off. */
const STABLE_MS = 10_000;
const NO_STORE = { droppedOffline: 0, droppedRetained: 0, evictedSessions: 0 };
/** Tells MQTT.js to send no PUBACK and to go on with the next packet. */
const ACKED_LATER = new Error('acknowledged once durable');

type Next = (error?: Error) => void;

/**
 * A client of a broker elsewhere, with a persistent session; a PUBACK leaves when `onMessage` has resolved.
 */
export function outsideBroker(options: OutsideBrokerOptions): Gateway {
  return new OutsideBroker(options);
}

class OutsideBroker implements Gateway {
  readonly #limits: OutsideBrokerLimits;
  readonly #counters = new Counters();
  readonly #refusals: Refusals;
  #client: MqttClient | null = null;
  #window: AckWindow = new AckWindow(() => undefined);
  /** MQTT.js waiting for room; it hands in the next packet when called. */
  #waiting: Next | null = null;
  #up = false;
  #stopping = false;
  #subscribed = false;
  #connectedAtMs = 0;
  #storedAtConnect = 0;
  #reconnectMs: number;
  #publishes = 0;
  #wake: (() => void)[] = [];

  constructor(private readonly options: OutsideBrokerOptions) {
    this.#limits = { ...DEFAULT_OUTSIDE_LIMITS, ...options.limits };
    this.#refusals = new Refusals(this.#counters, options.onRefused ?? (() => undefined), 1);
    this.#reconnectMs = this.#limits.reconnectMsMin;
  }

  /**
   * Resolves when connected, or after `startWaitMs` without: a broker that is down must not keep the page
   * down too.
   */
  async start(): Promise<{ port: number }> {
    const client = connect(this.options.url, this.#clientOptions());
    this.#client = client;
    client.handleMessage = (packet, next) => this.#onPacket(packet, next);
    client.on('connect', connack => this.#onConnect(client, connack));
    client.on('close', () => this.#onClose(client));
    client.on('error', error => this.#setState(false, error.message));
    await within(this.#limits.startWaitMs, new Promise<void>(resolve => this.#wake.push(resolve)));
    const { port } = client.options;
    return { port: Number(port ?? new URL(this.options.url).port) };
  }

  async stop(): Promise<void> {
    this.#stopping = true;
    await within(this.#limits.stopDrainMs, this.#idle());
    this.#window.close();
    const client = this.#client;
    // First with DISCONNECT, which also lets the last PUBACKs out of the socket; then by force.
    if (client?.connected === true) await within(this.#limits.stopDrainMs, client.endAsync(false));
    await client?.endAsync(true);
    this.#setState(false, 'stopped');
  }

  async publish(topic: string, payload: Buffer, { qos, retain }: PublishOptions): Promise<void> {
    const client = this.#client;
    if (client === null || !this.#up) throw new AppError(MQTT_ERRORS.down, { reason: 'not connected' });
    const { publishesMax, publishTimeoutMs } = this.#limits;
    if (this.#publishes >= publishesMax) {
      throw new AppError(MQTT_ERRORS.queueFull, {
        queued: this.#publishes,
        session: 'the broker',
        max: publishesMax,
      });
    }
    this.#publishes += 1;
    try {
      const done = await within(publishTimeoutMs, client.publishAsync(topic, payload, { qos, retain }));
      if (!done) throw new AppError(MQTT_ERRORS.down, { reason: `no PUBACK within ${publishTimeoutMs} ms` });
    } finally {
      this.#publishes -= 1;
    }
  }

  stats(): GatewayStats {
    return this.#counters.snapshot(this.#up, NO_STORE);
  }

  #clientOptions(): IClientOptions {
    const { clientId, protocolVersion = 5, tls = {} } = this.options;
    const { sessionExpirySeconds, inFlightMax } = this.#limits;
    const common: IClientOptions = {
      ...tls,
      clientId,
      protocolVersion,
      clean: false,
      resubscribe: false,
      queueQoSZero: false,
      keepalive: 30,
      connectTimeout: 10_000,
      reconnectPeriod: this.#reconnectMs,
    };
    if (protocolVersion === 4) return common;
    const receiveMaximum = Math.min(inFlightMax, 65_535);
    return { ...common, properties: { sessionExpiryInterval: sessionExpirySeconds, receiveMaximum } };
  }

  // --- the connection

  #onConnect(client: MqttClient, connack: IConnackPacket): void {
    const { stream } = client;
    this.#connectedAtMs = performance.now();
    this.#storedAtConnect = this.#counters.stored;
    this.#counters.connectionsNow = 1;
    this.#subscribe(client, connack.sessionPresent === true);
    // A PUBACK belongs to the connection its message came on.
    this.#window.close();
    this.#window = new AckWindow(pubacks => stream.write(pubacks));
  }

  /**
   * A 3.1.1 broker repeats all retained messages at every SUBSCRIBE, so a session that stands is left alone.
   */
  #subscribe(client: MqttClient, sessionPresent: boolean): void {
    const { protocolVersion = 5, sharedGroup } = this.options;
    if (protocolVersion === 4 && sessionPresent && this.#subscribed) {
      this.#setState(true, 'session resumed');
      return;
    }
    const filters =
      sharedGroup === undefined ? FILTERS : FILTERS.map(filter => `$share/${sharedGroup}/${filter}`);
    client.subscribe(
      filters,
      { qos: SUBSCRIBED_QOS, rh: sharedGroup === undefined ? 1 : 0 },
      (error, granted) => {
        const refused = granted?.find(grant => grant.qos > 2)?.topic;
        this.#subscribed = error == null && refused === undefined;
        if (this.#subscribed) this.#setState(true, 'connected');
        else this.#setState(false, error?.message ?? `broker refused the subscription ${refused}`);
      },
    );
  }

  #onClose(client: MqttClient): void {
    this.#window.close();
    this.#waiting = null;
    this.#counters.connectionsNow = 0;
    const { reconnectMsMin, reconnectMsMax } = this.#limits;
    const stable = this.#connectedAtMs > 0 && performance.now() - this.#connectedAtMs >= STABLE_MS;
    const worked = stable || this.#counters.stored > this.#storedAtConnect;
    this.#connectedAtMs = 0;
    this.#storedAtConnect = this.#counters.stored;
    this.#reconnectMs = worked ? reconnectMsMin : Math.min(this.#reconnectMs * 2, reconnectMsMax);
    // MQTT.js has already planned the coming attempt; this is the wait before the one after. The spread keeps
    // many gateways from coming back in the same instant.
    client.options.reconnectPeriod = Math.round(this.#reconnectMs * (0.75 + Math.random() / 4));
    this.#setState(false, 'connection closed');
  }

  #setState(up: boolean, detail: string): void {
    if (up) for (const wake of this.#wake.splice(0)) wake();
    if (up === this.#up) return;
    this.#up = up;
    this.options.onState?.(up, detail);
    if (up) this.options.log?.info({ detail }, 'MQTT broker connected');
    else if (!this.#stopping) this.options.log?.warn({ detail }, 'MQTT broker lost; reconnecting');
  }

  // --- messages

  /**
   * MQTT.js hands in one packet at a time and waits for `next`. Waiting for the journal there would make each
   * flush carry a single message, so `next` is called at once, with an error: that sends no PUBACK. Ours
   * follows later.
   */
  #onPacket(packet: IPublishPacket, next: Next): void {
    if (this.#stopping) return;
    this.#counters.inFlightNow += 1;
    if (packet.qos === 0) {
      const goOn = (): void => {
        this.#settled();
        next();
      };
      this.#keep(packet).then(goOn, goOn);
      return;
    }
    const { stream } = this.#client ?? {};
    const window = this.#window;
    const acknowledge = window.open(packet.messageId ?? 0);
    this.#keep(packet).then(
      () => {
        acknowledge();
        this.#settled();
      },
      () => {
        window.close();
        if (this.#client?.stream === stream) stream?.destroy();
        this.#settled();
      },
    );
    if (this.#counters.inFlightNow < this.#limits.inFlightMax) next(ACKED_LATER);
    else this.#waiting = next;
  }

  /** Resolves when the message is durable or in quarantine. */
  async #keep(packet: IPublishPacket): Promise<void> {
    const { topic, qos, retain } = packet;
    const payload = packet.payload as Buffer;
    const deviceId = parseTopic(topic)?.deviceId ?? null;
    try {
      if (payload.length > this.#limits.payloadBytesMax) {
        const detail = `${payload.length} bytes, at most ${this.#limits.payloadBytesMax}`;
        await this.#refusals.message('payload_too_large', detail, { deviceId, topic });
        return;
      }
      this.#counters.received += 1;
      await this.options.onMessage({ deviceId, topic, payload, qos, retain });
      this.#counters.stored += 1;
    } catch (error) {
      this.#counters.failed += 1;
      throw error;
    }
  }

  #settled(): void {
    this.#counters.inFlightNow -= 1;
    const next = this.#waiting;
    this.#waiting = null;
    next?.(ACKED_LATER);
    if (this.#stopping && this.#counters.inFlightNow === 0) for (const wake of this.#wake.splice(0)) wake();
  }

  #idle(): Promise<void> {
    if (this.#counters.inFlightNow === 0) return Promise.resolve();
    return new Promise(resolve => this.#wake.push(resolve));
  }
}
