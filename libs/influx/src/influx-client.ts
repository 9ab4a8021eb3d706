import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import { InfluxDB } from 'influx';
import { AppError } from '@anmai/kernel';
import { READING_ERRORS } from '@anmai/readings';
import { INFLUX_ERRORS } from './errors';
import type { InfluxSettings } from './influx-settings';
import { hostOf, loginOf } from './influx-settings';

/** A read that takes longer has failed. */
export const READ_MS_MAX = 30_000;
/** A statement that writes rollups or drops shards may take this long. */
export const STATEMENT_MS_MAX = 300_000;
const SOCKETS_MAX = 8;

export interface Series {
  readonly name?: string;
  readonly columns: readonly string[];
  readonly values: readonly (readonly (string | number | boolean | null)[])[];
  /** The server held back rows by its own `max-row-limit`. */
  readonly partial?: boolean;
}
interface Reply {
  readonly results?: readonly { readonly series?: readonly Partial<Series>[]; readonly error?: string }[];
  readonly error?: string;
}

const LOST = /(database|retention policy) not found/i;
const NOT_ALLOWED = /A 40[13] |authorization failed|not authorized|unable to parse authentication/i;

/** An answer of InfluxDB other than "done", as the port promises errors. */
export function refusal(settings: InfluxSettings, reason: string): AppError {
  const spec = LOST.test(reason)
    ? INFLUX_ERRORS.missing
    : NOT_ALLOWED.test(reason)
      ? INFLUX_ERRORS.notAllowed
      : INFLUX_ERRORS.refused;
  return new AppError(spec, { host: hostOf(settings), reason });
}

export const unreachable = (settings: InfluxSettings, reason: string): AppError =>
  new AppError(READING_ERRORS.unreachable, { reason: `InfluxDB at ${hostOf(settings)}: ${reason}` });

/** InfluxQL by node-influx, with a deadline and the errors of the port. */
export class InfluxClient {
  private readonly influx: InfluxDB;
  private readonly agent: HttpAgent;

  constructor(private readonly settings: InfluxSettings) {
    const { protocol, hostname, port, pathname } = new URL(settings.url);
    const secure = protocol === 'https:';
    const login = loginOf(settings);
    this.agent = new (secure ? HttpsAgent : HttpAgent)({ keepAlive: true, maxSockets: SOCKETS_MAX });
    this.influx = new InfluxDB({
      protocol: secure ? 'https' : 'http',
      host: hostname.replace(/^\[|\]$/g, ''),
      port: Number(port) || (secure ? 443 : 80),
      path: pathname === '/' ? '' : pathname,
      database: settings.database,
      ...(login === null ? {} : login),
      options: { agent: this.agent },
      // The caller decides about retries: a host put on hold would make every call fail for seconds after an outage.
      pool: { maxRetries: 0, requestTimeout: STATEMENT_MS_MAX, backoff: NEVER_ON_HOLD },
    });
  }

  /** All series of one statement. `values` are bound to `$name`. */
  async query(
    statement: string,
    values: Record<string, string> = {},
    withinMs = READ_MS_MAX,
  ): Promise<Series[]> {
    const options = { method: 'POST', precision: 'ms', placeholders: values } as const;
    const reply = await this.within(
      withinMs,
      signal => this.influx.queryRaw(statement, { ...options, signal }) as Promise<Reply>,
    );
    const [result] = reply.results ?? [];
    const error = reply.error ?? result?.error;
    if (error !== undefined) throw refusal(this.settings, error);
    // Of a database without shards there is a series, but it has no `values`.
    return (result?.series ?? []).map(series => ({ columns: [], values: [], ...series }));
  }

  /** A statement that may take its time. */
  async run(statement: string): Promise<void> {
    await this.query(statement, {}, STATEMENT_MS_MAX);
  }

  /** Rejects with RDG-001 when the server does not answer, with INF-004 when it is too new. */
  async ping(): Promise<void> {
    const [host] = await this.influx.ping(READ_MS_MAX);
    if (host === undefined || !host.online) throw unreachable(this.settings, 'no answer to ping');
    const version = host.version ?? '';
    if (/^v?[2-9]\./.test(version)) {
      throw new AppError(INFLUX_ERRORS.unsupported, { host: hostOf(this.settings), version });
    }
  }

  close(): void {
    this.agent.destroy();
  }

  private async within<T>(ms: number, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
    const abort = new AbortController();
    let timer: NodeJS.Timeout | undefined;
    // node-influx never settles when the connection breaks in the middle of a reply: the deadline has to.
    const late = new Promise<never>((_resolve, reject) => {
      timer = setTimeout(() => {
        abort.abort();
        reject(new Error(`no full answer within ${ms} ms`));
      }, ms);
    });
    try {
      return await Promise.race([work(abort.signal), late]);
    } catch (cause) {
      throw this.translate(cause);
    } finally {
      clearTimeout(timer);
    }
  }

  /** Without the cause: node-influx hangs the request on it, and with it the password. */
  private translate(cause: unknown): AppError {
    const reason = cause instanceof Error ? cause.message : String(cause);
    const answered = /^A (\d{3}) /.exec(reason);
    return answered ? refusal(this.settings, reason) : unreachable(this.settings, reason);
  }
}

const NEVER_ON_HOLD = {
  getDelay: () => 0,
  next: () => NEVER_ON_HOLD,
  reset: () => NEVER_ON_HOLD,
};
