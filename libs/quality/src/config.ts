import { SECOND_MS } from '@anmai/kernel';
import type { AttenuatedSignalConfig } from './qartod/attenuated-signal';
import { attenuatedSignalFaults } from './qartod/attenuated-signal';
import { numberFaults, optionalNumberFaults, type QualityFault } from './qartod/config-fault';
import { flatLineFaults, readingsIn, type FlatLineConfig } from './qartod/flat-line';
import { rateOfChangeFaults, type RateOfChangeConfig } from './qartod/rate-of-change';
import { spikeFaults, type SpikeConfig } from './qartod/spike';

/** Readings that a flat line may have to look back on: a week of minutes. Bounds the state of one sensor. */
export const FLAT_LINE_READINGS_MAX = 10_080;

/** Both ends belong to it. In the unit of the sensor. */
export interface Range {
  readonly min: number;
  readonly max: number;
}

/** A reading that comes later than this after the one before is suspect. */
export interface GapConfig {
  readonly suspectSeconds: number;
}

/**
 * Device time against time of receipt; further apart is suspect, never bad: a wrong clock spoils no value.
 */
export interface ClockConfig {
  readonly aheadSeconds?: number | undefined;
  readonly behindSeconds?: number | undefined;
}

/**
 * Tests of one sensor; a test that is not given does not run. Live, only `range` is set unless an engineer
 * asks for more: a test that calls a true value bad blinds the rule that should have raised an alarm.
 */
export interface QualityConfig {
  /** What the instrument can measure; outside is bad. */
  readonly range?: Range | undefined;
  /**
   * End of the range past which the instrument is saturated rather than broken: there a value is suspect, so
   * that rules still see it. For gas: `high`.
   */
  readonly saturates?: 'high' | 'low' | 'both' | undefined;
  /** What is usual; outside is suspect. */
  readonly suspectRange?: Range | undefined;
  readonly spike?: SpikeConfig | undefined;
  readonly rateOfChange?: RateOfChangeConfig | undefined;
  /** Needs `intervalSeconds` when live. */
  readonly flatLine?: FlatLineConfig | undefined;
  readonly gap?: GapConfig | undefined;
  readonly clock?: ClockConfig | undefined;
  /** Usual time between readings; over a file the median is taken when absent. */
  readonly intervalSeconds?: number | undefined;
}

/** What can be asked of a file, where the whole series is at hand. */
export interface SeriesQualityConfig extends QualityConfig {
  readonly attenuatedSignal?: AttenuatedSignalConfig | undefined;
}

/** What runs live on a sensor when nobody has asked for more. null: the instrument's range is not known. */
export const liveDefault = (range: Range | null): QualityConfig => (range === null ? {} : { range });

/** Everything that is wrong, by key. Empty: usable. */
export function qualityFaults(config: SeriesQualityConfig): QualityFault[] {
  const faults = [...rangeFaults(config), ...timeFaults(config)];
  const { spike, rateOfChange, flatLine, attenuatedSignal } = config;
  if (spike !== undefined) {
    faults.push(...spikeFaults(spike, 'spike.'));
    if (spike.suspectThreshold === undefined && spike.failThreshold === undefined) {
      faults.push({ at: 'spike', message: 'needs suspectThreshold or failThreshold' });
    }
  }
  if (rateOfChange !== undefined) faults.push(...rateOfChangeFaults(rateOfChange, 'rateOfChange.'));
  if (flatLine !== undefined) faults.push(...flatFaults(flatLine, config.intervalSeconds));
  if (attenuatedSignal !== undefined) {
    faults.push(...attenuatedSignalFaults(attenuatedSignal, 'attenuatedSignal.'));
  }
  return faults;
}

function rangeFaults({ range, suspectRange, saturates }: QualityConfig): QualityFault[] {
  const faults: QualityFault[] = [];
  const ranges = { range, suspectRange };
  for (const [at, each] of Object.entries(ranges)) {
    if (each === undefined) continue;
    const ends = [...numberFaults(`${at}.min`, each.min), ...numberFaults(`${at}.max`, each.max)];
    faults.push(...ends);
    if (ends.length === 0 && each.min > each.max) faults.push({ at, message: 'min is above max' });
  }
  if (saturates !== undefined) {
    if (!['high', 'low', 'both'].includes(saturates)) {
      faults.push({ at: 'saturates', message: 'must be "high", "low" or "both"' });
    }
    if (range === undefined) faults.push({ at: 'saturates', message: 'needs a range' });
  }
  if (faults.length === 0 && range !== undefined && suspectRange !== undefined) {
    const nested = suspectRange.min >= range.min && suspectRange.max <= range.max;
    if (!nested) faults.push({ at: 'suspectRange', message: 'must lie within range' });
  }
  return faults;
}

function timeFaults({ gap, clock, intervalSeconds }: QualityConfig): QualityFault[] {
  const faults = [
    ...(gap === undefined ? [] : numberFaults('gap.suspectSeconds', gap.suspectSeconds)),
    ...optionalNumberFaults('clock.aheadSeconds', clock?.aheadSeconds),
    ...optionalNumberFaults('clock.behindSeconds', clock?.behindSeconds),
    ...optionalNumberFaults('intervalSeconds', intervalSeconds),
  ];
  if (faults.length > 0 || intervalSeconds === undefined || intervalSeconds > 0) return faults;
  return [{ at: 'intervalSeconds', message: 'must be above zero' }];
}

function flatFaults(flatLine: FlatLineConfig, intervalSeconds: number | undefined): QualityFault[] {
  const faults = flatLineFaults(flatLine, 'flatLine.');
  if (faults.length > 0) return faults;
  if (!(flatLine.tolerance > 0)) {
    faults.push({ at: 'flatLine.tolerance', message: 'must be above zero, or nothing is ever flat' });
  }
  if (intervalSeconds === undefined || !(intervalSeconds > 0)) return faults;
  for (const key of ['suspectThreshold', 'failThreshold'] as const) {
    const count = readingsIn(flatLine[key], intervalSeconds * SECOND_MS);
    if (count < 1) {
      faults.push({
        at: `flatLine.${key}`,
        message: 'is shorter than one interval: every reading would be flat',
      });
    }
    if (count > FLAT_LINE_READINGS_MAX) {
      faults.push({
        at: `flatLine.${key}`,
        message: `spans ${count} readings, at most ${FLAT_LINE_READINGS_MAX}`,
      });
    }
  }
  return faults;
}
