import { ADMIN_PASSWORD } from './server-process';

export interface Reply<T = unknown> {
  readonly status: number;
  readonly body: T;
  readonly headers: Headers;
}

/** The HTTP API as a client sees it. */
export class ApiClient {
  private constructor(
    readonly base: string,
    readonly token: string,
  ) {}

  static async login(http: string, username = 'admin', password = ADMIN_PASSWORD): Promise<ApiClient> {
    const reply = await new ApiClient(http, '').post<{ accessToken: string }>('/auth/login', {
      username,
      password,
    });
    if (reply.status !== 200 && reply.status !== 201) throw new Error(`log-in: ${JSON.stringify(reply)}`);
    return new ApiClient(http, reply.body.accessToken);
  }

  /** With a token of before, such as after a restart. */
  static withToken(http: string, token: string): ApiClient {
    return new ApiClient(http, token);
  }

  get<T>(path: string): Promise<Reply<T>> {
    return this.call('GET', path);
  }

  post<T>(path: string, body: unknown = {}, headers: Record<string, string> = {}): Promise<Reply<T>> {
    return this.call('POST', path, body, headers);
  }

  /** POST that has to work; gives the body. */
  async must<T>(path: string, body: unknown = {}): Promise<T> {
    const reply = await this.post<T>(path, body);
    if (reply.status >= 300) throw new Error(`POST ${path}: ${reply.status} ${JSON.stringify(reply.body)}`);
    return reply.body;
  }

  async call<T>(
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<Reply<T>> {
    const response = await fetch(`${this.base}/api/v1${path}`, {
      method,
      headers: {
        ...(this.token === '' ? {} : { authorization: `Bearer ${this.token}` }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    const isJson = response.headers.get('content-type')?.includes('json') ?? false;
    return {
      status: response.status,
      body: (isJson ? JSON.parse(text) : text) as T,
      headers: response.headers,
    };
  }
}
