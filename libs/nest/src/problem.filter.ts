import { Catch, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import { AppError } from '@anmai/kernel';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import { appErrorOf, currentVersionOf, problemOf, RetryLaterError } from './problem';

/** Seconds that a client is asked to wait when a part of the platform is away. */
const RETRY_AFTER_S = 2;

/** The one place where errors become replies and log lines. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(private readonly log: Logger) {}

  catch(thrown: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    this.answer(thrown, http.getRequest<FastifyRequest>(), http.getResponse<FastifyReply>());
  }

  /** Also called from Fastify's own hooks, which never reach Nest. */
  answer(thrown: unknown, request: FastifyRequest, reply: FastifyReply): void {
    const path = (request.url ?? '').split('?')[0] ?? '';
    const error = appErrorOf(thrown, { id: String(request.id ?? ''), method: request.method, path });
    this.write(error, thrown, request);
    // A stream has begun: the status is gone already, all that is left is to end it.
    if (reply.raw.headersSent) return void reply.raw.destroy();
    void reply
      .headers(headersOf(error))
      .status(error.status)
      .type('application/problem+json; charset=utf-8')
      .send(JSON.stringify(problemOf(error)));
  }

  private write(error: AppError, thrown: unknown, request: FastifyRequest): void {
    // The pattern alone: a path may hold a secret, such as the address of a calendar.
    const route = request.routeOptions?.url ?? '(none)';
    const line = { requestId: request.id, method: request.method, route, code: error.code };
    if (error.status >= 500 && !error.retryable) this.log.error({ ...line, err: thrown }, 'request failed');
    else if (error.status >= 500)
      this.log.warn({ ...line, reason: error.message }, 'part of the platform is away');
    else this.log.debug({ ...line, reason: error.message }, 'request refused');
  }
}

function headersOf(error: AppError): Record<string, string> {
  const headers: Record<string, string> = { 'cache-control': 'no-store' };
  if (error.status === 401) headers['www-authenticate'] = 'Bearer realm="anmai"';
  if (error instanceof RetryLaterError) headers['retry-after'] = String(error.retryAfterSeconds);
  else if (error.status === 503) headers['retry-after'] = String(RETRY_AFTER_S);
  const version = currentVersionOf(error);
  if (version !== null) headers['etag'] = `"${version}"`;
  return headers;
}
