import { createHash } from 'node:crypto';
import { SetMetadata, type CallHandler, type ExecutionContext, type NestInterceptor } from '@nestjs/common';
import { AppError, type Clock, type Millis } from '@anmai/kernel';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import { catchError, from, mergeMap, of, type Observable } from 'rxjs';
import type { WithPrincipal } from './access';
import { HTTP_ERRORS } from './errors';
import type { ReplySeal } from './reply-seal';

export const IDEMPOTENCY_KEY_CHARS_MAX = 255;
const KEY = /^[\x21-\x7e]+$/;

export interface IdempotentRequest {
  readonly key: string;
  readonly actor: string;
  /** Method and path. */
  readonly route: string;
  /** SHA-256 hex of the body. */
  readonly requestHash: string;
}

/** Where replies are kept. `begin` rejects when the key stands for another request, or for one still at work. */
export interface ReplyStore {
  begin(
    request: IdempotentRequest,
    now: Millis,
  ): Promise<{ state: 'started' } | { state: 'replay'; status: number; body: string }>;
  finish(request: IdempotentRequest, reply: { status: number; body: string }): Promise<void>;
  abandon(request: IdempotentRequest): Promise<void>;
}

const SECRET_REPLY = Symbol('secret reply');
/** The reply holds a secret that is shown once: what is kept of it is encrypted. */
export const SecretReply = (): MethodDecorator => SetMetadata(SECRET_REPLY, true);

/**
 * A POST with an `Idempotency-Key` is done once; sent again it gets the first reply again. Refusals and failures are
 * not kept: nothing was done, so the same request may try again.
 */
export class IdempotencyInterceptor implements NestInterceptor {
  constructor(
    private readonly store: ReplyStore,
    private readonly seal: ReplySeal,
    private readonly clock: Clock,
    private readonly log: Logger,
  ) {}

  async intercept(context: ExecutionContext, next: CallHandler): Promise<Observable<unknown>> {
    const http = context.switchToHttp();
    const request = http.getRequest<WithPrincipal>();
    const asked = idempotentRequest(request);
    if (asked === null) return next.handle();
    const start = await this.store.begin(asked, this.clock.now());
    const isSecret = Reflect.getMetadata(SECRET_REPLY, context.getHandler()) === true;
    if (start.state === 'replay') return of(this.replay(start, isSecret, http.getResponse<FastifyReply>()));
    return next.handle().pipe(
      mergeMap(body => from(this.keep(asked, body, isSecret, http.getResponse<FastifyReply>()))),
      catchError(async (error: unknown) => {
        await this.store.abandon(asked).catch(reason => this.log.warn({ err: reason }, 'key not given back'));
        throw error;
      }),
    );
  }

  private replay(stored: { status: number; body: string }, isSecret: boolean, reply: FastifyReply): unknown {
    void reply.status(stored.status).header('idempotency-replayed', 'true');
    if (stored.body === '') return undefined;
    return JSON.parse(isSecret ? this.seal.open(stored.body) : stored.body) as unknown;
  }

  /** The work is done: a reply that cannot be kept is still given. */
  private async keep(
    asked: IdempotentRequest,
    body: unknown,
    isSecret: boolean,
    reply: FastifyReply,
  ): Promise<unknown> {
    const text = body === undefined || body === null ? '' : JSON.stringify(body);
    const stored = { status: reply.statusCode, body: isSecret && text !== '' ? this.seal.seal(text) : text };
    await this.store.finish(asked, stored).catch(reason => this.log.warn({ err: reason }, 'reply not kept'));
    return body;
  }
}

/** null: not a POST of someone, or without a key. */
function idempotentRequest(request: WithPrincipal): IdempotentRequest | null {
  const key = headerOf(request);
  if (key === undefined || request.method !== 'POST' || request.principal === undefined) return null;
  if (key.length > IDEMPOTENCY_KEY_CHARS_MAX || !KEY.test(key)) {
    throw new AppError(HTTP_ERRORS.badIdempotencyKey, { charsMax: IDEMPOTENCY_KEY_CHARS_MAX });
  }
  // The bytes of an upload as they are: as JSON they would be a list of tens of millions of numbers.
  const { body } = request;
  const hash = createHash('sha256')
    .update(request.url)
    .update('\n')
    .update(Buffer.isBuffer(body) ? body : JSON.stringify(body ?? null));
  return {
    key,
    actor: request.principal.username,
    route: `${request.method} ${request.url.split('?')[0] ?? ''}`,
    requestHash: hash.digest('hex'),
  };
}

function headerOf(request: FastifyRequest): string | undefined {
  const header = request.headers['idempotency-key'];
  return Array.isArray(header) ? header.join(',') : header;
}
