import { SECOND_MS, type Millis } from '@anmai/kernel';
import type { Quality } from '@anmai/readings';
import { numberFaults, refuse, type QualityFault } from './config-fault';
import { lengthFaults } from './rate-of-change';

export interface FlatLineConfig {
  /** Seconds without change that are still good. */
  readonly suspectThreshold: number;
  readonly failThreshold: number;
  /** Values of a window that stay closer together than this are flat. In the unit of the values. */
  readonly tolerance: number;
}

/** QARTOD runs the test on no shorter series. */
const VALUES_MIN = 3;

/**
 * QARTOD test 8. Thresholds become counts of readings through the usual interval (the median), and a reading
 * is flat when it and that many before it lie within the tolerance; missing ones among them are passed over.
 * Throws QLT-001.
 */
export function flatLineTest(
  values: readonly number[],
  times: readonly Millis[],
  config: FlatLineConfig,
): Quality[] {
  refuse([...flatLineFaults(config), ...lengthFaults(values, times)]);
  const tooShort = values.length < VALUES_MIN;
  const intervalMs = medianIntervalMs(times);
  return values.map((value, i) => {
    if (!Number.isFinite(value)) return 9;
    if (tooShort || intervalMs === null) return 1;
    const isFlatFor = (seconds: number): boolean =>
      isFlat(values, i, readingsIn(seconds, intervalMs), config.tolerance);
    if (isFlatFor(config.failThreshold)) return 4;
    return isFlatFor(config.suspectThreshold) ? 3 : 1;
  });
}

/** Whole intervals within so many seconds. */
export const readingsIn = (seconds: number, intervalMs: number): number =>
  Math.trunc((Math.trunc(seconds) * SECOND_MS) / intervalMs);

function isFlat(values: readonly number[], i: number, count: number, tolerance: number): boolean {
  if (i < count) return false;
  let min = Infinity;
  let max = -Infinity;
  for (let j = i - count; j <= i; j++) {
    const value = values[j] ?? NaN;
    if (!Number.isFinite(value)) continue;
    min = Math.min(min, value);
    max = Math.max(max, value);
  }
  return max - min < tolerance;
}

/** The usual distance between neighbours; null when there is none above zero. */
export function medianIntervalMs(times: readonly Millis[]): number | null {
  const steps = times.slice(1).map((at, i) => at - (times[i] ?? NaN));
  steps.sort((a, b) => a - b);
  const middle = steps.length >> 1;
  const upper = steps[middle];
  if (upper === undefined) return null;
  const median = steps.length % 2 === 1 ? upper : ((steps[middle - 1] ?? upper) + upper) / 2;
  return median > 0 ? median : null;
}

export function flatLineFaults(config: FlatLineConfig, at = ''): QualityFault[] {
  return [
    ...numberFaults(`${at}suspectThreshold`, config.suspectThreshold),
    ...numberFaults(`${at}failThreshold`, config.failThreshold),
    ...numberFaults(`${at}tolerance`, config.tolerance),
  ];
}
