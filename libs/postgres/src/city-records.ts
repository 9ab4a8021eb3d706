import type { CalendarDate, CityKey, DistrictCount, PlannedNeed } from '@anmai/lifecycle';
import type { Millis } from '@anmai/kernel';
import type { Within } from './record-shapes';

/** What was counted for each indicator; null: there is no record to count from. */
export type CityCounts = Readonly<Record<Exclude<CityKey, 'sensorsOnline'>, readonly DistrictCount[] | null>>;

/** A sensor on a building, for who knows whether it is heard. */
export interface BuildingSensor {
  readonly id: string;
  readonly deviceId: string;
  readonly district: string;
  readonly expectedEverySeconds: number;
}

export interface FrozenCount extends DistrictCount {
  readonly month: string;
  readonly key: CityKey;
}

export interface CityPeriod {
  /** The month. */
  readonly from: Millis;
  readonly to: Millis;
  /** Where its year begins: money is counted over the year so far. */
  readonly yearFrom: Millis;
  /** States are counted as of this instant; what lies after it has not happened yet. */
  readonly now: Millis;
  /** The day that `now` lies in, by the calendar of the city: UTC is a day behind in its mornings. */
  readonly today: CalendarDate;
}

/** Counts over the whole building side, for the indicators of the city. */
export interface City {
  /** `district` '' : no file says where the building is. */
  counts(period: CityPeriod, within: Within): Promise<CityCounts>;
  sensors(within: Within): Promise<readonly BuildingSensor[]>;
  /** Check-ups that are due, and a year of insurance for what has none; null: no plan is on record. */
  plannedNeed(from: Millis, to: Millis, within: Within): Promise<readonly PlannedNeed[] | null>;
  /** Keeps what states are, in place of what the month had. */
  freeze(month: string, counts: readonly Omit<FrozenCount, 'month'>[], at: Millis): Promise<void>;
  /** Of the whole city: empty for `within` other than null. */
  frozen(fromMonth: string, toMonth: string, within: Within): Promise<readonly FrozenCount[]>;
}
