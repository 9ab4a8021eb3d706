import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Call {
  readonly method: string;
  readonly path: string;
  readonly body: unknown;
}

const PASSWORD = 'right';
const TOKEN = 'token-1';

/** The few calls of the platform that simulators make, without the platform. */
export class FakePlatform {
  readonly calls: Call[] = [];
  readonly passwords = new Map<string, string>();
  private readonly known = new Set<string>();
  /** Answers this many calls with 503 first. */
  troubles = 0;
  /** Answers the import with 409. */
  refusesImport = false;

  private constructor(
    private readonly server: Server,
    readonly url: string,
  ) {}

  static readonly password = PASSWORD;

  static async start(): Promise<FakePlatform> {
    const server = createServer();
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
    const platform = new FakePlatform(server, `http://127.0.0.1:${(server.address() as AddressInfo).port}`);
    server.on('request', (request, response) => void platform.answer(request, response));
    return platform;
  }

  callsTo(path: RegExp): Call[] {
    return this.calls.filter(each => path.test(each.path));
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise<void>(resolve => this.server.close(() => resolve()));
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = JSON.parse(Buffer.concat(chunks).toString()) as Record<string, unknown>;
    const path = (request.url ?? '').replace('/api/v1', '');
    const [status, reply] = this.reply(path, body, request.headers.authorization);
    this.calls.push({ method: request.method ?? '', path, body });
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(reply));
  }

  private reply(path: string, body: Record<string, unknown>, authorization?: string): [number, unknown] {
    if (this.troubles > 0) {
      this.troubles -= 1;
      return [503, { code: 'X-503', detail: 'starting' }];
    }
    if (path === '/auth/login') {
      if (body.password !== PASSWORD) return [401, { code: 'AUT-001', detail: 'wrong user or password' }];
      return [200, { accessToken: TOKEN, refreshToken: 'r', expiresIn: 900 }];
    }
    if (authorization !== `Bearer ${TOKEN}`) return [401, { code: 'AUT-002', detail: 'no token' }];
    const device = /^\/devices\/(.+)\/credentials$/.exec(path)?.[1];
    if (device !== undefined) return [201, this.login(device)];
    if (path === '/registry/import') return this.refusesImport ? [409, { code: 'C' }] : [200, {}];
    const key = `${path} ${String(body.id)}`;
    if (this.known.has(key)) return [409, { code: 'CON-001', detail: 'exists' }];
    this.known.add(key);
    return [201, body];
  }

  private login(device: string): { username: string; password: string } {
    const password = `secret-of-${device}`;
    this.passwords.set(device, password);
    return { username: device, password };
  }
}
