import { request as httpRequest, type ClientRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { guardedLookup, isAllowed, literalAddress, type AddressRule } from './address-rule';
import { refused, SENT, type SendResult } from './channel.port';

export interface HttpLimits {
  /** For the whole exchange, from the look-up of the name to the last byte. */
  readonly timeoutMs: number;
  readonly answerBytesMax: number;
}

export const HTTP_LIMITS: HttpLimits = { timeoutMs: 10_000, answerBytesMax: 64 * 1024 };

export interface HttpCall {
  readonly url: URL;
  readonly method: 'POST' | 'GET';
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | null;
  readonly rule: AddressRule;
  readonly limits: HttpLimits;
  readonly signal: AbortSignal;
}

export type HttpAnswer =
  | {
      readonly kind: 'answer';
      readonly status: number;
      readonly retryAfter: string | null;
      readonly body: string;
      /** The answer was longer than we read. */
      readonly cut: boolean;
    }
  /** `reason` is made of our own words and codes of the system: an error's message may hold an address with its key. */
  | { readonly kind: 'none'; readonly reason: string; readonly retryable: boolean };

/** One request. Redirects are answers like others; connections are not kept, since alarms are few. Never rejects. */
export function callHttp(call: HttpCall): Promise<HttpAnswer> {
  const literal = literalAddress(call.url);
  if (literal !== null && !isAllowed(literal, call.rule)) return Promise.resolve(FORBIDDEN);
  return new Promise(resolve => {
    const body = call.body === null ? null : Buffer.from(call.body, 'utf8');
    const send = call.url.protocol === 'https:' ? httpsRequest : httpRequest;
    const request = send(call.url, {
      method: call.method,
      headers: { ...call.headers, ...(body === null ? {} : { 'content-length': String(body.length) }) },
      agent: false,
      lookup: guardedLookup(call.rule),
    });
    const done = finisher(request, call, resolve);
    request.once('error', error => done(failureOf(error)));
    request.once('response', response => readAnswer(response, call.limits.answerBytesMax, done));
    request.end(body ?? undefined);
  });
}

const FORBIDDEN: HttpAnswer = {
  kind: 'none',
  reason: 'the address is not public and not allowed',
  retryable: false,
};

/** Resolves once, whatever comes first, and leaves neither timer nor socket behind. */
function finisher(
  request: ClientRequest,
  { limits, signal }: HttpCall,
  resolve: (answer: HttpAnswer) => void,
): (answer: HttpAnswer) => void {
  const done = (answer: HttpAnswer): void => {
    clearTimeout(timer);
    signal.removeEventListener('abort', stop);
    request.destroy();
    resolve(answer);
  };
  const stop = (): void => done({ kind: 'none', reason: 'stopped', retryable: true });
  const timer = setTimeout(
    () => done({ kind: 'none', reason: `no answer within ${limits.timeoutMs} ms`, retryable: true }),
    limits.timeoutMs,
  );
  signal.addEventListener('abort', stop);
  if (signal.aborted) stop();
  return done;
}

function readAnswer(response: IncomingMessage, bytesMax: number, done: (answer: HttpAnswer) => void): void {
  const chunks: Buffer[] = [];
  let bytes = 0;
  const finish = (cut: boolean): void =>
    done({
      kind: 'answer',
      status: response.statusCode ?? 0,
      retryAfter: response.headers['retry-after'] ?? null,
      body: Buffer.concat(chunks).subarray(0, bytesMax).toString('utf8'),
      cut,
    });
  response.on('data', (chunk: Buffer) => {
    chunks.push(chunk);
    bytes += chunk.length;
    if (bytes > bytesMax) finish(true);
  });
  response.once('end', () => finish(false));
  response.once('error', error => done(failureOf(error)));
  response.once('aborted', () =>
    done({ kind: 'none', reason: 'connection lost (ECONNRESET)', retryable: true }),
  );
}

const WORDS: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'connection refused',
  ECONNRESET: 'connection lost',
  ENOTFOUND: 'name not found',
  EAI_AGAIN: 'name service does not answer',
  EHOSTUNREACH: 'no way to the host',
  ENETUNREACH: 'no way to the network',
};

/** Everything but a forbidden address may be mended by the other side without us: a certificate, a name, a network. */
function failureOf(error: Error): HttpAnswer {
  const code = 'code' in error && typeof error.code === 'string' ? error.code : 'no code';
  if (code === 'ADDRESS_FORBIDDEN') return FORBIDDEN;
  return { kind: 'none', reason: `${WORDS[code] ?? 'request failed'} (${code})`, retryable: true };
}

const RETRY_AFTER_MS_MAX = 3_600_000;

/** Seconds; the form with a date is not worth a clock. */
const retryAfterMs = (header: string | null): number | null =>
  header !== null && /^\d{1,9}$/.test(header.trim())
    ? Math.min(Number(header) * 1_000, RETRY_AFTER_MS_MAX)
    : null;

/** What the status alone says: 2xx taken; 408, 429 and 5xx later again; redirects and other refusals not again. */
export function verdictOf(answer: HttpAnswer): SendResult {
  if (answer.kind === 'none') return refused(answer.reason, answer.retryable);
  const { status } = answer;
  if (status >= 200 && status < 300) return SENT;
  if (status >= 300 && status < 400)
    return refused(`redirected (HTTP ${status}); redirects are not followed`, false);
  const isRetryable = status === 408 || status === 429 || status >= 500;
  return refused(
    `refused with HTTP ${status}`,
    isRetryable,
    isRetryable ? retryAfterMs(answer.retryAfter) : null,
  );
}
