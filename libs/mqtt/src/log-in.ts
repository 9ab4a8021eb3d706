import { performance } from 'node:perf_hooks';
import type { AedesOptions, Client } from 'aedes';
import { DeviceState } from './connection';
import type { Connection } from './connection';
import type { DeviceGate, RefusalReason } from './gateway.port';
import type { GatewayLimits } from './limits';
import { LoginThrottle } from './login-throttle';
import type { Refusals } from './refusals';
import { sessionId } from './session';

/** CONNACK return codes of MQTT 3.1.1. One code for unknown and wrong, so that names cannot be probed. */
const IDENTIFIER_REJECTED = 2;
const UNAVAILABLE = 3;
const BAD_CREDENTIALS = 4;
const NOT_AUTHORIZED = 5;

interface Verdict {
  readonly deviceId: string;
}
interface No {
  readonly reason: RefusalReason;
  readonly returnCode: number;
  readonly detail: string;
}
type Authenticate = NonNullable<AedesOptions['authenticate']>;
type PreConnect = NonNullable<AedesOptions['preConnect']>;

/** From CONNECT to CONNACK: who is it, and is there room? */
export class LogIn {
  readonly #throttle: LoginThrottle;
  readonly #devices = new Map<string, DeviceState>();

  constructor(
    private readonly gate: DeviceGate,
    private readonly limits: GatewayLimits,
    private readonly refusals: Refusals,
    private readonly connectionOf: (client: Client) => Connection | undefined,
    private readonly admit: (client: Client, connection: Connection) => boolean,
  ) {
    this.#throttle = new LoginThrottle(limits);
  }

  /**
   * A keep-alive is the device's word on how long silence is normal; without one, dead connections would
   * stay.
   */
  readonly preConnect: PreConnect = (client, packet, callback) => {
    const connection = this.connectionOf(client);
    if (connection !== undefined) connection.missingId = packet.clientId === '' && packet.clean === false;
    const { keepAliveSecondsMax } = this.limits;
    const asked = packet.keepalive ?? 0;
    packet.keepalive = asked === 0 || asked > keepAliveSecondsMax ? keepAliveSecondsMax : asked;
    callback(null, true);
  };

  readonly authenticate: Authenticate = (client, username, password, done) => {
    const connection = this.connectionOf(client);
    if (connection === undefined) return;
    const nowMs = performance.now();
    const verdict = this.#judge(client, connection, username, password, nowMs);
    if ('reason' in verdict) {
      const { reason, detail, returnCode } = verdict;
      this.refusals.login(reason, detail, { username: username ?? null, address: connection.address }, nowMs);
      done(Object.assign(new Error(detail), { returnCode }), null);
      return;
    }
    const { deviceId } = verdict;
    connection.device = this.#device(deviceId, nowMs);
    // Client ids are made the device's own before aedes looks for a session or a connection to take over.
    (client as { id: string }).id = sessionId(deviceId, client.id);
    if (this.admit(client, connection)) {
      done(null, true);
      return;
    }
    connection.device = null;
    const detail = `${this.limits.sessionsMax} connections are logged in, no more are taken`;
    const facts = { username: username ?? null, deviceId, address: connection.address };
    this.refusals.login('too_many_sessions', detail, facts, nowMs);
    done(Object.assign(new Error(detail), { returnCode: UNAVAILABLE }), null);
  };

  #judge(
    client: Client,
    connection: Connection,
    username: string | undefined,
    password: Buffer | undefined,
    nowMs: number,
  ): Verdict | No {
    if (connection.missingId || Buffer.byteLength(client.id) > this.limits.clientIdBytesMax) {
      const detail = connection.missingId
        ? 'an empty client id needs clean session 1'
        : `client id of more than ${this.limits.clientIdBytesMax} bytes`;
      return { reason: 'identifier_rejected', returnCode: IDENTIFIER_REJECTED, detail };
    }
    if (connection.certificateName !== null) return this.#byCertificate(connection.certificateName);
    return this.#byPassword(connection.address, username ?? '', password?.toString('utf8') ?? '', nowMs);
  }

  #byCertificate(commonName: string): Verdict | No {
    const deviceId = commonName === '' ? null : this.gate.authenticateCertificate(commonName);
    if (deviceId !== null) return { deviceId };
    const detail =
      commonName === '' ? 'client certificate is not verified' : `no device for certificate ${commonName}`;
    return { reason: 'bad_certificate', returnCode: NOT_AUTHORIZED, detail };
  }

  #byPassword(address: string, username: string, password: string, nowMs: number): Verdict | No {
    if (!this.#throttle.allows(address, username, nowMs)) {
      const detail = `too many failed log-ins from ${address}, credentials were not looked at`;
      return { reason: 'throttled', returnCode: UNAVAILABLE, detail };
    }
    const deviceId = this.gate.authenticate(username, password);
    if (deviceId !== null) {
      this.#throttle.succeeded(address, username);
      return { deviceId };
    }
    this.#throttle.failed(address, username, nowMs);
    if (username === '') {
      return { reason: 'unknown_device', returnCode: NOT_AUTHORIZED, detail: 'no user name was sent' };
    }
    return this.gate.knowsUsername(username)
      ? {
          reason: 'bad_password',
          returnCode: BAD_CREDENTIALS,
          detail: 'the password does not fit the user name',
        }
      : { reason: 'unknown_device', returnCode: BAD_CREDENTIALS, detail: 'no device has this user name' };
  }

  #device(deviceId: string, nowMs: number): DeviceState {
    const known = this.#devices.get(deviceId);
    if (known !== undefined) return known;
    const device = new DeviceState(deviceId, this.limits, nowMs);
    this.#devices.set(deviceId, device);
    return device;
  }
}
