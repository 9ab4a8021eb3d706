import type { Severity } from '@anmai/catalog';
import type { Millis } from '@anmai/kernel';
import type { Standing } from '../grading/standing';

/** How a value is got. One MEMS tilt sensor tells the rotation of its wall, not the tilt of the building. */
export const WATCH_METHODS = [
  'geometric', // top against bottom
  'gnss',
  'levelling', // hydrostatic level: differential settlement
  'inclinometer', // local
  'crackGauge',
  'manual',
] as const;
export type WatchMethod = (typeof WATCH_METHODS)[number];

/** Values at which a level begins, in the unit of the item; ascending. */
export interface WatchLevels {
  readonly yellow: number;
  readonly orange: number;
  readonly red: number;
}

/** One thing that is watched on the building. `sensorIds` empty: nobody looks at it yet, and the page says so. */
export interface WatchItem {
  readonly id: string;
  readonly quantity: string;
  /** Member and place in words. */
  readonly where: string;
  readonly method: WatchMethod;
  readonly sensorIds: readonly string[];
  readonly everySeconds: number;
  readonly unit: string;
  /** On the size of the value, whichever way it goes. */
  readonly amount: WatchLevels | null;
  /** On its change per `ratePer`, whichever way it goes. */
  readonly rate: WatchLevels | null;
  readonly ratePer: 'day' | 'month';
  readonly standing: Standing;
  readonly ground: string;
}

/** Somebody who is called when a red alarm comes, in this order. `people`: how many they answer for. */
export interface DutyPerson {
  readonly id: string;
  readonly name: string;
  readonly role: string;
  readonly phone: string;
  readonly people: number;
}

export const MEASURE_KINDS = ['reinforcement', 'rebuild', 'demolition'] as const;
export type MeasureKind = (typeof MEASURE_KINDS)[number];

/** What is done until the danger is over (解危). */
export interface WatchMeasure {
  readonly id: string;
  readonly kind: MeasureKind;
  readonly title: string;
  readonly plannedFrom: Millis;
  readonly plannedTo: Millis;
  /** 0 … 100, whole. */
  readonly progressPercent: number;
  readonly note: string;
  /** Plan and approval for a protected building (一屋一策); null where there is none. */
  readonly approvalFileIds: readonly string[];
}

/** Monitoring plan of one C or D building. */
export interface WatchPlan {
  readonly id: string;
  readonly buildingId: string;
  readonly grade: 'C' | 'D';
  /** The report that asked for it; null: the grade was registered without one. */
  readonly appraisalId: string | null;
  readonly startedAt: Millis;
  readonly startedBy: string;
  readonly items: readonly WatchItem[];
  readonly patrolEveryDays: number;
  readonly duty: readonly DutyPerson[];
  /** After a red alarm everyone of the duty list is to have confirmed within so many minutes. */
  readonly confirmMinutes: number;
  /** From which severity on an alarm demands a special check-up (动态体检). */
  readonly checkupFrom: Severity;
  readonly measures: readonly WatchMeasure[];
  readonly endedAt: Millis | null;
  /** The report that ended it. */
  readonly endedByAppraisalId: string | null;
}
