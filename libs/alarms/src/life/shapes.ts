import type { Severity } from '@anmai/catalog';
import type { Millis } from '@anmai/kernel';

/**
 * Where an alarm is in its life, in the words of ISA-18.2 / IEC 62682; the two LATCH words are those of an alarm that
 * returned to normal and stays until somebody resets it (OPC UA Part 9, LatchedState).
 */
export type StateWord =
  'NORM' | 'UNACK' | 'ACKED' | 'RTNUN' | 'LATCH_UNACK' | 'LATCH_ACKED' | 'SHLVD' | 'DSUPR' | 'OOSRV';

/** A half-open stretch of time; `to` null: it lasts. */
export interface Span {
  readonly from: Millis;
  readonly to: Millis | null;
}

/** Somebody put a watch (rule and sensor) aside for a while. */
export interface Shelf {
  readonly since: Millis;
  /** Not shelved any more at this very instant. */
  readonly until: Millis;
  /** Severity that was shelved; a rise above it ends the shelving. */
  readonly severity: Severity;
  readonly by: string;
  readonly reason: string;
}

/** One cause hides one alarm by design. The alarm stays, marked. */
export interface Suppression extends Span {
  /** Inhibition rule. */
  readonly ruleId: string;
  readonly causeId: string;
  /** What is more severe is shown whatever its cause. */
  readonly severityMax: Severity;
  readonly reason: string;
}

/** One turn of a planned window in which the sensor or its asset is worked on. */
export interface ServiceSpell extends Span {
  readonly windowId: string;
  readonly to: Millis;
  readonly reason: string;
}

/** What the analyst found (研判). `biogas`: methane from sewage, not from the gas main. */
export type Verdict = 'true' | 'false' | 'test' | 'deviceFault' | 'plannedWork' | 'biogas' | 'other';
export const VERDICTS: readonly Verdict[] = [
  'true',
  'false',
  'test',
  'deviceFault',
  'plannedWork',
  'biogas',
  'other',
];

export interface Assessment {
  readonly verdict: Verdict;
  readonly note: string | null;
  readonly by: string;
  readonly at: Millis;
  /** False: the severity rose after the verdict, which says nothing about the rise. */
  readonly coversRise: boolean;
}

/** What the centre owes an alarm, in this order. */
export type DutyKind = 'identify' | 'respond' | 'feedback';

export interface Duty {
  readonly kind: DutyKind;
  readonly dueAt: Millis;
  /** Null: still owed. */
  readonly doneAt: Millis | null;
  readonly isOverdue: boolean;
}

export type TimerKind =
  | 'shelveExpires'
  | 'reAlarm'
  | 'suppressionStarts'
  | 'suppressionEnds'
  | 'serviceStarts'
  | 'serviceEnds'
  | DutyKind;

/** Time alone will change the alarm at `at`. */
export interface Timer {
  readonly kind: TimerKind;
  readonly at: Millis;
}
