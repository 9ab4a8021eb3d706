import type { EventEmitter } from 'node:events';
import type { IncomingMessage as HttpRequest } from 'node:http';
import type { Server } from 'node:net';
import { performance } from 'node:perf_hooks';
import type { Duplex } from 'node:stream';
import { setImmediate } from 'node:timers/promises';
import type { AedesOptions, Client } from 'aedes';
import { AppError, MINUTE_MS } from '@anmai/kernel';
import { OncePer } from './bounded-map';
import { Broker } from './broker';
import { Connection } from './connection';
import { Counters } from './counters';
import { MQTT_ERRORS } from './errors';
import { FrameGuard, guardFrames, PUBLISH_OVERHEAD_BYTES_MAX } from './frame-guard';
import type {
  DeviceGate,
  EmbeddedGateway,
  GatewayLog,
  GatewayStats,
  OnMessage,
  OnRefused,
  PublishOptions,
} from './gateway.port';
import { Intake } from './intake';
import { DEFAULT_LIMITS } from './limits';
import type { GatewayLimits } from './limits';
import { close, listen, tcpListener, tlsListener } from './listeners';
import type { TlsSettings } from './listeners';
import { LogIn } from './log-in';
import { Refusals } from './refusals';
import { maySubscribe, reachesTelemetry } from './rights';
import { SessionStore } from './session-store';
import { WebSocketDoor } from './web-socket-door';
import { within } from './within';

export interface EmbeddedBrokerOptions {
  readonly host: string;
  /** 0 takes a free one. */
  readonly port: number;
  readonly tls?: TlsSettings;
  readonly gate: DeviceGate;
  readonly onMessage: OnMessage;
  readonly onRefused?: OnRefused;
  /** What is not named keeps its value from DEFAULT_LIMITS. */
  readonly limits?: Partial<GatewayLimits>;
  readonly log?: GatewayLog;
}

type AuthorizeSubscribe = NonNullable<AedesOptions['authorizeSubscribe']>;

/**
 * An MQTT 3.1 and 3.1.1 broker inside the process (aedes) that acknowledges what `onMessage` has made
 * durable.
 */
export function embeddedBroker(options: EmbeddedBrokerOptions): EmbeddedGateway {
  return new EmbeddedBroker(options);
}

class EmbeddedBroker implements EmbeddedGateway {
  readonly #limits: GatewayLimits;
  readonly #counters = new Counters();
  readonly #store: SessionStore;
  readonly #refusals: Refusals;
  readonly #intake: Intake;
  readonly #broker: Broker;
  readonly #connections = new WeakMap<Client, Connection>();
  readonly #loggedIn = new Map<string, Connection>();
  readonly #unauthenticated = new Set<Connection>();
  readonly #streams = new Set<Duplex>();
  readonly #servers: Server[] = [];
  readonly #webSockets: WebSocketDoor;
  readonly #failureReports = new OncePer(MINUTE_MS, 1);
  #tlsPort: number | null = null;
  #up = false;

  constructor(private readonly options: EmbeddedBrokerOptions) {
    this.#limits = { ...DEFAULT_LIMITS, ...options.limits };
    const { onMessage, onRefused = () => undefined } = options;
    const connectionOf = (client: Client): Connection | undefined => this.#connections.get(client);
    this.#store = new SessionStore(this.#limits);
    this.#refusals = new Refusals(this.#counters, onRefused, this.#limits.loginMemoryMax);
    this.#intake = new Intake(
      { limits: this.#limits, counters: this.#counters, store: this.#store, refusals: this.#refusals },
      connectionOf,
      onMessage,
      error => this.#reportFailure(error),
    );
    const logIn = new LogIn(options.gate, this.#limits, this.#refusals, connectionOf, this.#admit);
    this.#broker = new Broker({
      // Unlimited on purpose: a limit here lets one slow subscriber hold up the messages of all others. What
      // a publisher can have under way is bounded by its connection: aedes reads on when a chunk has been
      // dealt with.
      concurrency: 0,
      persistence: this.#store,
      connectTimeout: this.#limits.connectTimeoutMs,
      drainTimeout: this.#limits.drainTimeoutMs,
      maxInflightInbound: this.#limits.inflightQos2Max,
      maxClientsIdLength: this.#limits.clientIdBytesMax,
      maxTopicLevels: 20,
      preConnect: logIn.preConnect,
      authenticate: logIn.authenticate,
      authorizePublish: this.#intake.authorizePublish,
      authorizeSubscribe: this.#authorizeSubscribe,
    });
    this.#webSockets = new WebSocketDoor(
      (stream, request) => this.#accept(stream, request.socket.remoteAddress ?? '', null, request),
      address => void this.#refusals.message('payload_too_large', 'a WebSocket message', { address }),
    );
  }

  async start(): Promise<{ port: number }> {
    const { host, port, tls } = this.options;
    this.#broker.on('client', client => this.#store.setOnline(client.id, true));
    this.#broker.on('clientDisconnect', client => this.#store.setOnline(client.id, false));
    // Not in aedes' types; without a listener a fault of the session store would end the process.
    (this.#broker as EventEmitter).on('error', (error: Error) => this.#reportFailure(error));
    await this.#broker.listen();
    const tcp = tcpListener((socket, name) => this.#accept(socket, socket.remoteAddress ?? '', name));
    this.#servers.push(tcp);
    const bound = await listen(tcp, host, port);
    if (tls !== undefined) {
      const secure = tlsListener(tls, this.#limits.connectTimeoutMs, (socket, name) =>
        this.#accept(socket, socket.remoteAddress ?? '', name),
      );
      secure.maxConnections = this.#limits.sessionsMax + this.#limits.unauthenticatedMax;
      this.#servers.push(secure);
      this.#tlsPort = await listen(secure, host, tls.port);
    }
    this.#up = true;
    this.options.log?.info({ host, port: bound, tlsPort: this.#tlsPort }, 'MQTT broker listens');
    return { port: bound };
  }

  async stop(): Promise<void> {
    this.#up = false;
    const closed = this.#servers.map(close);
    await within(this.#limits.stopDrainMs, this.#intake.stop());
    // The last acknowledgements are written at the end of this turn of the event loop.
    await setImmediate();
    await new Promise<void>(resolve => this.#broker.close(resolve));
    for (const stream of this.#streams) stream.destroy();
    await Promise.all(closed);
  }

  publish(topic: string, payload: Buffer, { qos, retain }: PublishOptions): Promise<void> {
    if (!this.#up)
      return Promise.reject(new AppError(MQTT_ERRORS.down, { reason: 'the broker does not run' }));
    const unkept = retain ? this.#store.retained.refusal(topic, payload.length) : null;
    if (unkept !== null)
      return Promise.reject(new AppError(MQTT_ERRORS.retainedFull, { topic, reason: unkept }));
    return new Promise((resolve, reject) => {
      this.#broker.publish({ cmd: 'publish', topic, payload, qos, retain, dup: false }, error => {
        if (error == null) resolve();
        else reject(error);
      });
    });
  }

  stats(): GatewayStats {
    const { droppedOffline, evictedSessions, retained } = this.#store;
    return this.#counters.snapshot(this.#up, {
      droppedOffline,
      evictedSessions,
      droppedRetained: retained.dropped,
    });
  }

  tlsPort(): number | null {
    return this.#tlsPort;
  }

  handleUpgrade(request: HttpRequest, socket: Duplex, head: Buffer): void {
    if (this.#up) this.#webSockets.handleUpgrade(request, socket, head);
    else socket.destroy();
  }

  disconnectDevice(deviceId: string): void {
    for (const connection of this.#loggedIn.values()) {
      if (connection.device?.id === deviceId) connection.stream.destroy();
    }
  }

  #accept(stream: Duplex, address: string, certificateName: string | null, request?: HttpRequest): void {
    if (!this.#up || this.#unauthenticated.size >= this.#limits.unauthenticatedMax) {
      stream.on('error', () => undefined);
      stream.destroy();
      const detail = `${this.#unauthenticated.size} connections have not logged in yet, no more are taken`;
      if (this.#up) this.#refusals.login('too_many_connections', detail, { address }, performance.now());
      return;
    }
    const connection = new Connection(stream, address, certificateName);
    this.#unauthenticated.add(connection);
    this.#streams.add(stream);
    stream.once('close', () => {
      this.#streams.delete(stream);
      this.#unauthenticated.delete(connection);
    });
    const { connectBytesMax, payloadBytesMax } = this.#limits;
    const guard = new FrameGuard(connectBytesMax, payloadBytesMax + PUBLISH_OVERHEAD_BYTES_MAX);
    guardFrames(stream, guard, bytes => this.#intake.tooLarge(connection, bytes, null));
    this.#connections.set(this.#broker.handle(stream, request), connection);
  }

  /** Room for one more? A connection that takes over its own client id takes no further place. */
  readonly #admit = (client: Client, connection: Connection): boolean => {
    const { id } = client;
    if (!this.#loggedIn.has(id) && this.#loggedIn.size >= this.#limits.sessionsMax) return false;
    this.#unauthenticated.delete(connection);
    this.#loggedIn.set(id, connection);
    this.#counters.connectionsNow = this.#loggedIn.size;
    connection.stream.once('close', () => {
      if (this.#loggedIn.get(id) === connection) this.#loggedIn.delete(id);
      this.#counters.connectionsNow = this.#loggedIn.size;
    });
    return true;
  };

  readonly #authorizeSubscribe: AuthorizeSubscribe = (client, subscription, done) => {
    const device = this.#connections.get(client)?.device ?? null;
    const { topic } = subscription;
    const allowed = device !== null && maySubscribe(device.id, topic) && this.#hasRoom(client, topic);
    // null stands for SUBACK 128.
    if (allowed && reachesTelemetry(device.id, topic)) device.telemetryRead = true;
    done(null, allowed ? subscription : null);
  };

  /**
   * A clean session keeps its filters in the client (not in aedes' types), a persistent one in the store too.
   */
  #hasRoom(client: Client, filter: string): boolean {
    const { subscriptions } = client as unknown as { subscriptions: Record<string, unknown> };
    if (subscriptions[filter] !== undefined) return true;
    if (Object.keys(subscriptions).length >= this.#limits.subscriptionsPerSessionMax) return false;
    return this.#store.subscriptionsLeft(client.id, filter);
  }

  #reportFailure(error: unknown): void {
    if (!this.#failureReports.first('', performance.now())) return;
    const { failed } = this.#counters;
    this.options.log?.warn(
      { err: error, failed },
      'MQTT messages could not be stored; their senders send again',
    );
  }
}
