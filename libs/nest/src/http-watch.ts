import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import { Histogram, type Registry } from 'prom-client';
import type { WithPrincipal } from './access';
import { SECURITY_HEADERS } from './security-headers';

const DURATION_BUCKETS_S = [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10];

/** Paths that are asked every few seconds by machines. */
const QUIET = /^\/(?:health|metrics)/;

/** On the raw reply, so that a live stream that takes over the socket has them too. */
export function setHeaders(request: FastifyRequest, reply: FastifyReply): void {
  for (const [name, value] of Object.entries(SECURITY_HEADERS)) reply.raw.setHeader(name, value);
  reply.raw.setHeader('x-request-id', request.id);
  if (request.url.startsWith('/api/v1')) reply.raw.setHeader('cache-control', 'no-store');
}

/** Headers, one log line and one measurement for each request, whoever answers it. */
export function watchHttp(server: FastifyInstance, log: Logger, metrics: Registry): void {
  const seconds = new Histogram({
    name: 'anmai_http_request_duration_seconds',
    help: 'Time from the first byte of a request to the last of its reply.',
    labelNames: ['method', 'route', 'status'],
    buckets: DURATION_BUCKETS_S,
    registers: [metrics],
  });
  server.addHook('onRequest', (request, reply, done) => {
    setHeaders(request, reply);
    done();
  });
  server.addHook('onResponse', (request: WithPrincipal, reply, done) => {
    const route = request.routeOptions.url ?? '(none)';
    const ms = reply.elapsedTime;
    seconds.observe({ method: request.method, route, status: reply.statusCode }, ms / 1_000);
    const line = {
      requestId: request.id,
      method: request.method,
      route,
      status: reply.statusCode,
      ms: Math.round(ms * 10) / 10,
      user: request.principal?.username,
      address: request.ip,
    };
    if (QUIET.test(route) || (request.method === 'GET' && reply.statusCode < 400)) log.debug(line, 'request');
    else log.info(line, 'request');
    done();
  });
}
