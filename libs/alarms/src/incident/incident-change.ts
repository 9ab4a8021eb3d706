import type { Severity } from '@anmai/catalog';
import type { Millis } from '@anmai/kernel';
import type { AlarmCondition } from '../alarm';
import type { ProbableCause } from './cause';
import type { FamilyId } from './family';
import type { Box } from './place';

/**
 * opened, joined: an alarm found its incident · escalated, deescalated: the worst open alarm changed · blinded, restored:
 * one of its sensors · eased: one alarm ended, others are open · cleared: none is open · reopened: one is open again ·
 * merged: goes on as `otherId` · absorbed: took in `otherId` · cause: another probable cause · settled: nothing can join it
 * any more.
 */
export type IncidentChangeKind =
  | 'opened'
  | 'joined'
  | 'escalated'
  | 'deescalated'
  | 'blinded'
  | 'restored'
  | 'eased'
  | 'cleared'
  | 'reopened'
  | 'merged'
  | 'absorbed'
  | 'cause'
  | 'settled';

/** After these there is more to look at than before: what a person decided earlier did not know it. */
export const RISING_KINDS: ReadonlySet<IncidentChangeKind> = new Set([
  'opened',
  'joined',
  'escalated',
  'reopened',
  'absorbed',
]);

/** The incident after a change. */
export interface IncidentSummary {
  /** Worst open alarm; with none open the one that it had last. */
  readonly severity: Severity;
  readonly peak: Severity;
  /** `blind`: every open alarm is blind. */
  readonly condition: AlarmCondition;
  /** All alarms that ever joined. */
  readonly alarmCount: number;
  readonly openCount: number;
  readonly blindCount: number;
  readonly assetCount: number;
  /** People at the affected assets, from `properties.population`; null: no asset says, which is not none. */
  readonly population: number | null;
  /** Degrees; null: no asset has a place. */
  readonly box: Box | null;
}

/** One step of an incident's own track. Derived from the journal alone; `id` follows from incident and `n`, so it lands once. */
export interface IncidentChange {
  readonly id: string;
  readonly incidentId: string;
  /** 1 for `opened`, then 2, 3 … */
  readonly n: number;
  readonly kind: IncidentChangeKind;
  readonly familyId: FamilyId;
  readonly isCatchAll: boolean;
  /** Instant that it stands for, as in the alarm's change. */
  readonly at: Millis;
  /** Journal time. */
  readonly noticedAt: Millis;
  /** The alarm that did it. */
  readonly alarmId: string | null;
  /** Of merged and absorbed: the other incident. */
  readonly otherId: string | null;
  /** Of cause, which follows `opened` at once. */
  readonly cause: ProbableCause | null;
  readonly summary: IncidentSummary;
}
