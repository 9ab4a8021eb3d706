import * as http from 'node:http';
import * as https from 'node:https';
import type { InfluxSettings } from './influx-settings';
import { loginOf } from './influx-settings';

/** A write without an answer for so long has failed. */
export const WRITE_MS_MAX = 30_000;
/** Requests under way at once; more gave nothing on two cores. */
export const WRITES_AT_ONCE_MAX = 2;
/** Of an error text at most. */
const ERROR_CHARS_MAX = 2_000;

export interface WriteReply {
  readonly status: number;
  /** The server's words when the status is not 204. */
  readonly error: string;
}

/** Posts line protocol over kept-alive connections. Rejects with the plain Error of the socket. */
export class HttpWriter {
  private readonly agent: http.Agent;
  private readonly secure: boolean;
  private readonly target: URL;
  private readonly database: string;
  private readonly headers: http.OutgoingHttpHeaders = {};

  constructor(settings: InfluxSettings) {
    const { url, database } = settings;
    this.target = new URL(url);
    this.target.username = this.target.password = '';
    this.secure = this.target.protocol === 'https:';
    this.target.pathname = `${this.target.pathname.replace(/\/$/, '')}/write`;
    this.database = database;
    const pool = { keepAlive: true, maxSockets: WRITES_AT_ONCE_MAX };
    this.agent = this.secure ? new https.Agent(pool) : new http.Agent(pool);
    const login = loginOf(settings);
    if (login !== null) {
      const credentials = Buffer.from(`${login.username}:${login.password}`).toString('base64');
      this.headers['authorization'] = `Basic ${credentials}`;
    }
  }

  /** Resolves with the answer, whatever it is. 204: every line is in the server's log on disk. */
  async post(body: string, policy: string): Promise<WriteReply> {
    const bytes = Buffer.from(body);
    try {
      return await this.postOnce(bytes, policy);
    } catch (cause) {
      // The server may close an idle connection at the moment we use it. The same lines twice do no harm.
      if (cause instanceof StaleSocket) return this.postOnce(bytes, policy);
      throw cause;
    }
  }

  close(): void {
    this.agent.destroy();
  }

  private postOnce(body: Buffer, policy: string): Promise<WriteReply> {
    const target = new URL(this.target);
    target.search = new URLSearchParams({ db: this.database, rp: policy, precision: 'ms' }).toString();
    return new Promise((resolve, reject) => {
      const headers = { ...this.headers, 'content-length': body.length };
      const options = { agent: this.agent, method: 'POST', headers, timeout: WRITE_MS_MAX };
      const request = (this.secure ? https : http).request(target, options, reply => {
        let error = '';
        reply.setEncoding('utf8');
        reply.on('data', (part: string) => (error = (error + part).slice(0, ERROR_CHARS_MAX)));
        reply.on('end', () => resolve({ status: reply.statusCode ?? 0, error: errorText(error) }));
        reply.on('error', reject);
      });
      request.on('timeout', () => request.destroy(new Error(`no answer within ${WRITE_MS_MAX} ms`)));
      request.on('error', (cause: NodeJS.ErrnoException) => {
        const stale = request.reusedSocket && (cause.code === 'ECONNRESET' || cause.code === 'EPIPE');
        reject(stale ? new StaleSocket() : cause);
      });
      request.end(body);
    });
  }
}

class StaleSocket extends Error {}

function errorText(body: string): string {
  try {
    const { error } = JSON.parse(body) as { error?: unknown };
    return typeof error === 'string' ? error : body;
  } catch {
    return body;
  }
}
