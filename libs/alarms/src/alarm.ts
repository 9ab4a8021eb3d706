import type { LimitSource, Severity } from '@anmai/catalog';
import type { Millis } from '@anmai/kernel';
import type { Quality } from '@anmai/readings';
import type { Assessment, Duty, ServiceSpell, StateWord, Suppression, Timer, Verdict } from './life/shapes';

export type AlarmCondition = 'active' | 'cleared' | 'blind';

/** What the condition track can do to an alarm. Derived from the journal alone; a replay makes the same again. */
export type ChangeKind = 'raised' | 'escalated' | 'deescalated' | 'blinded' | 'restored' | 'cleared';

export interface EvidenceReading {
  readonly at: Millis;
  readonly value: number | null;
  readonly quality: Quality;
}

/** Why an alarm has its severity: the limit, where it comes from, the readings that decided. */
export interface Evidence {
  readonly limit: Readonly<Record<string, number | string>>;
  readonly source: LimitSource;
  /** Newest last, at most 20. */
  readonly readings: readonly EvidenceReading[];
  /** What the limit is on when that is not the reading itself: a slope, a step, a forecast, with what explains it. */
  readonly derived?: Readonly<Record<string, number | string>>;
}

/** One step of the condition track. `id` follows from the alarm and `n`, so it lands once. */
export interface AlarmChange {
  readonly id: string;
  readonly alarmId: string;
  /** 1 for `raised`, then 2, 3 …  */
  readonly n: number;
  readonly kind: ChangeKind;
  /** Instant that the change stands for: device time of the deciding reading, or journal time of a tick. */
  readonly at: Millis;
  /** When the platform noticed, in journal time. */
  readonly noticedAt: Millis;
  readonly ruleId: string;
  readonly ruleVersion: number;
  readonly sensorId: string;
  readonly assetId: string;
  readonly onsetAt: Millis;
  /** Severity after the change; of a cleared alarm the one that it had. */
  readonly severity: Severity;
  readonly reason: string;
  readonly evidence: Evidence;
}

/**
 * `assessed`: a verdict (研判). `confirmed`: somebody has made sure, on the spot or by measuring, that it is over (OPC UA
 * Part 9, Confirm). `reset`: of a latched alarm.
 */
export type ActionKind =
  'acknowledged' | 'commented' | 'shelved' | 'unshelved' | 'assessed' | 'confirmed' | 'reset' | 'closed';

/** What a person did. Never alters the condition track. */
export interface OperatorAction {
  readonly id: string;
  readonly alarmId: string;
  readonly kind: ActionKind;
  readonly actor: string;
  readonly at: Millis;
  readonly note: string | null;
  /** `n` of the newest change that the person had seen. */
  readonly seenN: number;
  /** Of `shelved`: not shelved any more at this instant. */
  readonly until?: Millis | null | undefined;
  /** Of `assessed`. */
  readonly verdict?: Verdict | null | undefined;
  /** Of `closed`: normal readings in a row since the alarm cleared, counted by the program when it was asked. */
  readonly clearReadings?: number | null | undefined;
}

/**
 * What the page shows: a function of both tracks. `foldAlarm` gives the fields that are always there; `alarmViewAt` all.
 */
export interface AlarmView {
  readonly id: string;
  readonly ruleId: string;
  readonly ruleVersion: number;
  readonly sensorId: string;
  readonly assetId: string;
  readonly severity: Severity;
  readonly condition: AlarmCondition;
  readonly acknowledged: boolean;
  readonly onsetAt: Millis;
  readonly raisedAt: Millis;
  readonly clearedAt: Millis | null;
  /** Cleared and acknowledged: nothing is left to do. */
  readonly closedAt: Millis | null;
  readonly evidence: Evidence;
  readonly history: readonly HistoryItem[];
  /** ISA-18.2 state; what it is beneath when it is put aside stands in `stateBeneath`. */
  readonly state?: StateWord;
  readonly stateBeneath?: StateWord;
  /** It calls for attention: unacknowledged and not put aside. */
  readonly isCalling?: boolean;
  readonly shelvedUntil?: Millis | null;
  readonly suppressedBy?: Suppression | null;
  readonly outOfService?: ServiceSpell | null;
  /** The rule latches: after the return it stays until somebody resets it. */
  readonly latched?: boolean;
  readonly assessment?: Assessment | null;
  /** Since when somebody should have seen it; null: it was seen in time, or there is time left. */
  readonly unattendedSince?: Millis | null;
  readonly duties?: readonly Duty[];
  /** When time alone will change this view, earliest first. */
  readonly timers?: readonly Timer[];
}

export interface HistoryItem {
  readonly at: Millis;
  readonly actor: string;
  readonly change: string;
  readonly reason: string | null;
  /** Code of the refusal when the action did nothing, such as an acknowledgement from before a rise. */
  readonly noEffect?: string;
}
