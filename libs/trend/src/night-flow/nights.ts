import { medianOf } from '../baseline/robust';

/** Past nights by kind, oldest first: weekends have guests, late showers and no early shift. */
export interface Nights {
  readonly work: readonly number[];
  readonly weekend: readonly number[];
}

/** Nights of a kind that have to be seen before one of them is compared. */
export const OF_A_KIND_MIN = 4;
const SIGMA_OF_MAD = 1.4826;
/** The scatter of nights is never taken for less than this part of their median. */
const SCATTER_SHARE_MIN = 0.02;

/** The usual of nights of one kind, in the sensor's unit. */
export interface UsualNight {
  readonly median: number;
  /** Scatter of past nights around the median of their kind, as a Gaussian sigma. */
  readonly sigma: number;
}

export const countOf = (nights: Nights): number => nights.work.length + nights.weekend.length;

/** The usual of the nights before of the same kind; null while there are too few of them. */
export function usualNight({ work, weekend }: Nights, isWeekend: boolean): UsualNight | null {
  const kind = isWeekend ? weekend : work;
  if (kind.length < OF_A_KIND_MIN) return null;
  const median = medianOf(kind);
  const distances = [...distancesOf(work), ...distancesOf(weekend)];
  return {
    median,
    sigma: Math.max(SIGMA_OF_MAD * medianOf(distances), SCATTER_SHARE_MIN * Math.abs(median)),
  };
}

function distancesOf(kind: readonly number[]): number[] {
  const median = medianOf(kind);
  return kind.map(night => Math.abs(night - median));
}

/** With one more night; the oldest goes when there are more than `max` of its kind. */
export function withNight(nights: Nights, night: number, isWeekend: boolean, max: number): Nights {
  const added = [...(isWeekend ? nights.weekend : nights.work), night].slice(-max);
  return isWeekend ? { ...nights, weekend: added } : { ...nights, work: added };
}
