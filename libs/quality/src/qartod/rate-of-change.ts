import { SECOND_MS, type Millis } from '@anmai/kernel';
import type { Quality } from '@anmai/readings';
import { numberFaults, optionalNumberFaults, refuse, type QualityFault } from './config-fault';

/** In units of the value per second; more than the threshold counts. */
export interface RateOfChangeConfig {
  readonly threshold: number;
  readonly failThreshold?: number | undefined;
}

/**
 * QARTOD test 7. The first value, and one after a missing one, is good: nothing speaks against it. Throws
 * QLT-001.
 */
export function rateOfChangeTest(
  values: readonly number[],
  times: readonly Millis[],
  config: RateOfChangeConfig,
): Quality[] {
  refuse([...rateOfChangeFaults(config), ...lengthFaults(values, times)]);
  return values.map((value, i) => rateFlag(values[i - 1] ?? NaN, value, elapsed(times, i), config));
}

/**
 * `elapsedMs` since the reading before; without a usable one the answer is good, without elapsed time none.
 */
export function rateFlag(
  before: number,
  value: number,
  elapsedMs: number,
  config: RateOfChangeConfig,
): Quality {
  if (!Number.isFinite(value)) return 9;
  if (!Number.isFinite(before)) return 1;
  if (!(elapsedMs > 0)) return 2;
  const perSecond = Math.abs((value - before) / (elapsedMs / SECOND_MS));
  if (config.failThreshold !== undefined && perSecond > config.failThreshold) return 4;
  return perSecond > config.threshold ? 3 : 1;
}

export function rateOfChangeFaults(config: RateOfChangeConfig, at = ''): QualityFault[] {
  return [
    ...numberFaults(`${at}threshold`, config.threshold),
    ...optionalNumberFaults(`${at}failThreshold`, config.failThreshold),
  ];
}

/** There may be more times than values (QARTOD's own tests do so), never fewer. */
export function lengthFaults(values: readonly number[], times: readonly Millis[]): QualityFault[] {
  return times.length >= values.length ? [] : [{ at: 'times', message: 'there are fewer than values' }];
}

const elapsed = (times: readonly Millis[], i: number): number => (times[i] ?? NaN) - (times[i - 1] ?? NaN);
