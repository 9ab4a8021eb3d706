import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { Module, type DynamicModule, type Type } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { ScheduleModule } from '@nestjs/schedule';
import type { Records } from '@anmai/postgres';
import type { FastifyInstance } from 'fastify';
import type { Logger } from 'pino';
import { createApi, createFirstAdmin } from './api';
import { ArchiverRole } from './archiver/archiver-role';
import type { Config } from './config';
import { buildCore, closeCore, type Core } from './core/core';
import { registerMetrics } from './core/metrics';
import { RecordsKeeper } from './core/records-keeper';
import { OutboxPublisher } from './core/registry-publisher';
import { RecordsUpkeep } from './core/records-upkeep';
import { keptSecret } from './core/secrets';
import { Status, type Roles } from './core/status';
import { GatewayRole } from './gateway/gateway-role';
import { MonitorRole } from './monitor/monitor-role';
import { servePage } from './page';

@Module({})
class RoleModule {}

/** One Nest module for each role of this process; Nest runs their hooks and their clockwork. */
function roleModule(role: object): DynamicModule {
  return {
    module: class extends RoleModule {},
    providers: [{ provide: role.constructor as Type, useFactory: () => role }],
  };
}

/** A running platform. */
export interface Platform {
  readonly httpUrl: string;
  /** null when this process runs no gateway. */
  readonly mqttUrl: string | null;
  /** Stops taking, flushes, saves, closes. */
  stop(): Promise<void>;
}

/** Told once, at the very first start, when the environment named no password. */
export type TellPassword = (password: string) => void;

/** The composition root: config, adapters, roles, Nest. */
export async function startPlatform(
  config: Config,
  log: Logger,
  tellPassword: TellPassword,
): Promise<Platform> {
  const core = buildCore(config, log);
  const sync: { current: ((records: Records) => Promise<void>) | null } = { current: null };
  const keeper = await RecordsKeeper.create(config, core.clock, log, core.parts.records, async records => {
    await sync.current?.(records);
  });
  const roles = buildRoles(core, keeper.records);
  const publisher = new OutboxPublisher(keeper.records.registry, core.journal, core.clock);
  const isApi = config.ANMAI_ROLES.has('api');
  sync.current = async records => {
    if (isApi) await firstAdmin(records, config, tellPassword);
    if (isApi) await publisher.publish();
    await roles.monitor.recordsUp();
  };
  const app = await buildApp(core, keeper.records, roles, publisher);
  await keeper.start();
  await app.listen(config.ANMAI_HTTP_PORT, config.ANMAI_HTTP_HOST);
  const stop = async (): Promise<void> => {
    await app.close();
    await keeper.stop();
    await closeCore(core);
  };
  return { httpUrl: await app.getUrl(), mqttUrl: mqttUrl(config, roles), stop };
}

function buildRoles(core: Core, records: Records): Roles {
  const has = (role: 'gateway' | 'archiver' | 'monitor'): boolean => core.config.ANMAI_ROLES.has(role);
  return {
    gateway: has('gateway') ? new GatewayRole(core) : null,
    archiver: has('archiver') ? new ArchiverRole(core, records) : null,
    monitor: new MonitorRole(core, records, has('monitor') ? 'in charge' : 'looking on'),
  };
}

async function buildApp(
  core: Core,
  records: Records,
  roles: Roles,
  registry: OutboxPublisher,
): Promise<NestFastifyApplication> {
  const { config, clock, log, metrics, store, live } = core;
  const status = new Status(core, roles);
  registerMetrics(core, roles, status);
  const isApi = config.ANMAI_ROLES.has('api');
  const running: object[] = [status, roles.gateway, roles.archiver, roles.monitor].filter(
    role => role !== null,
  );
  if (isApi) running.push(new RecordsUpkeep(registry, records, core));
  return createApi(
    {
      records,
      store,
      live,
      liveState: roles.monitor.picture,
      registry,
      status: () => status.health(),
      readiness: () => status.readiness(),
      tokenSecret: keptSecret(join(config.ANMAI_DATA_DIR, 'token-secret'), 32),
      timezone: config.ANMAI_TIMEZONE,
      clock,
      log,
      metrics,
    },
    {
      isApi,
      imports: [ScheduleModule.forRoot(), ...running.map(roleModule)],
      onServer: server => wireServer(server, roles, isApi),
    },
  );
}

/** The page's files, and MQTT over WebSocket on the same port. */
async function wireServer(server: FastifyInstance, roles: Roles, isApi: boolean): Promise<void> {
  const embedded = roles.gateway?.embedded ?? null;
  server.server.on('upgrade', (request, socket, head) => {
    if (embedded === null) socket.destroy();
    else embedded.handleUpgrade(request, socket, head);
  });
  if (isApi) await servePage(server);
}

async function firstAdmin(records: Records, config: Config, tellPassword: TellPassword): Promise<void> {
  const given = config.ANMAI_ADMIN_PASSWORD;
  const password = given ?? randomBytes(12).toString('base64url');
  const made = await createFirstAdmin(records, password);
  if (made && given === undefined) tellPassword(password);
}

function mqttUrl(config: Config, roles: Roles): string | null {
  if (roles.gateway === null) return null;
  if (roles.gateway.embedded === null) return new URL(config.MQTT_URL!).origin;
  const host = config.ANMAI_MQTT_HOST.includes(':') ? `[${config.ANMAI_MQTT_HOST}]` : config.ANMAI_MQTT_HOST;
  return `mqtt://${host}:${roles.gateway.port}`;
}
