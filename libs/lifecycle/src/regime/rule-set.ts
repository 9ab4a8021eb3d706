import type { Mark, Words } from '../checkup/mark';
import type { CheckupScale } from '../checkup/scale';
import type { CalendarDate } from './calendar-date';
import type { OwnershipClass, UseClass } from './facts';

/** All that is given has to hold; nothing given: every building. */
export interface RowCondition {
  readonly use?: readonly UseClass[];
  readonly ownership?: readonly OwnershipClass[];
  readonly isCrowded?: boolean;
  readonly hasPrefabSlabs?: boolean;
  readonly isBusinessUse?: boolean;
  /** Years since completion: at least, or more than. */
  readonly ageFrom?: number;
  readonly ageAbove?: number;
  readonly designLifePassed?: boolean;
}

/**
 * `exempt`: the rules say that no check-up is due. `years`: again after so many. `beforeUse`: before business starts,
 * then again after so many.
 */
export type Period =
  | { readonly kind: 'exempt' }
  | { readonly kind: 'years'; readonly years: number }
  | { readonly kind: 'beforeUse'; readonly years: number };

/** The first row that fits decides; where none fits the rules say nothing of the building, which is not "exempt". */
export interface RegimeRow {
  readonly id: string;
  readonly name: Words;
  readonly when: RowCondition;
  readonly period: Period;
  readonly mark: Mark;
}

/** First round: buildings completed in these years are checked in that year. */
export interface FirstRound {
  readonly when: RowCondition;
  readonly builtFrom: number | null;
  readonly builtTo: number | null;
  readonly year: number;
  readonly mark: Mark;
}

/** Any one of the lists, with all that stands in it. Empty: no demand. */
export interface AgencyDemand {
  readonly anyOf: readonly (readonly string[])[];
  readonly mark: Mark;
}

export interface Marked<T> {
  readonly value: T;
  readonly mark: Mark;
}

/** The rules of a city as data, one version of them. Never changed once published. */
export interface RegimeRuleSet {
  readonly id: string;
  readonly version: number;
  readonly name: Words;
  readonly status: 'draft' | 'trial' | 'inForce' | 'blank';
  readonly documents: readonly string[];
  readonly rows: readonly RegimeRow[];
  readonly firstRounds: readonly FirstRound[];
  /** How long after a building comes under a rule its first check-up may take, where no round says. */
  readonly firstWithinMonths: Marked<number>;
  /** Where a building's design life is not known. */
  readonly designLifeYears: Marked<number>;
  /** "Due soon" so long before the first day on which it is due; it is due so long before the last day. */
  readonly soonDays: number;
  readonly openDays: number;
  readonly scale: Marked<CheckupScale>;
  readonly inspectorsMin: Marked<number>;
  readonly agency: AgencyDemand;
  /** 日常巡查 by the duty holder; null: the rules do not ask for it. */
  readonly patrolEveryDays: Marked<number | null>;
}

/** From that day on that version holds. In order of `from`. */
export interface RegimeSpan {
  readonly from: CalendarDate;
  readonly ruleSet: RegimeRuleSet;
}
export type RegimeTimeline = readonly RegimeSpan[];
