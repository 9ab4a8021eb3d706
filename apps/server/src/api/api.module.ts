import { Module, type DynamicModule, type FactoryProvider, type Provider } from '@nestjs/common';
import { AccessGuard, IdempotencyInterceptor, ReplySeal } from '@anmai/nest';
import { DocsController } from '../openapi/docs.controller';
import { OpenApiSource } from '../openapi/document';
import { AlarmActs } from './alarms/alarm-acts';
import { AlarmActsController } from './alarms/alarm-acts.controller';
import { AlarmSettingsController } from './alarms/alarm-settings.controller';
import { AlarmsController } from './alarms/alarms.controller';
import { AlarmExplanation } from './alarms/explain';
import { ExplainController } from './alarms/explain.controller';
import { InhibitionsController } from './alarms/inhibitions.controller';
import { ServiceWindowsController } from './alarms/service-windows.controller';
import { CapController } from './alarms/cap.controller';
import { AccessTokens } from './auth/access-tokens';
import { AuthController } from './auth/auth.controller';
import { Login } from './auth/login';
import { MeController } from './auth/me.controller';
import { PasswordHasher } from './auth/password-hasher';
import { Principals } from './auth/principals';
import { Sessions } from './auth/sessions';
import { BuildingDuplicatesController } from './buildings/building-duplicates.controller';
import { BuildingImporter } from './buildings/building-importer';
import { BuildingImportsController } from './buildings/building-imports.controller';
import { BuildingsController } from './buildings/buildings.controller';
import { FileDesk } from './files/file-desk';
import { FilesController } from './files/files.controller';
import { UploadsController } from './files/uploads.controller';
import { CHECKUP_CONTROLLERS, checkupServices } from './checkups/parts';
import { AppraisalsController } from './hazards/appraisals.controller';
import { HazardsController } from './hazards/hazards.controller';
import { IncidentDesk } from './incidents/incident-desk';
import { IncidentCapController } from './incidents/incident-cap.controller';
import { IncidentsController } from './incidents/incidents.controller';
import { CityController } from './city/city.controller';
import { CityDesk } from './city/city-desk';
import { ClaimsController } from './insurance/claims.controller';
import { PoliciesController } from './insurance/policies.controller';
import { LedgerController } from './money/ledger.controller';
import { MoneyController } from './money/money.controller';
import { SpendingController } from './money/spending.controller';
import { StatementsController } from './money/statements.controller';
import { KpiController } from './kpi/kpi.controller';
import { LiveController } from './live/live.controller';
import { LIVE_LIMITS, LiveHub, type LiveLimits } from './live/live-hub';
import { roleAllows } from './permissions';
import * as P from './ports';
import { ContactsController } from './notify/contacts.controller';
import { NotifyOutboxController } from './notify/notify-outbox.controller';
import { RoutesController } from './notify/routes.controller';
import { ReadingsController } from './readings/readings.controller';
import { AssetsController } from './registry/assets.controller';
import { CommandsController } from './registry/commands.controller';
import { CredentialsController } from './registry/credentials.controller';
import { DevicesController } from './registry/devices.controller';
import { ImportController } from './registry/import.controller';
import { RegistryImporter } from './registry/import';
import { RegistryShapes } from './registry/registry-shapes';
import { RegistryWrites } from './registry/registry-writes';
import { SensorsController } from './registry/sensors.controller';
import { DefaultRulesController } from './rules/default-rules.controller';
import { RulesController } from './rules/rules.controller';
import { Adoption } from './system/adoption';
import { Backtest } from './rules/backtest';
import { AuditController } from './system/audit.controller';
import { HealthController } from './system/health.controller';
import { MetricsController } from './system/metrics.controller';
import { QuarantineController } from './system/quarantine.controller';
import { StatusController } from './system/status.controller';
import { OrgsController } from './users/orgs.controller';
import { UsersController } from './users/users.controller';
import { DutyController } from './watch/duty.controller';
import { PlanRules } from './watch/plan-rules';
import { WatchController } from './watch/watch.controller';
import { WatchDesk } from './watch/watch-desk';
import { WatchPdfController } from './watch/watch-pdf.controller';
import { WatchReports } from './watch/watch-reports';

/** What every process answers, whatever its roles. */
const SYSTEM_CONTROLLERS = [HealthController, MetricsController];

const CONTROLLERS = [
  AuthController,
  MeController,
  UsersController,
  OrgsController,
  AssetsController,
  DevicesController,
  CredentialsController,
  CommandsController,
  SensorsController,
  ImportController,
  ReadingsController,
  DefaultRulesController,
  RulesController,
  AlarmsController,
  ExplainController,
  AlarmActsController,
  InhibitionsController,
  ServiceWindowsController,
  AlarmSettingsController,
  CapController,
  ContactsController,
  RoutesController,
  NotifyOutboxController,
  UploadsController,
  FilesController,
  IncidentsController,
  IncidentCapController,
  KpiController,
  CityController,
  LedgerController,
  SpendingController,
  MoneyController,
  StatementsController,
  PoliciesController,
  ClaimsController,
  BuildingsController,
  ...CHECKUP_CONTROLLERS,
  BuildingImportsController,
  BuildingDuplicatesController,
  LiveController,
  StatusController,
  QuarantineController,
  AuditController,
  AppraisalsController,
  HazardsController,
  WatchController,
  DutyController,
  WatchPdfController,
  DocsController,
];

/** The role `api`: HTTP over the records, the reading store and the live picture. It keeps nothing of its own. */
@Module({})
export class ApiModule {
  /** `imports`: the other roles of this process. `isApi` false: health and metrics alone. */
  static register(
    deps: P.ApiDeps,
    liveLimits: LiveLimits = LIVE_LIMITS,
    imports: readonly DynamicModule[] = [],
    isApi = true,
  ): DynamicModule {
    return {
      module: ApiModule,
      imports: [...imports],
      controllers: isApi ? [...SYSTEM_CONTROLLERS, ...CONTROLLERS] : SYSTEM_CONTROLLERS,
      providers: [
        ...given(deps),
        ...services(deps, liveLimits),
        RegistryWrites,
        RegistryShapes,
        RegistryImporter,
        Adoption,
        AlarmActs,
        Backtest,
        AlarmExplanation,
        BuildingImporter,
        PlanRules,
        WatchDesk,
        WatchReports,
      ],
    };
  }
}

/** What was handed in, each under its own token. */
const given = (deps: P.ApiDeps): Provider[] => [
  { provide: P.RECORDS, useValue: deps.records },
  { provide: P.STORE, useValue: deps.store },
  { provide: P.LIVE, useValue: deps.live },
  { provide: P.LIVE_STATE, useValue: deps.liveState },
  { provide: P.REGISTRY, useValue: deps.registry },
  { provide: P.COMMANDS, useValue: deps.commands },
  { provide: P.NOTIFY, useValue: deps.notify },
  { provide: P.STATUS, useValue: deps.status },
  { provide: P.READINESS, useValue: deps.readiness },
  { provide: P.TIMEZONE, useValue: deps.timezone },
  { provide: P.UTC_OFFSET, useValue: deps.utcOffsetMs },
  { provide: P.CLOCK, useValue: deps.clock },
  { provide: P.LOG, useValue: deps.log },
  { provide: P.METRICS, useValue: deps.metrics },
];

/** Plain classes that know nothing of Nest. */
function services(deps: P.ApiDeps, liveLimits: LiveLimits): FactoryProvider[] {
  const { records, clock, log, metrics, live, liveState, status } = deps;
  const hasher = new PasswordHasher();
  const tokens = new AccessTokens(deps.tokenSecret, clock);
  const principals = new Principals(tokens, records, clock);
  const hub = { feed: live, state: liveState, status, principals, clock, log, metrics };
  const seal = new ReplySeal(deps.tokenSecret);
  const one = <T>(provide: FactoryProvider['provide'], useFactory: () => T): FactoryProvider => ({
    provide,
    useFactory,
  });
  return [
    one(PasswordHasher, () => hasher),
    one(Principals, () => principals),
    one(Login, () => new Login(records, hasher, clock, log)),
    one(Sessions, () => new Sessions(records, tokens, clock)),
    one(LiveHub, () => new LiveHub(hub, liveLimits)),
    one(IncidentDesk, () => new IncidentDesk(records, liveState, live, clock)),
    one(FileDesk, () => new FileDesk(records, deps.files)),
    ...checkupServices(deps),
    one(CityDesk, () => new CityDesk(records, liveState, clock, deps.utcOffsetMs)),
    one(OpenApiSource, () => new OpenApiSource()),
    one(
      AccessGuard,
      () => new AccessGuard(principals, (who, permission) => roleAllows(who.role, permission)),
    ),
    one(IdempotencyInterceptor, () => new IdempotencyInterceptor(records.idempotency, seal, clock, log)),
  ];
}
