import { Database, type DatabaseOptions } from './database';
import { migrate } from './migrate';
import { MIGRATIONS } from './migrations';
import type { Records } from './records';
import { AppraisalRecords } from './repositories/appraisal-records';
import { AlarmRecords } from './repositories/alarm-records';
import { assetRecords } from './repositories/asset-records';
import { AuditRecords } from './repositories/audit-records';
import { BuildingDuplicateRecords } from './repositories/building-duplicate-records';
import { BuildingImportRecords } from './repositories/building-import-records';
import { BuildingRecords } from './repositories/building-records';
import { CheckupStore } from './repositories/checkup-store';
import { CredentialRecords } from './repositories/credential-records';
import { deviceRecords } from './repositories/device-records';
import { DueStore } from './repositories/due-store';
import { FileRecords } from './repositories/file-records';
import { WatchRecords } from './repositories/duty-records';
import { HazardRecords } from './repositories/hazard-records';
import { IdempotencyRecords } from './repositories/idempotency-records';
import { LifeSettingsRecords } from './repositories/life-settings-records';
import { NoticeFeedRecords } from './repositories/notice-feed-records';
import { NotificationRecords } from './repositories/notification-records';
import { NotifyPeopleRecords } from './repositories/notify-people-records';
import { CityRecords } from './repositories/city-records';
import { InsuranceRecords } from './repositories/insurance-records';
import { MoneyRecords } from './repositories/money-records';
import { IncidentRecords } from './repositories/incident-records';
import { KpiReader } from './repositories/kpi-records';
import { OrgRecords } from './repositories/org-records';
import { inhibitionRecords, serviceWindowRecords } from './repositories/plan-records';
import { PresenceRecords } from './repositories/presence-records';
import { QuarantineRecords } from './repositories/quarantine-records';
import { RefreshTokenRecords } from './repositories/refresh-token-records';
import { RegimeStore } from './repositories/regime-store';
import { RegistryRecords } from './repositories/registry-records';
import { CalendarStore, RoundStore } from './repositories/round-store';
import { RuleRecords } from './repositories/rule-records';
import { sensorRecords } from './repositories/sensor-records';
import { UserRecords } from './repositories/user-records';

export interface RecordsOptions extends DatabaseOptions {
  /** Default QUARANTINE_ROWS_MAX. */
  readonly quarantineRowsMax?: number | undefined;
}

/** All records over one pool. Connects to nothing yet: call `open()`, and again when it rejected retryable. */
export function openRecords(options: RecordsOptions): Records {
  const database = new Database(options);
  return {
    orgs: new OrgRecords(database),
    users: new UserRecords(database),
    refreshTokens: new RefreshTokenRecords(database),
    assets: assetRecords(database),
    devices: deviceRecords(database),
    credentials: new CredentialRecords(database),
    sensors: sensorRecords(database),
    rules: new RuleRecords(database),
    alarms: new AlarmRecords(database),
    inhibitions: inhibitionRecords(database),
    serviceWindows: serviceWindowRecords(database),
    lifeSettings: new LifeSettingsRecords(database),
    incidents: new IncidentRecords(database),
    kpi: new KpiReader(database),
    buildings: new BuildingRecords(database),
    buildingDuplicates: new BuildingDuplicateRecords(database),
    buildingImports: new BuildingImportRecords(database),
    presence: new PresenceRecords(database),
    audit: new AuditRecords(database),
    registry: new RegistryRecords(database),
    quarantine: new QuarantineRecords(database, options.quarantineRowsMax),
    idempotency: new IdempotencyRecords(database),
    notifications: new NotificationRecords(database),
    notifyPeople: new NotifyPeopleRecords(database),
    noticeFeed: new NoticeFeedRecords(database),
    files: new FileRecords(database),
    checkups: new CheckupStore(database),
    regimes: new RegimeStore(database),
    checkupDues: new DueStore(database),
    checkupRounds: new RoundStore(database),
    checkupCalendars: new CalendarStore(database),
    money: new MoneyRecords(database),
    insurance: new InsuranceRecords(database),
    city: new CityRecords(database),
    appraisals: new AppraisalRecords(database),
    hazards: new HazardRecords(database),
    watches: new WatchRecords(database),
    open: () => database.locked('migrate', ({ query }) => migrate(query, database.schema, MIGRATIONS)),
    ping: async () => {
      await database.read(({ query }) => query('select 1'));
    },
    close: () => database.close(),
  };
}
