import type { Millis } from '@anmai/kernel';

/** QARTOD primary level flag: 1 good, 2 not evaluated, 3 suspect, 4 bad, 9 missing. */
export type Quality = 1 | 2 | 3 | 4 | 9;
export const GOOD: Quality = 1;
export const NOT_EVALUATED: Quality = 2;
export const SUSPECT: Quality = 3;
export const BAD: Quality = 4;
export const MISSING: Quality = 9;

/**
 * One value of one sensor, keyed by (sensorId, at). `value` is in the unit of the sensor and is NaN exactly when
 * `quality` is MISSING (the device said that it has no value).
 */
export interface Reading {
  readonly sensorId: string;
  /** Device time. */
  readonly at: Millis;
  readonly value: number;
  readonly quality: Quality;
}

/** May a rule look at it? Bad and missing values make a condition blind; they neither raise nor clear. */
export const isUsable = (quality: Quality): boolean => quality !== BAD && quality !== MISSING;
