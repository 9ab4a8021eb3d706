import type { CalendarDate } from './calendar-date';

export const USE_CLASSES = ['housing', 'public', 'industrial', 'other'] as const;
export type UseClass = (typeof USE_CLASSES)[number];

/** 多业主; 自建房; one owner of what was built by a firm. */
export const OWNERSHIP_CLASSES = ['multiOwner', 'selfBuilt', 'single'] as const;
export type OwnershipClass = (typeof OWNERSHIP_CLASSES)[number];

/**
 * What the rules of a city ask of a building. null: not known, which is never taken for the harmless answer.
 * `built`: first and last year that the completion may lie in (the same: the year is known); `builtOn`: the day itself.
 */
export interface RegimeFacts {
  readonly use: UseClass | null;
  readonly ownership: OwnershipClass | null;
  /** 人员密集场所. */
  readonly isCrowded: boolean | null;
  /** 预制板. */
  readonly hasPrefabSlabs: boolean | null;
  readonly isBusinessUse: boolean | null;
  readonly businessSince: CalendarDate | null;
  readonly built: { readonly from: number; readonly to: number } | null;
  readonly builtOn: CalendarDate | null;
  readonly designLifeYears: number | null;
  /** Day of the last regular check-up that stands. */
  readonly lastRegularOn: CalendarDate | null;
}
export const REGIME_DATA = [
  'use',
  'ownership',
  'isCrowded',
  'hasPrefabSlabs',
  'isBusinessUse',
  'built',
] as const;
/** A datum that is missing. */
export type RegimeDatum = (typeof REGIME_DATA)[number];

export const UNKNOWN_FACTS: RegimeFacts = {
  use: null,
  ownership: null,
  isCrowded: null,
  hasPrefabSlabs: null,
  isBusinessUse: null,
  businessSince: null,
  built: null,
  builtOn: null,
  designLifeYears: null,
  lastRegularOn: null,
};

/** One way that things may be: all that is asked is known. */
export interface KnownFacts {
  readonly use: UseClass;
  readonly ownership: OwnershipClass;
  readonly isCrowded: boolean;
  readonly hasPrefabSlabs: boolean;
  readonly isBusinessUse: boolean;
  readonly businessSince: CalendarDate | null;
  /** Of a year alone: its first day, so that nothing falls due too late. */
  readonly builtOn: CalendarDate;
  readonly designLifeYears: number | null;
  readonly lastRegularOn: CalendarDate | null;
}
