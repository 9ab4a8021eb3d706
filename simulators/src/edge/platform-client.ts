import { setTimeout as wait } from 'node:timers/promises';
import type { Asset, Device, Org, Sensor } from '@anmai/catalog';
import { AppError } from '@anmai/kernel';
import type { Login } from './device-link';
import { SIMULATOR_ERRORS } from './errors';

export interface PlatformOptions {
  /** Such as http://127.0.0.1:3000. */
  readonly url: string;
  readonly username: string;
  readonly password: string;
  readonly signal?: AbortSignal;
}

/** Rows for POST /registry/import. */
export interface RegistryRows {
  readonly orgs: readonly Org[];
  readonly assets: readonly Asset[];
  readonly devices: readonly Device[];
  readonly sensors: readonly Sensor[];
}

interface Reply {
  readonly status: number;
  readonly body: unknown;
}

const TRIES_MAX = 6;
const REQUEST_MS_MAX = 60_000;
/** First pause before another try; doubles each time. */
const PAUSE_MS = 500;
const RETRYABLE = new Set([429, 502, 503, 504]);

/** The platform's HTTP API, as far as simulators need it. Rejects with SIM-003 or SIM-004. */
export class PlatformClient {
  private token: string | null = null;

  constructor(private readonly options: PlatformOptions) {}

  async logIn(): Promise<void> {
    const { username, password } = this.options;
    const reply = await this.tried('POST', '/auth/login', { username, password });
    this.token = text(this.accepted('POST', '/auth/login', reply), 'accessToken');
  }

  /** Creates what is new and replaces what is there. A platform that refuses to replace is asked row by row. */
  async importRegistry(rows: RegistryRows): Promise<void> {
    const reply = await this.call('POST', '/registry/import', rows);
    if (reply.status !== 409) {
      this.accepted('POST', '/registry/import', reply);
      return;
    }
    for (const key of ['orgs', 'assets', 'devices', 'sensors'] as const) {
      for (const row of rows[key]) await this.create(`/${key}`, row);
    }
  }

  /** True: created. False: it was there already. */
  async create(path: string, body: unknown): Promise<boolean> {
    const reply = await this.call('POST', path, body);
    if (reply.status === 409) return false;
    this.accepted('POST', path, reply);
    return true;
  }

  /** A new log-in of a device; the platform shows its password this once. */
  async newLogin(deviceId: string): Promise<Login> {
    const path = `/devices/${encodeURIComponent(deviceId)}/credentials`;
    const body = this.accepted('POST', path, await this.call('POST', path, {}));
    return { username: text(body, 'username'), password: text(body, 'password') };
  }

  /** With the token; a token that has run out is renewed once. */
  private async call(method: string, path: string, body: unknown): Promise<Reply> {
    if (this.token === null) await this.logIn();
    const reply = await this.tried(method, path, body);
    if (reply.status !== 401) return reply;
    await this.logIn();
    return this.tried(method, path, body);
  }

  /** Again, with growing pauses, while the platform is away or asks for patience. */
  private async tried(method: string, path: string, body: unknown): Promise<Reply> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        const reply = await this.once(method, path, body);
        if (!RETRYABLE.has(reply.status) || attempt === TRIES_MAX) return reply;
      } catch (error) {
        if (attempt === TRIES_MAX || this.options.signal?.aborted === true) {
          const reason = causeOf(error);
          throw new AppError(SIMULATOR_ERRORS.platformUnreachable, { url: this.options.url, reason }, error);
        }
      }
      await wait(
        PAUSE_MS * 2 ** (attempt - 1),
        undefined,
        this.options.signal ? { signal: this.options.signal } : {},
      );
    }
  }

  private async once(method: string, path: string, body: unknown): Promise<Reply> {
    const timeout = AbortSignal.timeout(REQUEST_MS_MAX);
    const { signal } = this.options;
    const response = await fetch(new URL(`/api/v1${path}`, this.options.url), {
      method,
      body: JSON.stringify(body),
      headers: {
        'content-type': 'application/json',
        ...(this.token === null ? {} : { authorization: `Bearer ${this.token}` }),
      },
      signal: signal === undefined ? timeout : AbortSignal.any([timeout, signal]),
    });
    const raw = await response.text();
    return { status: response.status, body: parsed(raw) };
  }

  private accepted(method: string, path: string, { status, body }: Reply): unknown {
    if (status >= 200 && status < 300) return body;
    throw new AppError(SIMULATOR_ERRORS.platformRefused, { method, path, status, reason: reasonOf(body) });
  }
}

/** fetch says only `fetch failed`; why is in its cause. */
function causeOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? `${error.message}: ${error.cause.message}` : error.message;
}

function parsed(raw: string): unknown {
  try {
    return JSON.parse(raw) as unknown;
  } catch {
    return raw;
  }
}

const field = (body: unknown, key: string): unknown =>
  typeof body === 'object' && body !== null ? (body as Record<string, unknown>)[key] : undefined;

function text(body: unknown, key: string): string {
  const value = field(body, key);
  if (typeof value === 'string') return value;
  const reason = `the reply holds no "${key}"`;
  throw new AppError(SIMULATOR_ERRORS.platformRefused, { method: 'POST', path: '', status: 200, reason });
}

const FAULTS_SHOWN_MAX = 5;

/** The platform's own words, RFC 9457: code, detail and the first faults. Never what was sent. */
function reasonOf(body: unknown): string {
  const faults = field(body, 'faults');
  const shown = Array.isArray(faults)
    ? faults.slice(0, FAULTS_SHOWN_MAX).map(each => JSON.stringify(each))
    : [];
  const words = [field(body, 'code'), field(body, 'detail'), ...shown].filter(
    each => typeof each === 'string',
  );
  return words.length > 0 ? words.join(' ') : 'no reason given';
}
