import type { Geometry, LimitSource, Severity } from '@anmai/catalog';
import type { AlarmCondition, Condition, RuleScope, StateWord, Verdict } from '@anmai/alarms';
import type { Quality } from '@anmai/readings';
import type { FloodShape, IncidentShape } from './incident-shapes';

/** ISO 8601, UTC. */
export type Iso = string;
export type Role = 'admin' | 'engineer' | 'operator' | 'inspector' | 'viewer';

/** Every list: `items` and, when there is more, the cursor to ask for it with. */
export interface Page<T> {
  readonly items: readonly T[];
  readonly nextCursor: string | null;
}

/** RFC 9457. */
export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly code: string;
  readonly detail: string;
  readonly remedy: string;
  /** Of a bad request: what is wrong, where. */
  readonly faults?: readonly { readonly at: string; readonly message: string }[];
  /** Of an edit refused with 412: the version that it should have stood on. */
  readonly currentVersion?: number;
}

export interface TokenReply {
  readonly accessToken: string;
  readonly refreshToken: string;
  /** Seconds. */
  readonly expiresIn: number;
}

/** GET /me */
export interface MeShape {
  readonly username: string;
  readonly displayName: string;
  readonly role: Role;
  readonly orgId: string;
}

/** How bad an asset or sensor is now. `severity` null and not blind: nothing to see. */
export interface StateShape {
  readonly severity: Severity | null;
  readonly blind: boolean;
  readonly unacknowledged: boolean;
}

export interface AssetShape {
  readonly id: string;
  readonly kind: string;
  readonly name: string;
  readonly geometry: Geometry | null;
  readonly parentId: string | null;
  readonly orgId: string;
  readonly links: readonly string[];
  readonly properties: Readonly<Record<string, unknown>>;
  readonly version: number;
  /** Worst of its sensors' open alarms. */
  readonly state: StateShape;
}

export interface DeviceShape {
  readonly id: string;
  readonly name: string;
  readonly assetId: string | null;
  readonly model: string | null;
  readonly version: number;
  /** Last message of any kind; null: never heard. */
  readonly lastSeenAt: Iso | null;
  readonly online: boolean;
}

export interface SensorShape {
  readonly id: string;
  readonly name: string;
  readonly assetId: string;
  readonly deviceId: string;
  readonly channel: string;
  readonly quantity: string;
  readonly unit: string;
  readonly expectedEverySeconds: number;
  readonly range: { readonly min: number; readonly max: number } | null;
  readonly version: number;
  readonly latest: ReadingShape | null;
  readonly state: StateShape;
}

export interface ReadingShape {
  readonly at: Iso;
  readonly value: number | null;
  readonly quality: Quality;
}

/** GET /sensors/{id}/readings */
export interface ReadingsReply {
  readonly rows: readonly ReadingShape[];
  readonly truncated: boolean;
}

/** GET /sensors/{id}/series: `rows` ascending, at most `points`; extremes of every drawn pixel are among them. */
export interface SeriesReply {
  readonly rows: readonly ReadingShape[];
  /** Where the rows come from: raw readings, or a rollup of that width. */
  readonly source: 'raw' | '1m' | '1h' | '1d';
  readonly unit: string;
}

export interface RuleShape {
  readonly id: string;
  readonly version: number;
  readonly name: string;
  readonly enabled: boolean;
  readonly appliesTo: RuleScope;
  readonly condition: Condition;
  readonly source: LimitSource;
  /** After the return its alarms stay until somebody resets them. */
  readonly latched?: boolean | undefined;
  /** What it watches now; not part of the rule. */
  readonly coverage?: RuleCoverage | undefined;
}

/** A rule that covers a sensor and cannot judge it must not look like one that sees nothing wrong. */
export interface RuleCoverage {
  /** Sensors that it judges. */
  readonly sensors: number;
  /** Of these: cannot tell yet, since the rule still learns what is usual. */
  readonly learning: number;
  /** Sensors on which it cannot judge now: they, or those that correct their values, are silent. */
  readonly blind: number;
  /** Sensors that it covers and cannot be used on; the first of them with the reason. */
  readonly faultCount: number;
  readonly faults: readonly { readonly sensorId: string; readonly reason: string }[];
}

export interface AlarmShape {
  readonly id: string;
  readonly ruleId: string;
  readonly ruleName: string;
  readonly ruleVersion: number;
  readonly sensorId: string;
  readonly sensorName: string;
  readonly assetId: string;
  readonly assetName: string;
  readonly severity: Severity;
  readonly condition: AlarmCondition;
  readonly acknowledged: boolean;
  /** Put aside by a person until then; it comes back by itself. Null: it is not shelved. */
  readonly shelvedUntil: Iso | null;
  readonly onsetAt: Iso;
  readonly raisedAt: Iso;
  readonly clearedAt: Iso | null;
  readonly closedAt: Iso | null;
  readonly evidence: {
    readonly limit: Readonly<Record<string, number | string>>;
    readonly source: LimitSource;
    readonly readings: readonly ReadingShape[];
    /** What the limit is on when that is not the reading itself. */
    readonly derived?: Readonly<Record<string, number | string>> | undefined;
  };
  readonly history: readonly {
    readonly at: Iso;
    readonly actor: string;
    readonly change: string;
    readonly reason: string | null;
    /** Of an action that did nothing: why. */
    readonly noEffect?: string | undefined;
  }[];
  /** Number of its newest change: send it as `seenN` with whatever you do to it. */
  readonly lastN?: number;
  /**
   * In the words of ISA-18.2 / IEC 62682: NORM, UNACK, ACKED, RTNUN (returned, not acknowledged), SHLVD (shelved), DSUPR
   * (suppressed by its cause), OOSRV (out of service), LATCH_UNACK and LATCH_ACKED (returned, waits for a reset).
   */
  readonly state?: StateWord | undefined;
  /** It calls for attention: not acknowledged and not put aside. */
  readonly calling?: boolean | undefined;
  /** The cause that hides it by design. */
  readonly suppressedBy?:
    | {
        /** Inhibition rule. */
        readonly ruleId: string;
        /** Alarm. */
        readonly causeId: string;
        readonly since: Iso;
        readonly until: Iso | null;
        readonly reason: string;
      }
    | null
    | undefined;
  /** The planned window in which its sensor is worked on. */
  readonly outOfService?:
    | { readonly windowId: string; readonly since: Iso; readonly until: Iso; readonly reason: string }
    | null
    | undefined;
  /** Its rule latches: after the return it stays until somebody resets it. */
  readonly latched?: boolean | undefined;
  /** `coversRise` false: the severity rose after the verdict. */
  readonly assessment?:
    | {
        readonly verdict: Verdict;
        readonly note: string | null;
        readonly by: string;
        readonly at: Iso;
        readonly coversRise: boolean;
      }
    | null
    | undefined;
  /** Since when somebody should have seen it; null: it was seen in time, or there is time left. */
  readonly unattendedSince?: Iso | null | undefined;
  /** Of two pictures of one alarm the greater one is the newer. 0: told before the records had it. */
  readonly revision?: number | undefined;
}

export type PartState = 'up' | 'down' | 'catching-up';

/** GET /status and the live event `health`: can I trust the picture? */
export interface HealthShape {
  readonly at: Iso;
  readonly messagesPerSecond: number;
  /** Age of the oldest journal entry that the monitor has not evaluated yet. */
  readonly monitorLagMs: number;
  /** The same for the archiver. */
  readonly archiverLagMs: number;
  readonly parts: Readonly<Record<'broker' | 'journal' | 'readings' | 'records' | 'monitor', PartState>>;
  readonly devicesOnline: number;
  readonly devicesOffline: number;
  readonly sensorsBlind: number;
  /** Rules that cannot be used on some sensor that they cover. */
  readonly rulesUnusable: number;
  readonly quarantined: number;
  /** null: alarms come no faster than people can look at them. */
  readonly flood: FloodShape | null;
}

export interface QuarantineShape {
  readonly id: string;
  readonly at: Iso;
  readonly deviceId: string | null;
  readonly topic: string;
  /** Stable code such as `unknown_device`, `not_json`, `unknown_unit`, `future_time`. */
  readonly reason: string;
  readonly detail: string;
  /** As text when it is text, at most 2,048 characters. */
  readonly payload: string;
  readonly adoptable: boolean;
}

/** `data` of the live events, by event name. */
export interface LiveEvents {
  readonly alarm: AlarmShape;
  readonly incident: IncidentShape;
  readonly reading: { readonly sensorId: string } & ReadingShape;
  readonly health: HealthShape;
  /** The stream cannot be resumed from the id given: load lists anew. */
  readonly reset: { readonly why: string };
}
