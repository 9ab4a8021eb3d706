import type {
  AlarmChange,
  AssessedAlarm,
  DeadlineKind,
  DevicePresence,
  Disposal,
  IncidentChange,
  IncidentStep,
  IncidentSummary,
  OperatorAction,
  OverdueStep,
  ProbableCause,
  FamilyId,
} from '@anmai/alarms';
import type { Severity } from '@anmai/catalog';
import type { Millis } from '@anmai/kernel';
import type { PageQuery } from './record-shapes';

/** Changes of one incident that a review is made of; those that only say "one more alarm" go first. */
export const REVIEW_CHANGES_MAX = 500;
/** Alarms of one KPI report at most. */
export const KPI_ALARMS_MAX = 50_000;
/** Changes of one incident that its warnings are made of, the earliest first. */
export const WARNING_CHANGES_MAX = 10_000;
/** Open incidents that the clockwork looks at in one turn. */
export const WATCHED_INCIDENTS_MAX = 1_000;

/** `open`: neither released nor gone into another one. `closed`: released or archived. */
export type IncidentStateFilter =
  'open' | 'active' | 'blind' | 'cleared' | 'released' | 'archived' | 'closed' | 'merged' | 'all';

export interface IncidentQuery extends PageQuery {
  readonly state: IncidentStateFilter;
  readonly severity?: Severity | undefined;
  /** Half-open on `openedAt`. */
  readonly from?: Millis | undefined;
  readonly to?: Millis | undefined;
}

/** An incident as both its tracks say. */
export interface IncidentRow extends IncidentSummary {
  readonly id: string;
  readonly familyId: FamilyId;
  readonly isCatchAll: boolean;
  readonly cause: ProbableCause | null;
  /** Name of the asset that the cause names; its id when it is gone. */
  readonly placeName: string | null;
  readonly onsetAt: Millis;
  readonly openedAt: Millis;
  readonly changedAt: Millis;
  readonly releasedAt: Millis | null;
  readonly archivedAt: Millis | null;
  /** Organisations whose assets are affected. */
  readonly orgIds: readonly string[];
  readonly disposal: Disposal;
}

export interface OverdueRow {
  readonly incidentId: string;
  readonly kind: DeadlineKind;
  readonly taskId: string | null;
  readonly dueAt: Millis;
  readonly escalateTo: OverdueStep['escalateTo'];
  readonly noticedAt: Millis;
}

/** What is at hand about one incident beyond its row. */
export interface IncidentFile {
  readonly row: IncidentRow;
  /** Oldest first; at most REVIEW_CHANGES_MAX, the first, the last and all decisive ones among them. */
  readonly changes: readonly IncidentChange[];
  /** Oldest first; of those that it absorbed, too. */
  readonly steps: readonly IncidentStep[];
  readonly overdue: readonly OverdueRow[];
  /** Sensors of all alarms that ever joined. */
  readonly sensorIds: readonly string[];
}

/** What `kpiReport` needs of the records. */
export interface KpiRecords {
  readonly changes: readonly AlarmChange[];
  readonly actions: readonly OperatorAction[];
  readonly assessments: readonly AssessedAlarm[];
  readonly presences: readonly DevicePresence[];
  /** How long the platform was watching in the period. */
  readonly watchedMs: number;
}
