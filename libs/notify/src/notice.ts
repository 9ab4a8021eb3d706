import type { LifelineGroup, Severity } from '@anmai/catalog';
import type { Millis } from '@anmai/kernel';

export type Language = 'zh' | 'en';

/** One text in both languages. */
export interface Words {
  readonly zh: string;
  readonly en: string;
}

/**
 * What a message says of an alarm or incident. `blind`: its sensors fell silent while it was on; `unanswered`: nobody has
 * acknowledged it in time.
 */
export type NoticeKind =
  'start' | 'worse' | 'milder' | 'blind' | 'restored' | 'unanswered' | 'end' | IncidentNoticeKind;

/**
 * Of incidents alone. `again`: alarms came after all were over, or after it had been released or found to be nothing; `merged`: it took in another
 * one; `warned`: a warning was issued; `dispatched`: a task was given; `feedback`: one was answered; `overdue`: what was
 * due was not done; `archived`: it was filed.
 */
export type IncidentNoticeKind =
  'again' | 'merged' | 'warned' | 'dispatched' | 'feedback' | 'overdue' | 'archived';

export interface NoticeLimit {
  /** `above`: met at or above the value; `below`: at or below. */
  readonly side: 'above' | 'below';
  readonly value: number;
}

/**
 * One change of an alarm or incident, with all that a message about it needs. Plain JSON data: it is kept in the outbox, so
 * that a message says what was known when it was planned.
 */
export interface Notice {
  /** Derived from the change: the same change made again by a replay has the same. */
  readonly changeId: string;
  readonly subjectKind: 'alarm' | 'incident';
  readonly subjectId: string;
  readonly kind: NoticeKind;
  /** Instant that the change stands for. */
  readonly at: Millis;
  /** Onset of the alarm, or of the first one of the incident. */
  readonly since: Millis;
  /** After the change; of one that ended the severity that it had. */
  readonly severity: Severity;
  readonly group: LifelineGroup;
  /** The quantity, or what an incident is about. */
  readonly what: Words;
  /** Name of the asset or place. */
  readonly where: string;
  /** Organisations from the root down to the owner of the asset. */
  readonly orgPath: readonly string[];
  /** In `unit`; null: there is none (no data, or an incident). */
  readonly value: number | null;
  readonly unit: string;
  readonly limit: NoticeLimit | null;
  /** Alarms that an incident holds; null for an alarm. */
  readonly alarmCount: number | null;
  /** Why it was raised, to be found again; null for an incident. */
  readonly rule: { readonly id: string; readonly version: number } | null;
  /** Of an incident: the groups of all affected assets, `group` among them; absent: `group` alone. */
  readonly groups?: readonly LifelineGroup[];
  /** Of an incident: owners of all affected assets, `orgPath` holds them and all above; absent: the last of `orgPath`. */
  readonly ownerIds?: readonly string[];
  /** What people said, or why: the text of a warning, a task, the probable cause. */
  readonly detail?: Words;
  /** Of a task or of what is overdue. */
  readonly dueAt?: Millis;
}
