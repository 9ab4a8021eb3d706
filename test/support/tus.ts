import { createHash } from 'node:crypto';
import { request } from 'node:http';

export const sha256Of = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

export interface Announced {
  readonly sha256?: string;
  readonly type?: string;
  readonly kind?: string;
  readonly meta?: Readonly<Record<string, unknown>>;
}
export interface TusReply {
  readonly status: number;
  readonly headers: Headers;
  readonly body: { readonly code?: string; readonly remedy?: string } | null;
}

const base64 = (text: string): string => Buffer.from(text).toString('base64');

/** A client of /api/v1/files that does one step at a time, so that a test may break off between any two. */
export class TusClient {
  constructor(
    private readonly http: string,
    private readonly token: string,
  ) {}

  /** Gives the path of the upload in `location`. */
  create(bytes: Uint8Array, given: Announced = {}, length = bytes.length): Promise<TusReply> {
    const { sha256 = sha256Of(bytes), type = 'image/jpeg', kind = 'photo', meta = {} } = given;
    const pairs = { sha256, type, kind, meta: JSON.stringify(meta) };
    const metadata = Object.entries(pairs).map(([key, value]) => `${key} ${base64(value)}`);
    return this.ask('POST', '/api/v1/files/uploads', {
      'upload-length': String(length),
      'upload-metadata': metadata.join(','),
    });
  }

  state(path: string): Promise<TusReply> {
    return this.ask('HEAD', path);
  }

  send(path: string, bytes: Uint8Array, from: number, to = bytes.length): Promise<TusReply> {
    const headers = { 'upload-offset': String(from), 'content-type': 'application/offset+octet-stream' };
    return this.ask('PATCH', path, headers, bytes.subarray(from, to));
  }

  /** Promises all bytes from `from` on, sends them up to `breakAt`, and cuts the connection. */
  async breakOff(path: string, bytes: Uint8Array, from: number, breakAt: number): Promise<void> {
    const call = request(this.http + path, {
      method: 'PATCH',
      headers: {
        ...this.headers(),
        'upload-offset': String(from),
        'content-type': 'application/offset+octet-stream',
        'content-length': String(bytes.length - from),
      },
    });
    const closed = new Promise<void>(resolve => call.once('close', resolve));
    call.on('error', () => undefined);
    await new Promise<void>(resolve => call.write(bytes.subarray(from, breakAt), () => resolve()));
    call.destroy();
    await closed;
  }

  async ask(method: string, path: string, headers: object = {}, body?: Uint8Array): Promise<TusReply> {
    const reply = await fetch(this.http + path, {
      method,
      headers: { ...this.headers(), ...headers },
      ...(body === undefined ? {} : { body: Buffer.from(body) }),
    });
    const text = await reply.text();
    return {
      status: reply.status,
      headers: reply.headers,
      body: text === '' ? null : (JSON.parse(text) as object),
    };
  }

  private headers(): Record<string, string> {
    return { authorization: `Bearer ${this.token}`, 'tus-resumable': '1.0.0' };
  }
}
