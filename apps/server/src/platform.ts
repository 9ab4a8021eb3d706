import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { Module, type DynamicModule, type Type } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { ScheduleModule } from '@nestjs/schedule';
import { AppError } from '@anmai/kernel';
import { FolderFileStore } from '@anmai/files';
import { MQTT_ERRORS } from '@anmai/mqtt';
import type { Records } from '@anmai/postgres';
import type { FastifyInstance } from 'fastify';
import type { Logger } from 'pino';
import { CityClock, CityDesk, createApi, createFirstAdmin, type NotifyDeps } from './api';
import { ArchiverRole } from './archiver/archiver-role';
import type { Config } from './config';
import { buildCore, closeCore, type Core } from './core/core';
import { registerMetrics } from './core/metrics';
import { FilesUpkeep } from './core/files-upkeep';
import { RecordsKeeper } from './core/records-keeper';
import { OutboxPublisher } from './core/registry-publisher';
import { CheckupUpkeep } from './core/checkup-upkeep';
import { RecordsUpkeep } from './core/records-upkeep';
import { RoleLocks } from './core/role-locks';
import { keptSecret } from './core/secrets';
import { Status, type Roles } from './core/status';
import { StoreWatch } from './core/store-watch';
import { refuseUnfinishedRestore } from './core/unfinished-restore';
import { utcOffsetMs } from './core/utc-offset';
import { START_ERRORS } from './errors';
import { GatewayRole } from './gateway/gateway-role';
import { AlarmLifeClock } from './monitor/alarm-life-clock';
import { IncidentClock } from './monitor/incident-clock';
import { MonitorRole } from './monitor/monitor-role';
import { WatchClock } from './monitor/watch-clock';
import { PresenceClock } from './monitor/presence-clock';
import { NotifyRole } from './notify/notify-role';
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
  /** null when there is no TLS port. */
  readonly mqttsUrl: string | null;
  /** Stops taking, flushes, saves, closes. */
  stop(): Promise<void>;
}

/** Told once, at the very first start, when the environment named no password. */
export type TellPassword = (password: string) => void;

/** The composition root: config, adapters, roles, Nest. What was opened is closed again when it cannot start. */
export async function startPlatform(
  config: Config,
  log: Logger,
  tellPassword: TellPassword,
): Promise<Platform> {
  const opened = new Opened();
  try {
    return await assemble(config, log, tellPassword, opened);
  } catch (error) {
    await opened.close().catch((fault: unknown) => log.warn({ fault }, 'not all was closed'));
    throw error;
  }
}

/** What is to be closed, the last opened first. */
class Opened {
  private readonly closers: (() => Promise<unknown>)[] = [];

  add(close: () => Promise<unknown>): void {
    this.closers.push(close);
  }

  async close(): Promise<void> {
    const faults: unknown[] = [];
    for (const close of this.closers.splice(0).toReversed()) {
      await close().catch((error: unknown) => faults.push(error));
    }
    if (faults.length > 0) throw faults[0];
  }
}

async function assemble(
  config: Config,
  log: Logger,
  tellPassword: TellPassword,
  opened: Opened,
): Promise<Platform> {
  const locks = await RoleLocks.take(config.ANMAI_DATA_DIR, config.ANMAI_ROLES);
  opened.add(() => locks.release());
  refuseUnfinishedRestore(config.ANMAI_DATA_DIR);
  const core = buildCore(config, log);
  opened.add(() => closeCore(core));
  const sync: { current: ((records: Records) => Promise<void>) | null } = { current: null };
  const keeper = await RecordsKeeper.create(config, core.clock, log, core.parts.records, async records => {
    await sync.current?.(records);
  });
  opened.add(() => keeper.stop());
  const roles = buildRoles(core, keeper.records);
  const publisher = new OutboxPublisher(keeper.records.registry, core.journal, core.clock);
  const isApi = config.ANMAI_ROLES.has('api');
  sync.current = async records => {
    if (isApi) await firstAdmin(records, config, tellPassword);
    if (isApi) await publisher.publish();
    await roles.monitor.recordsUp();
  };
  const app = await buildApp(core, keeper.records, roles, publisher);
  opened.add(() => app.close());
  await keeper.start();
  await listen(app, config);
  return {
    httpUrl: await app.getUrl(),
    mqttUrl: mqttUrl(config, roles),
    mqttsUrl: mqttsUrl(config, roles),
    stop: () => opened.close(),
  };
}

async function listen(app: NestFastifyApplication, config: Config): Promise<void> {
  const { ANMAI_HTTP_HOST: host, ANMAI_HTTP_PORT: port } = config;
  try {
    await app.listen(port, host);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new AppError(START_ERRORS.httpListen, { host, port, reason }, error);
  }
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
  if (roles.monitor.inCharge)
    running.push(
      new IncidentClock(core, records),
      presenceClock(core, records, roles),
      new WatchClock(core, records),
      cityClock(core, records, roles),
    );
  if (isApi) running.push(new RecordsUpkeep(registry, records, core));
  const offsetMs = utcOffsetMs(config.ANMAI_TIMEZONE, clock.now());
  if (isApi) running.push(new CheckupUpkeep(records, core, offsetMs));
  const uploadFolder = join(config.ANMAI_DATA_DIR, 'uploads');
  if (isApi) running.push(new FilesUpkeep(core, uploadFolder));
  running.push(lifeClock(core, records, roles));
  if (isApi && roles.archiver === null) running.push(new StoreWatch(core));
  const notify = isApi ? new NotifyRole(core, records) : null;
  if (notify !== null) running.push(notify);
  return createApi(
    {
      records,
      store,
      live,
      liveState: roles.monitor.picture,
      registry,
      notify: notifyDeps(core, notify),
      commands: { send: (deviceId, command) => gatewayOf(roles).command(deviceId, command) },
      files: { store: new FolderFileStore(join(config.ANMAI_DATA_DIR, 'files')), uploadFolder },
      status: () => status.health(),
      readiness: () => status.readiness(),
      tokenSecret: keptSecret(join(config.ANMAI_DATA_DIR, 'token-secret'), 32),
      timezone: config.ANMAI_TIMEZONE,
      utcOffsetMs: utcOffsetMs(config.ANMAI_TIMEZONE, clock.now()),
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

function presenceClock(
  { clock, parts }: Core,
  { presence }: Records,
  { monitor: { picture, runner } }: Roles,
): PresenceClock {
  return new PresenceClock({
    presence,
    devices: () => picture.devices(),
    lagMs: () => runner.lagMs(),
    clock,
    isUp: () => parts.records.up,
    failed: error => parts.records.failed(error),
  });
}

function lifeClock({ live, clock, parts }: Core, { alarms }: Records, { monitor }: Roles): AlarmLifeClock {
  return new AlarmLifeClock({
    alarms,
    live,
    clock,
    inCharge: monitor.inCharge,
    isUp: () => parts.records.up,
    failed: error => parts.records.failed(error),
  });
}
function cityClock({ clock, parts, config }: Core, records: Records, { monitor }: Roles): CityClock {
  const offset = utcOffsetMs(config.ANMAI_TIMEZONE, clock.now());
  return new CityClock({
    desk: new CityDesk(records, monitor.picture, clock, offset),
    clock,
    isUp: () => parts.records.up,
    failed: error => parts.records.failed(error),
  });
}

/** Only the role `api` tells people, and only it has routes that ask for this. */
const notifyDeps = ({ config }: Core, role: NotifyRole | null): NotifyDeps => ({
  channels: role?.channels ?? new Map(),
  style: role?.style ?? { utcOffsetMs: 0, linkBase: null },
  capSender: config.notify.capSender,
  wake: () => role?.wake(),
});

/** The broker is reached from the process that runs the gateway. */
function gatewayOf({ gateway }: Roles): GatewayRole {
  if (gateway === null)
    throw new AppError(MQTT_ERRORS.down, { reason: 'the gateway runs in another process' });
  return gateway;
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
  if (roles.gateway.embedded === null) return withoutLogin(config.MQTT_URL!);
  return `mqtt://${mqttHost(config)}:${roles.gateway.port}`;
}

/** `origin` knows the schemes of the web alone. */
function withoutLogin(address: string): string {
  const { protocol, host } = new URL(address);
  return `${protocol}//${host}`;
}

function mqttsUrl(config: Config, roles: Roles): string | null {
  const port = roles.gateway?.embedded?.tlsPort() ?? null;
  return port === null ? null : `mqtts://${mqttHost(config)}:${port}`;
}

const mqttHost = ({ ANMAI_MQTT_HOST: host }: Config): string => (host.includes(':') ? `[${host}]` : host);
