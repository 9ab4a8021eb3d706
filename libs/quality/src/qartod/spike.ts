import type { Quality } from '@anmai/readings';
import { optionalNumberFaults, refuse, type QualityFault } from './config-fault';

/**
 * `average`: distance from the mean of both neighbours. `differential`: the smaller of two steps that turn
 * back.
 */
export type SpikeMethod = 'average' | 'differential';

/** In the unit of the values; more than the threshold, not equal to it, counts. */
export interface SpikeConfig {
  readonly suspectThreshold?: number | undefined;
  readonly failThreshold?: number | undefined;
  readonly method?: SpikeMethod | undefined;
}

/** QARTOD test 6. Not evaluated at both ends and beside a missing value. NaN is missing. Throws QLT-001. */
export function spikeTest(values: readonly number[], config: SpikeConfig): Quality[] {
  refuse(spikeFaults(config));
  return values.map((value, i) => spikeFlag(values[i - 1] ?? NaN, value, values[i + 1] ?? NaN, config));
}

/** Flag of the middle one of three; NaN for a neighbour that is missing or does not exist. */
export function spikeFlag(before: number, value: number, after: number, config: SpikeConfig): Quality {
  if (!Number.isFinite(value)) return 9;
  if (!Number.isFinite(before) || !Number.isFinite(after)) return 2;
  const height = config.method === 'differential' ? turn(before, value, after) : stray(before, value, after);
  if (config.failThreshold !== undefined && height > config.failThreshold) return 4;
  return config.suspectThreshold !== undefined && height > config.suspectThreshold ? 3 : 1;
}

const stray = (before: number, value: number, after: number): number =>
  Math.abs(value - (before + after) / 2);

function turn(before: number, value: number, after: number): number {
  const [rise, next] = [value - before, after - value];
  return rise * next < 0 ? Math.min(Math.abs(rise), Math.abs(next)) : 0;
}

export function spikeFaults(config: SpikeConfig, at = ''): QualityFault[] {
  const { method } = config;
  return [
    ...optionalNumberFaults(`${at}suspectThreshold`, config.suspectThreshold),
    ...optionalNumberFaults(`${at}failThreshold`, config.failThreshold),
    ...(method === undefined || method === 'average' || method === 'differential'
      ? []
      : [{ at: `${at}method`, message: 'must be "average" or "differential"' }]),
  ];
}
