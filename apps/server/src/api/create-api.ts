import type { DynamicModule } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import {
  AccessGuard,
  IdempotencyInterceptor,
  PinoNestLogger,
  ProblemFilter,
  requestIdOf,
  SchemaPipe,
  setHeaders,
  VersionInterceptor,
  watchHttp,
} from '@anmai/nest';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { Registry, type OpenMetricsContentType } from 'prom-client';
import { OpenApiSource } from '../openapi/document';
import { ApiModule } from './api.module';
import { Principals } from './auth/principals';
import { BODY_BYTES_MAX, LARGE_BODIES, takeBodies } from './body-parsers';
import { admitLargeBodies } from './large-bodies';
import type { LiveLimits } from './live/live-hub';
import type { ApiDeps } from './ports';

/** Time for a client to send its whole request. */
const REQUEST_MS_MAX = 60_000;
const KEEP_ALIVE_MS = 65_000;
const PARAM_CHARS_MAX = 200;

export interface ApiOptions {
  readonly liveLimits?: LiveLimits;
  /** The other roles of this process. */
  readonly imports?: readonly DynamicModule[];
  /** false: health and metrics alone. */
  readonly isApi?: boolean;
  /** Called before the routes are made: for the page's files, WebSocket upgrades, or a test that lists the routes. */
  readonly onServer?: (server: FastifyInstance) => void | Promise<void>;
}

/**
 * The HTTP application, ready for `listen(port, host)`. `close()` ends live streams too. Nothing here decides
 * anything: it joins filters, guards and routes in one order.
 */
export async function createApi(deps: ApiDeps, options: ApiOptions = {}): Promise<NestFastifyApplication> {
  const filter = new ProblemFilter(deps.log);
  const adapter = new FastifyAdapter({
    logger: false,
    bodyLimit: BODY_BYTES_MAX,
    genReqId: requestIdOf,
    // A proxy on this machine may say whom it asks for; nobody else may.
    trustProxy: 'loopback',
    exposeHeadRoutes: false,
    forceCloseConnections: true,
    requestTimeout: REQUEST_MS_MAX,
    keepAliveTimeout: KEEP_ALIVE_MS,
    // A malformed address is refused before any hook runs.
    frameworkErrors: (error: unknown, request: FastifyRequest, reply: FastifyReply) => {
      setHeaders(request, reply);
      filter.answer(error, request, reply);
    },
    routerOptions: { maxParamLength: PARAM_CHARS_MAX },
  });
  const server = adapter.getInstance<FastifyInstance>();
  takeBodies(server);
  const made: { app: NestFastifyApplication | null } = { app: null };
  admitLargeBodies(server, LARGE_BODIES, () => made.app!.get(Principals), filter);
  // The type of a registry names its format from the start; ours is handed in and changes it here.
  (deps.metrics as unknown as Registry<OpenMetricsContentType>).setContentType(
    Registry.OPENMETRICS_CONTENT_TYPE,
  );
  watchHttp(server, deps.log, deps.metrics);
  await options.onServer?.(server);
  const app = await NestFactory.create<NestFastifyApplication>(
    ApiModule.register(deps, options.liveLimits, options.imports, options.isApi),
    adapter,
    { logger: new PinoNestLogger(deps.log), bodyParser: false, abortOnError: false },
  );
  made.app = app;
  app.useGlobalFilters(filter);
  app.useGlobalGuards(app.get(AccessGuard));
  app.useGlobalInterceptors(new VersionInterceptor(), app.get(IdempotencyInterceptor));
  app.useGlobalPipes(new SchemaPipe());
  app.get(OpenApiSource).use(app);
  await app.init();
  return app;
}
