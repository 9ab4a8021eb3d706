import type { Page, TokenReply } from '@anmai/wire';
import { ApiProblem, problemOf, unreachable } from './api-problem';
import { Session, type TokenRest } from './session';

const ROOT = '/api/v1';

/** Pages of a list that are asked for at most; beyond, the list is cut and says so. */
export const PAGES_MAX = 20;
export const PAGE_ROWS = 500;

/** A random key, also where the page is served without TLS and `crypto.randomUUID` does not exist. */
function randomKey(): string {
  return [...crypto.getRandomValues(new Uint8Array(16))]
    .map(byte => byte.toString(16).padStart(2, '0'))
    .join('');
}

async function send(path: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(ROOT + path, init);
  } catch (cause) {
    if (init.signal?.aborted) throw cause;
    throw unreachable(cause);
  }
}

const json = (body: unknown): RequestInit => ({
  method: 'POST',
  headers: { 'Content-Type': 'application/json' },
  body: JSON.stringify(body),
});

export type Query = Readonly<Record<string, string | number | undefined>>;

/** `?a=1&b=2` of what is given, or nothing. */
export function queryText(query: Query): string {
  const given = Object.entries(query).filter(
    (entry): entry is [string, string | number] => entry[1] !== undefined,
  );
  if (given.length === 0) return '';
  return `?${new URLSearchParams(given.map(([key, value]): [string, string] => [key, String(value)])).toString()}`;
}

/** The interface under `/api/v1`, with the log-in of this tab. All calls reject with ApiProblem. */
export class ApiClient {
  readonly session: Session;

  constructor(rest: TokenRest) {
    this.session = new Session(rest, token => this.renew(token), Date.now);
  }

  async logIn(username: string, password: string): Promise<void> {
    const response = await send('/auth/login', json({ username, password }));
    if (!response.ok) throw await problemOf(response);
    this.session.open((await response.json()) as TokenReply);
  }

  /** Logs out here even when the server cannot be told. */
  async logOut(): Promise<void> {
    const refreshToken = this.session.refreshToken();
    const token = await this.session.token().catch(() => null);
    this.session.close();
    if (refreshToken === null) return;
    const init = json({ refreshToken });
    await send('/auth/logout', {
      ...init,
      headers: { ...init.headers, Authorization: `Bearer ${token}` },
    }).catch(() => undefined);
  }

  async get<T>(path: string, query: Query = {}, signal?: AbortSignal): Promise<T> {
    return this.asked<T>(path + queryText(query), signal ? { signal } : {});
  }

  async post<T>(path: string, body: unknown): Promise<T> {
    const init = json(body);
    return this.asked<T>(path, { ...init, headers: { ...init.headers, 'Idempotency-Key': randomKey() } });
  }

  /** An edit of the version that was shown; refused when somebody else was faster. */
  async edit<T>(method: 'PUT' | 'PATCH', path: string, version: number, body: unknown): Promise<T> {
    const init = json(body);
    const headers = { ...init.headers, 'Idempotency-Key': randomKey(), 'If-Match': `"${version}"` };
    return this.asked<T>(path, { ...init, method, headers });
  }

  /** Takes the version away that was shown. */
  async remove(path: string, version: number): Promise<void> {
    const headers = { 'Idempotency-Key': randomKey(), 'If-Match': `"${version}"` };
    const response = await this.open(path, { method: 'DELETE', headers });
    if (!response.ok) throw await problemOf(response);
  }

  /** All pages of a list, up to PAGES_MAX. */
  async all<T>(path: string, query: Query = {}, signal?: AbortSignal): Promise<{ items: T[]; cut: boolean }> {
    const items: T[] = [];
    let cursor: string | undefined;
    for (let page = 0; page < PAGES_MAX; page += 1) {
      const reply: Page<T> = await this.get(path, { limit: PAGE_ROWS, ...query, cursor }, signal);
      items.push(...reply.items);
      if (reply.nextCursor === null) return { items, cut: false };
      cursor = reply.nextCursor;
    }
    return { items, cut: true };
  }

  /** A raw reply, for streams. A refused token is renewed once. */
  async open(path: string, init: RequestInit): Promise<Response> {
    const first = await this.session.token().catch(cause => Promise.reject(unreachable(cause)));
    const response = await this.sendAs(first, path, init);
    if (response.status !== 401 || first === null) return response;
    const second = await this.session.token(first).catch(cause => Promise.reject(unreachable(cause)));
    return second === null ? response : this.sendAs(second, path, init);
  }

  private sendAs(token: string | null, path: string, init: RequestInit): Promise<Response> {
    const headers = { ...(init.headers as Record<string, string>), Authorization: `Bearer ${token}` };
    return send(path, { ...init, headers });
  }

  private async asked<T>(path: string, init: RequestInit): Promise<T> {
    const response = await this.open(path, init);
    if (!response.ok) throw await problemOf(response);
    return (await response.json()) as T;
  }

  private async renew(refreshToken: string): Promise<TokenReply | 'refused'> {
    const response = await send('/auth/refresh', json({ refreshToken }));
    if (response.ok) return (await response.json()) as TokenReply;
    // Only an answer about the token itself ends the log-in; a server that is starting does not.
    if (response.status >= 400 && response.status < 500 && response.status !== 429) return 'refused';
    throw await problemOf(response);
  }
}

export const problemFrom = (error: unknown): ApiProblem =>
  error instanceof ApiProblem ? error : unreachable(error);
