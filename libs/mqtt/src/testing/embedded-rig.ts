import { connect } from 'mqtt';
import type { IClientOptions, MqttClient } from 'mqtt';
import { embeddedBroker } from '../embedded-broker';
import type { EmbeddedBrokerOptions } from '../embedded-broker';
import type { DeviceGate, EmbeddedGateway, Refusal } from '../gateway.port';
import { MessageSink } from './message-sink';
import { RawClient } from './raw-client';

const NUMBERED = /^dev-(\d+)$/;
/**
 * Devices dev-0, dev-1 …; the user name is the id, the password `secret-N`, the certificate's name the id.
 */
export const numberedGate: DeviceGate = {
  authenticate: (username, password) => {
    const number = NUMBERED.exec(username)?.[1];
    return number !== undefined && password === `secret-${number}` ? username : null;
  },
  knowsUsername: username => NUMBERED.test(username),
  authenticateCertificate: name => (NUMBERED.test(name) ? name : null),
};

/** A running embedded broker with all that a test wants to look at. `close` ends everything it started. */
export class EmbeddedRig {
  readonly sink = new MessageSink();
  readonly refusals: Refusal[] = [];
  readonly broker: EmbeddedGateway;
  port = 0;
  readonly #closers: (() => unknown)[] = [];

  constructor(options: Partial<EmbeddedBrokerOptions> = {}) {
    this.broker = embeddedBroker({
      host: '127.0.0.1',
      port: 0,
      gate: numberedGate,
      onMessage: this.sink.onMessage,
      onRefused: refusal => void this.refusals.push({ ...refusal, payload: copy(refusal.payload) }),
      ...options,
    });
  }

  static async start(options: Partial<EmbeddedBrokerOptions> = {}): Promise<EmbeddedRig> {
    const rig = new EmbeddedRig(options);
    rig.port = (await rig.broker.start()).port;
    return rig;
  }

  /** A connected MQTT.js client of device `dev-{number}`; it does not come back by itself. */
  async client(number: number, options: IClientOptions = {}): Promise<MqttClient> {
    const client = this.offlineClient(number, options);
    await new Promise<void>((resolve, reject) => {
      client.once('connect', () => resolve());
      client.once('error', reject);
    });
    client.on('error', () => undefined);
    return client;
  }

  offlineClient(number: number, options: IClientOptions = {}): MqttClient {
    const client = connect({
      port: this.port,
      host: '127.0.0.1',
      username: `dev-${number}`,
      password: `secret-${number}`,
      clientId: `c${number}`,
      reconnectPeriod: 0,
      ...options,
    });
    this.#closers.push(() => client.endAsync(true));
    return client;
  }

  raw(): RawClient {
    const client = new RawClient(this.port);
    this.#closers.push(() => client.destroy());
    return client;
  }

  /** Runs `closer` at the end too. */
  atEnd(closer: () => unknown): void {
    this.#closers.push(closer);
  }

  async close(): Promise<void> {
    for (const closer of this.#closers.splice(0)) await closer();
    this.sink.release();
    await this.broker.stop();
  }
}

const copy = (payload: Buffer | null): Buffer | null => (payload === null ? null : Buffer.from(payload));
