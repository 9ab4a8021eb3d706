import { SECOND_MS, type Millis } from '@anmai/kernel';
import type { Quality } from '@anmai/readings';
import { numberFaults, optionalNumberFaults, refuse, type QualityFault } from './config-fault';
import { medianIntervalMs } from './flat-line';
import { lengthFaults } from './rate-of-change';

export type SpreadMeasure = 'std' | 'range';

/** In the unit of the values; a spread below the threshold counts. */
export interface AttenuatedSignalConfig {
  readonly suspectThreshold: number;
  readonly failThreshold: number;
  /** Default `std`. */
  readonly checkType?: SpreadMeasure | undefined;
  /** Seconds up to and including each reading. Absent: the whole series is one window. */
  readonly testPeriod?: number | undefined;
  /** Values that a window needs; default 1. Not together with `minPeriod`. */
  readonly minObs?: number | undefined;
  /** The same in seconds. */
  readonly minPeriod?: number | undefined;
}

/**
 * QARTOD test 10: a signal that moves too little. A window with too few values is not evaluated, and neither
 * is the range of one that holds a missing value. Throws QLT-001.
 */
export function attenuatedSignalTest(
  values: readonly number[],
  times: readonly Millis[],
  config: AttenuatedSignalConfig,
): Quality[] {
  refuse([...attenuatedSignalFaults(config), ...lengthFaults(values, times)]);
  const spreads = config.testPeriod === undefined ? whole(values, config) : windowed(values, times, config);
  return values.map((value, i) => {
    if (!Number.isFinite(value)) return 9;
    const spread = spreads(i);
    if (spread < config.failThreshold) return 4;
    if (spread < config.suspectThreshold) return 3;
    return Number.isNaN(spread) ? 2 : 1;
  });
}

type Spreads = (index: number) => number;

function whole(values: readonly number[], config: AttenuatedSignalConfig): Spreads {
  const present = values.filter(Number.isFinite);
  // The series is all there is, so its deviation is that of a population; a window is a sample of more.
  const spread = config.checkType === 'range' ? rangeOf(present) : deviation(present, present.length);
  return () => spread;
}

function windowed(
  values: readonly number[],
  times: readonly Millis[],
  config: AttenuatedSignalConfig,
): Spreads {
  const periodMs = (config.testPeriod ?? 0) * SECOND_MS;
  const needed = valuesNeeded(times, config);
  let start = 0;
  return i => {
    const end = times[i] ?? NaN;
    while (start < i && (times[start] ?? NaN) <= end - periodMs) start++;
    const window = values.slice(start, i + 1);
    const present = window.filter(Number.isFinite);
    if (present.length < needed) return NaN;
    if (config.checkType === 'range') return present.length < window.length ? NaN : rangeOf(present);
    return deviation(present, present.length - 1);
  };
}

function valuesNeeded(times: readonly Millis[], { minObs, minPeriod }: AttenuatedSignalConfig): number {
  if (minObs !== undefined) return minObs;
  if (minPeriod === undefined) return 1;
  const intervalMs = medianIntervalMs(times);
  return intervalMs === null ? 1 : Math.trunc((minPeriod * SECOND_MS) / intervalMs);
}

const rangeOf = (values: readonly number[]): number =>
  values.reduce((max, value) => Math.max(max, value), -Infinity) -
  values.reduce((min, value) => Math.min(min, value), Infinity);

/** NaN when `freedom` is zero: one value of a sample tells nothing about spread. */
function deviation(values: readonly number[], freedom: number): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / freedom);
}

export function attenuatedSignalFaults(config: AttenuatedSignalConfig, at = ''): QualityFault[] {
  const { checkType, minObs, minPeriod, testPeriod } = config;
  const faults = [
    ...numberFaults(`${at}suspectThreshold`, config.suspectThreshold),
    ...numberFaults(`${at}failThreshold`, config.failThreshold),
    ...optionalNumberFaults(`${at}testPeriod`, testPeriod),
    ...optionalNumberFaults(`${at}minObs`, minObs),
    ...optionalNumberFaults(`${at}minPeriod`, minPeriod),
  ];
  if (checkType !== undefined && checkType !== 'std' && checkType !== 'range') {
    faults.push({ at: `${at}checkType`, message: 'must be "std" or "range"' });
  }
  if (minObs !== undefined && minPeriod !== undefined) {
    faults.push({ at: `${at}minPeriod`, message: 'cannot stand together with minObs' });
  }
  return faults;
}
