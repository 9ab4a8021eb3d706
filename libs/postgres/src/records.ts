import type {
  AlarmChange,
  Disposal,
  IncidentChange,
  IncidentStep,
  InhibitionRule,
  LifeSettings,
  OperatorAction,
  OverdueStep,
  PresenceChange,
  Rule,
  ServiceWindow,
  StepRefusal,
  WarningSource,
  WatchSpan,
} from '@anmai/alarms';
import type { Asset, Device, Org, Sensor } from '@anmai/catalog';
import type { Millis, Result } from '@anmai/kernel';
import type { Files } from './file-shapes';
import type { Checkups, Regimes } from './checkup-records';
import type { CheckupCalendars, CheckupDues, Rounds } from './due-records';
import type { BuildingImports } from './building-import-shapes';
import type { BuildingDuplicates, BuildingRepository } from './building-shapes';
import type * as H from './hazard-shapes';
import type * as I from './incident-shapes';
import type { City } from './city-records';
import type { Insurance } from './insurance-records';
import type { Money } from './money-records';
import type { NoticeFeed, Notifications, NotifyPeople } from './notify-records';
import type * as S from './record-shapes';

export * from './building-import-shapes';
export * from './building-shapes';
export type * from './file-shapes';
export { FILES_ASKED_MAX } from './file-shapes';
export type * from './checkup-records';
export { CHECKUP_TASKS_MAX } from './checkup-records';
export type * from './due-records';
export { DUE_REFRESH_MAX, ROUND_ITEMS_MAX } from './due-records';
export type * from './hazard-shapes';
export type * from './incident-shapes';
export { KPI_ALARMS_MAX } from './incident-shapes';
export type * from './city-records';
export type * from './insurance-records';
export { COVERS_MAX } from './insurance-records';
export type * from './money-records';
export { COSTS_MAX } from './money-records';
export type * from './notify-records';
export type * from './record-shapes';
export { APPLY_CHANGES_MAX, IMPORT_ROWS_MAX, LIST_LIMIT_MAX } from './record-shapes';

/*
 * Promises of every method:
 * - While the database is away it rejects with a retryable AppError (PGR-001, PGR-003; 503).
 * - Unknown or invisible things: PGR-004 (404). An id that is taken: PGR-005 (409). A reference to nothing: PGR-007 (422).
 *   Text with a NUL character: PGR-008 (422). An edit of another version than the present one: PGR-006 (412,
 *   `details.version` is the present one). Deleting what others refer to: PGR-009 (409).
 * - A write is durable once resolved, has its audit row and (registry, rules, credentials) its outbox row in the same
 *   transaction.
 * - Lists are ascending by id unless said otherwise; paging neither skips nor repeats what was there all along.
 */

/** CRUD that assets, devices and sensors share. `expectedVersion` null: whatever the present one is. */
export interface Registered<T, R extends T & S.Versioned, Q extends S.PageQuery> {
  list(query: Q, within: S.Within): Promise<S.RecordPage<R>>;
  get(id: string, within: S.Within): Promise<R | null>;
  create(value: T, by: S.Author): Promise<R>;
  update(value: T, expectedVersion: number | null, by: S.Author): Promise<R>;
  remove(id: string, expectedVersion: number | null, by: S.Author): Promise<void>;
}

/** Removing an asset that has sensors, devices or children is refused (PGR-009). */
export type Assets = Registered<Asset, S.AssetRecord, S.AssetQuery>;
/**
 * A device belongs to the organisation of its asset; without an asset to that of whoever made it (null: to nobody,
 * visible to `within` null alone). Removing it removes its credentials; refused while it has sensors (PGR-009).
 */
export type Devices = Registered<Device, S.DeviceRecord, S.DeviceQuery>;
/** A device has each channel once (PGR-005). */
export type Sensors = Registered<Sensor, S.SensorRecord, S.SensorQuery>;

export interface Orgs {
  list(query: S.PageQuery, within: S.Within): Promise<S.RecordPage<S.OrgRecord>>;
  get(id: string, within: S.Within): Promise<S.OrgRecord | null>;
  /** Without a parent only by `within` null. */
  create(org: Org, by: S.Author): Promise<S.OrgRecord>;
  /** Moving it moves all below; under itself: PGR-015 (422). */
  update(org: Org, expectedVersion: number | null, by: S.Author): Promise<S.OrgRecord>;
}

export interface Users {
  list(query: S.UserQuery, within: S.Within): Promise<S.RecordPage<S.UserRecord>>;
  get(username: string, within: S.Within): Promise<S.UserRecord | null>;
  /** How many there are: 0 at the very first start. */
  count(): Promise<number>;
  create(user: S.NewUser, by: S.Author): Promise<S.UserRecord>;
  /** A change of role or organisation, or disabling, also revokes the refresh tokens. */
  update(
    username: string,
    patch: S.UserPatch,
    expectedVersion: number | null,
    by: S.Author,
  ): Promise<S.UserRecord>;
  /** Unlocks and revokes all refresh tokens of the user. */
  setPassword(username: string, passwordHash: string, by: S.Author): Promise<void>;
  /** Counts a wrong password; gives the instant until which the account is locked now, or null. Unknown user: null. */
  noteLoginFailure(username: string, at: Millis, policy: S.LockPolicy): Promise<Millis | null>;
  /** Sets the count of wrong passwords back. */
  noteLogin(username: string, at: Millis): Promise<void>;
}

export interface RefreshTokens {
  /** Starts a family. */
  issue(token: S.NewRefreshToken): Promise<void>;
  /** Exchanges a token for its successor, once. `now` decides about expiry. Disabled users: `revoked`. */
  rotate(
    hash: string,
    successorHash: string,
    successorExpiresAt: Millis,
    now: Millis,
  ): Promise<S.RotateResult>;
  /** Log-out: revokes the token's family. Unknown: nothing happens. */
  revoke(hash: string, now: Millis): Promise<void>;
  revokeAll(username: string, now: Millis): Promise<void>;
  /** Forgets families that ended before `before`; gives how many tokens went. */
  sweep(before: Millis): Promise<number>;
}

export interface Credentials {
  /** Newest first, revoked ones included; at most LIST_LIMIT_MAX. */
  ofDevice(deviceId: string, within: S.Within): Promise<readonly S.CredentialRecord[]>;
  create(credential: S.NewCredential, by: S.Author): Promise<S.CredentialRecord>;
  /** Again: nothing happens. */
  revoke(username: string, by: S.Author): Promise<void>;
}

/** Rules hold for the whole platform (`appliesTo.orgId` narrows them); everyone who is let in sees them. */
export interface Rules {
  list(query: S.RuleQuery): Promise<S.RecordPage<Rule>>;
  /** Newest version unless one is named. */
  get(id: string, version?: number): Promise<Rule | null>;
  /** Newest first; at most LIST_LIMIT_MAX. */
  versions(id: string): Promise<readonly (Rule & { readonly at: Millis; readonly actor: string })[]>;
  create(rule: Omit<Rule, 'version'>, by: S.Author): Promise<Rule>;
  update(rule: Omit<Rule, 'version'>, expectedVersion: number | null, by: S.Author): Promise<Rule>;
  /** Out of force; its versions stay readable by number. The id is not free again. */
  remove(id: string, expectedVersion: number | null, by: S.Author): Promise<void>;
}

export interface Alarms {
  /** Newest `raisedAt` first. */
  list(query: S.AlarmQuery, within: S.Within): Promise<S.RecordPage<S.AlarmRow>>;
  get(id: string, within: S.Within): Promise<S.AlarmDetail | null>;
  /** Those of the ids that exist, in no order; at most LIST_LIMIT_MAX ids. */
  byIds(ids: readonly string[]): Promise<readonly S.AlarmDetail[]>;
  /**
   * The condition track, from the monitor alone: all changes and the monitor's position in one transaction.
   * Idempotent by change id; the position never goes back. At most APPLY_CHANGES_MAX changes, those of incidents, which
   * are taken after those of their alarms, included.
   */
  applyChanges(
    changes: readonly AlarmChange[],
    position: S.MonitorPosition,
    incidents?: readonly IncidentChange[],
  ): Promise<S.ApplyResult>;
  /** 0 when the monitor never was here. */
  position(monitor: string): Promise<number>;
  /**
   * The operator track. Idempotent by action id. Acknowledging what is acknowledged and closing what is closed changes
   * nothing. `seenN` greater than the alarm's newest change: PGR-014 (422), or what is still to come would count as
   * seen. What `mayDo` refuses rejects with ALM-nnn (409) and says what to do instead. Several actions of one alarm:
   * all or nothing; the last one decides, so that its refusal names all that is missing.
   */
  act(action: OperatorAction | readonly OperatorAction[], within: S.Within): Promise<S.AlarmDetail>;
  /**
   * Looks again at alarms that time alone has changed by `now`, the longest due first, at most `limit`; gives how many
   * were looked at. Called by the process in charge alone.
   */
  passTime(now: Millis, limit: number): Promise<number>;
  /** Alarms of which something has changed since that revision, ascending by revision; at most LIST_LIMIT_MAX. */
  changedSince(revision: number, limit: number): Promise<readonly S.AlarmDetail[]>;
  /** The greatest so far; 0 when there is no alarm. */
  newestRevision(): Promise<number>;
  /** How many are not closed. */
  countOpen(): Promise<number>;
}

/** Which alarms hide which, and planned windows. An edit holds from now on; every version stays kept. */
export type Inhibitions = Registered<InhibitionRule, S.InhibitionRecord, S.PageQuery>;
/** Seen by the organisation that planned it and those above. */
export type ServiceWindows = Registered<ServiceWindow, S.ServiceWindowRecord, S.PageQuery>;

export interface LifeSettingsStore {
  get(): Promise<S.LifeSettingsRecord>;
  /** From now on. */
  put(settings: LifeSettings, expectedVersion: number | null, by: S.Author): Promise<S.LifeSettingsRecord>;
}

/**
 * May the step be taken now? Asked under the lock of the incident; `sensorIds`: all whose alarms ever joined;
 * `outOfService`: of a release, those that a planned window holds out of service at its instant.
 */
export type StepJudge = (
  disposal: Disposal,
  sensorIds: readonly string[],
  outOfService: ReadonlySet<string>,
) => Result<true, StepRefusal>;

/** An incident is visible to whoever sees one of its assets. What the monitor says of it comes by `Alarms.applyChanges`. */
export interface Incidents {
  /** Newest `openedAt` first. */
  list(query: I.IncidentQuery, within: S.Within): Promise<S.RecordPage<I.IncidentRow>>;
  get(id: string, within: S.Within): Promise<I.IncidentRow | null>;
  /** Those of the ids that exist. */
  byIds(ids: readonly string[]): Promise<readonly I.IncidentRow[]>;
  /** Everything about one. */
  file(id: string, within: S.Within): Promise<I.IncidentFile | null>;
  /** What `warningTrack` needs, by incident, of this one and of all that it absorbed; null: not there, or not visible. */
  warningSources(id: string, within: S.Within): Promise<ReadonlyMap<string, WarningSource> | null>;
  /** Takes one step of a person, if `judge` says so. A refusal is an answer; nothing was written then. */
  take(step: IncidentStep, judge: StepJudge, within: S.Within): Promise<Result<I.IncidentRow, StepRefusal>>;
  /** Open ones, newest first; at most WATCHED_INCIDENTS_MAX. */
  open(): Promise<readonly I.IncidentRow[]>;
  /** Notes what is overdue, each rung of the ladder once; gives how many were new. `steps` is not empty. */
  noteOverdue(incidentId: string, steps: readonly OverdueStep[], at: Millis): Promise<number>;
}

export interface KpiSource {
  /** All that the figures of [from, to) rest on. More than KPI_ALARMS_MAX alarms: PGR-016. */
  input(from: Millis, to: Millis, within: S.Within): Promise<I.KpiRecords>;
}

/** When devices were online, and when the platform was watching. */
export interface Presence {
  /** The newest of each device. */
  last(): Promise<readonly PresenceChange[]>;
  /** Keeps what changed (PRESENCE_CHANGES_MAX of it) and how far the stretch of watching has come; the same again lands once. */
  note(changes: readonly PresenceChange[], span: WatchSpan): Promise<void>;
  /** Forgets what ended before, but for how each device was then. */
  sweep(before: Millis): Promise<number>;
}

export interface Audit {
  /** For what has no repository method (a log-out, an export …). */
  append(entry: Pick<S.AuditRecord, 'actor' | 'action' | 'subject' | 'detail'>): Promise<S.AuditRecord>;
  /** Newest first. */
  list(
    query: S.PageQuery & { readonly subject?: string; readonly actor?: string },
  ): Promise<S.RecordPage<S.AuditRecord>>;
  /** Walks the whole chain. */
  verifyAudit(): Promise<S.AuditVerdict>;
}

export interface Registry {
  /** Not yet journaled, ascending. */
  pendingRegistryChanges(limit: number): Promise<readonly S.OutboxRow[]>;
  markJournaled(upToVersion: number): Promise<void>;
  /** One consistent picture. */
  registrySnapshot(): Promise<S.RegistrySnapshot>;
  /**
   * Creates what is new and replaces what is there, all or nothing. Faults found are all given back, then nothing was
   * written. More than IMPORT_ROWS_MAX rows: PGR-016 (413).
   */
  importRegistry(
    rows: S.RegistryImport,
    by: S.Author,
  ): Promise<Result<S.ImportCounts, readonly S.ImportFault[]>>;
}

export interface Quarantine {
  /** Idempotent by id: count and times only grow. The newest QUARANTINE_ROWS_MAX stay, the rest is counted. */
  put(records: readonly S.QuarantineRecord[]): Promise<void>;
  /** Newest `lastAt` first. Records of devices that nobody registered are for `within` null and root organisations. */
  list(query: S.QuarantineQuery, within: S.Within): Promise<S.RecordPage<S.QuarantineRow>>;
  get(id: string, within: S.Within): Promise<S.QuarantineRow | null>;
  /** Again: nothing happens. */
  markAdopted(id: string, at: Millis, by: S.Author): Promise<S.QuarantineRow>;
  totals(): Promise<S.QuarantineTotals>;
}

export interface Idempotency {
  /**
   * `started`: do the work, then `finish` (or `abandon` when it failed and may be tried again). Same key, same request,
   * done: `replay`. Same key, other request: PGR-010 (422). Still in progress: PGR-011 (409, retryable); a start that
   * was never finished counts for IDEMPOTENCY_STALE_MS. Kept for IDEMPOTENCY_KEEP_MS.
   */
  begin(request: S.IdempotentRequest, now: Millis): Promise<S.IdempotencyStart>;
  finish(
    request: S.IdempotentRequest,
    reply: { readonly status: number; readonly body: string },
  ): Promise<void>;
  abandon(request: S.IdempotentRequest): Promise<void>;
  /** Forgets what is older than IDEMPOTENCY_KEEP_MS; gives how many. */
  sweep(now: Millis): Promise<number>;
}

/** All records of the platform. */
export interface Records {
  readonly orgs: Orgs;
  readonly users: Users;
  readonly refreshTokens: RefreshTokens;
  readonly assets: Assets;
  readonly devices: Devices;
  readonly credentials: Credentials;
  readonly sensors: Sensors;
  readonly rules: Rules;
  readonly alarms: Alarms;
  readonly inhibitions: Inhibitions;
  readonly serviceWindows: ServiceWindows;
  readonly lifeSettings: LifeSettingsStore;
  readonly incidents: Incidents;
  readonly kpi: KpiSource;
  readonly buildings: BuildingRepository;
  readonly buildingImports: BuildingImports;
  readonly buildingDuplicates: BuildingDuplicates;
  readonly presence: Presence;
  readonly audit: Audit;
  readonly registry: Registry;
  readonly quarantine: Quarantine;
  readonly idempotency: Idempotency;
  readonly notifications: Notifications;
  readonly notifyPeople: NotifyPeople;
  readonly noticeFeed: NoticeFeed;
  readonly files: Files;
  readonly checkups: Checkups;
  readonly regimes: Regimes;
  readonly checkupDues: CheckupDues;
  readonly checkupRounds: Rounds;
  readonly checkupCalendars: CheckupCalendars;
  readonly money: Money;
  readonly insurance: Insurance;
  readonly city: City;
  readonly appraisals: H.Appraisals;
  readonly hazards: H.Hazards;
  readonly watches: H.Watches;
  /** Creates or migrates the tables. Idempotent; safe when two start at once. Called before all else. */
  open(): Promise<void>;
  /** Resolves when the database answers. */
  ping(): Promise<void>;
  close(): Promise<void>;
}
