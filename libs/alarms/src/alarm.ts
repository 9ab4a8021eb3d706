import type { LimitSource, Severity } from '@anmai/catalog';
import type { Millis } from '@anmai/kernel';
import type { Quality } from '@anmai/readings';

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

/** What a person did. Never alters the condition track. */
export interface OperatorAction {
  readonly id: string;
  readonly alarmId: string;
  readonly kind: 'acknowledged' | 'commented';
  readonly actor: string;
  readonly at: Millis;
  readonly note: string | null;
  /** `n` of the newest change that the person had seen. */
  readonly seenN: number;
}

/** What the page shows: a function of both tracks. */
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
}

export interface HistoryItem {
  readonly at: Millis;
  readonly actor: string;
  readonly change: string;
  readonly reason: string | null;
}
