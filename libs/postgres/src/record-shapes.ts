import type {
  AlarmChange,
  AlarmView,
  CredentialValue,
  InhibitionRule,
  LifeSettings,
  RegistryChange,
  Rule,
  ServiceWindow,
} from '@anmai/alarms';
import type { Asset, Device, Org, Sensor, Severity } from '@anmai/catalog';
import type { Millis } from '@anmai/kernel';
import type { Role } from '@anmai/wire';

export type { CredentialValue, RegistryChange, RegistryKind } from '@anmai/alarms';

/** Rows of one list at most. */
export const LIST_LIMIT_MAX = 1_000;
/** Alarm changes of one `applyChanges` at most. */
export const APPLY_CHANGES_MAX = 10_000;
/** Rows of one registry import at most, all kinds together. */
export const IMPORT_ROWS_MAX = 50_000;

/** What an editable thing carries: 1 when made, one more with each edit. Becomes the ETag. */
export interface Versioned {
  readonly version: number;
}

/**
 * Who looks. A thing is visible when its organisation is `within` or below it; null sees all (the program itself).
 * What is not visible reads as absent: lists leave it out, `get` gives null, writes reject with 404.
 */
export type Within = string | null;

/** Who writes. `actor` goes into the audit trail (a user name, or `system`); `within` limits what can be touched. */
export interface Author {
  readonly actor: string;
  readonly within: Within;
}

export interface PageQuery {
  /** 1 … LIST_LIMIT_MAX. */
  readonly limit: number;
  /** `nextCursor` of the page before; absent or null: from the start. A broken one rejects with PGR-013 (400). */
  readonly cursor?: string | null | undefined;
}

export interface RecordPage<T> {
  readonly items: readonly T[];
  readonly nextCursor: string | null;
}

/** `path`: ids of the ancestors and itself, root first. */
export type OrgRecord = Org & Versioned & { readonly path: readonly string[] };
export type AssetRecord = Asset & Versioned;
export type DeviceRecord = Device & Versioned;
export type SensorRecord = Sensor & Versioned;

export interface NewUser {
  readonly username: string;
  readonly displayName: string;
  readonly role: Role;
  readonly orgId: string;
  /** argon2id, made by the caller. Never a password. */
  readonly passwordHash: string;
}

export interface UserRecord extends NewUser, Versioned {
  readonly disabled: boolean;
  /** Wrong passwords in a row. */
  readonly failedLogins: number;
  readonly lockedUntil: Millis | null;
  readonly createdAt: Millis;
}

export type UserPatch = Partial<Pick<UserRecord, 'displayName' | 'role' | 'orgId' | 'disabled'>>;

export interface LockPolicy {
  /** So many wrong passwords in a row lock the account … */
  readonly failuresMax: number;
  /** … for so long. The count starts again with the lock. */
  readonly lockMs: number;
}

export interface NewRefreshToken {
  /** SHA-256 of the token, hex. Never the token. */
  readonly hash: string;
  readonly username: string;
  readonly expiresAt: Millis;
}

/** `reused`: a token that had been exchanged before came again; its whole family was revoked. */
export type RotateResult =
  | { readonly outcome: 'rotated'; readonly username: string }
  | { readonly outcome: 'unknown' | 'expired' | 'revoked' | 'reused' };

export interface CredentialRecord {
  readonly username: string;
  /** SHA-256 hex of the 160-bit random secret. */
  readonly secretHash: string;
  readonly deviceId: string;
  readonly createdAt: Millis;
  readonly revokedAt: Millis | null;
}

export type NewCredential = Pick<CredentialRecord, 'username' | 'secretHash' | 'deviceId'>;

export interface AssetQuery extends PageQuery {
  readonly kind?: string | undefined;
  /** The organisation and all below it. */
  readonly orgId?: string | undefined;
  readonly parentId?: string | undefined;
  /** true: without buildings that have no sensor, of which a city has a hundred thousand; false: those alone. */
  readonly watched?: boolean | undefined;
  /** Part of the id or the name, letter case ignored. */
  readonly q?: string | undefined;
}
export interface DeviceQuery extends PageQuery {
  readonly assetId?: string | undefined;
  readonly q?: string | undefined;
}
export interface SensorQuery extends PageQuery {
  readonly assetId?: string | undefined;
  readonly deviceId?: string | undefined;
  readonly quantity?: string | undefined;
  readonly q?: string | undefined;
}
export interface RuleQuery extends PageQuery {
  readonly q?: string | undefined;
}
export interface UserQuery extends PageQuery {
  readonly q?: string | undefined;
}

/**
 * `open`: not closed. `cleared`: cleared and still waiting for an acknowledgement. Open ones that are put aside: `shelved`
 * by a person, `suppressed` by a cause, `outOfService` by a window.
 */
export type AlarmStateFilter =
  'open' | 'active' | 'blind' | 'cleared' | 'closed' | 'all' | 'shelved' | 'suppressed' | 'outOfService';

export interface AlarmQuery extends PageQuery {
  readonly state: AlarmStateFilter;
  readonly severity?: Severity | undefined;
  readonly assetId?: string | undefined;
  readonly sensorId?: string | undefined;
  readonly ruleId?: string | undefined;
  readonly incidentId?: string | undefined;
  /** Half-open on `raisedAt`. */
  readonly from?: Millis | undefined;
  readonly to?: Millis | undefined;
}

/** An alarm without its history. The names are those of now; the id stands in when the thing is gone. */
export interface AlarmRow extends Omit<AlarmView, 'history'> {
  /** `n` of its newest change: what an acknowledgement made now has seen. */
  readonly lastN: number;
  /** Grows with whatever changes of what is shown, over all alarms; 0: not from the records. */
  readonly revision: number;
  readonly ruleName: string;
  readonly sensorName: string;
  readonly assetName: string;
  /** Organisation of the asset; null when the asset was unknown at the raise and still is. */
  readonly orgId: string | null;
}

/** `history`: both tracks, oldest first. */
export type AlarmDetail = AlarmRow & Pick<AlarmView, 'history'>;

/** A window as it is kept, with the organisation that planned it. */
export type ServiceWindowRecord = ServiceWindow & Versioned;
export type InhibitionRecord = InhibitionRule & Versioned;
/** Version 1: the provisional defaults that nobody has edited yet. */
export type LifeSettingsRecord = LifeSettings & Versioned;

export interface MonitorPosition {
  readonly monitor: string;
  /** Journal position up to which all changes are in. */
  readonly seq: number;
}

export interface ApplyResult {
  /** Changes that were new, in the order given. */
  readonly fresh: readonly AlarmChange[];
}

export interface AuditRecord {
  /** 1, 2, 3 … without holes. */
  readonly seq: number;
  readonly at: Millis;
  readonly actor: string;
  /** Such as `asset.created`, `alarm.acknowledged`. */
  readonly action: string;
  /** Such as `asset/well-0012`. */
  readonly subject: string;
  readonly detail: unknown;
  /** Hex; of seq 1: 64 zeros. */
  readonly prevHash: string;
  readonly hash: string;
}

/** `head` is kept elsewhere by whoever wants to notice a trail that was cut at its end. */
export type AuditVerdict =
  | { readonly intact: true; readonly rows: number; readonly head: string }
  | { readonly intact: false; readonly brokenSeq: number; readonly why: string };

export interface OutboxRow {
  /** Ascending; a later write has a greater one. */
  readonly version: number;
  readonly change: RegistryChange;
}

/** Everything that the gateway and the monitor need to know, as of outbox `version`. */
export interface RegistrySnapshot {
  readonly version: number;
  readonly orgs: readonly OrgRecord[];
  readonly assets: readonly AssetRecord[];
  readonly devices: readonly DeviceRecord[];
  readonly sensors: readonly SensorRecord[];
  /** Rules in force: newest version of each that was not removed, disabled ones included. */
  readonly rules: readonly Rule[];
  /** Without the revoked ones. */
  readonly credentials: readonly CredentialValue[];
}

export interface RegistryImport {
  readonly orgs?: readonly Org[] | undefined;
  readonly assets?: readonly Asset[] | undefined;
  readonly devices?: readonly Device[] | undefined;
  readonly sensors?: readonly Sensor[] | undefined;
  readonly credentials?: readonly NewCredential[] | undefined;
}
export type ImportList = keyof RegistryImport;
export type ImportCounts = Readonly<Record<ImportList, number>>;

/** What is wrong with one row of an import. `index` counts from 0 within its list. */
export interface ImportFault {
  readonly list: ImportList;
  readonly index: number;
  readonly id: string;
  readonly code: 'unknown_reference' | 'duplicate' | 'not_visible' | 'cycle' | 'grade';
  readonly message: string;
}

export interface QuarantineRecord {
  /** Derived by the gateway: the same fault of the same sender again has the same id. */
  readonly id: string;
  readonly deviceId: string | null;
  readonly topic: string;
  readonly reason: string;
  readonly detail: string;
  readonly payload: Uint8Array;
  /** How often it came, from `firstAt` to `lastAt`. */
  readonly count: number;
  readonly firstAt: Millis;
  readonly lastAt: Millis;
}
export type QuarantineRow = QuarantineRecord & { readonly adoptedAt: Millis | null };

export interface QuarantineQuery extends PageQuery {
  readonly deviceId?: string | undefined;
  readonly reason?: string | undefined;
  /** Default: adopted ones are left out. */
  readonly adopted?: boolean | undefined;
}

export interface QuarantineTotals {
  readonly kept: number;
  /** Rows that had to go because newer ones came. */
  readonly dropped: number;
}

export interface IdempotentRequest {
  readonly key: string;
  readonly actor: string;
  /** Method and path. */
  readonly route: string;
  /** SHA-256 hex of the body. */
  readonly requestHash: string;
}

export type IdempotencyStart =
  | { readonly state: 'started' }
  /** `body`: text of the reply, as given to `finish`. */
  | { readonly state: 'replay'; readonly status: number; readonly body: string };
