import { HOUR_MS, type Millis } from '@anmai/kernel';

/**
 * How far this series is used to wander off its line for days without having taken a step: the largest lasting
 * deviation of each of the newest blocks. Coloured noise, bad weather and daily waves show here, and not in sigma.
 */
export interface Excursions {
  /** Of closed blocks, oldest first; at most `BLOCKS_MAX`. */
  readonly blocks: readonly number[];
  /** The three largest of `blocks`, largest first, kept because every sample asks. */
  readonly largest: readonly [number, number, number];
  /** Of the open block. */
  readonly peak: number;
  readonly samples: number;
  readonly since: Millis;
}

/** Two years of daily samples; at least eight days of any, so that a week with its waves is in it. */
export const BLOCKS_MAX = 24;
const BLOCK_SAMPLES = 30;
const BLOCK_MS_MIN = 8 * HOUR_MS;

export const noExcursions = (since: Millis): Excursions => ({
  blocks: [],
  largest: [0, 0, 0],
  peak: 0,
  samples: 0,
  since,
});

/** The third largest: two small steps that went by below the bar do not make the sensor deaf. */
export function usualExcursion({ largest, peak }: Excursions): number {
  const [first, second, third] = largest;
  if (peak <= third) return third;
  return peak >= second ? second : Math.min(peak, first);
}

export function noted(excursions: Excursions, at: Millis, size: number): Excursions {
  const peak = Math.max(excursions.peak, size);
  const samples = excursions.samples + 1;
  const { blocks: closed, largest, since } = excursions;
  if (samples < BLOCK_SAMPLES || at - since < BLOCK_MS_MIN) {
    return { blocks: closed, largest, peak, samples, since };
  }
  const blocks = [...closed, peak].slice(-BLOCKS_MAX);
  const [first = 0, second = 0, third = 0] = [...blocks].sort((a, b) => b - a);
  return { blocks, largest: [first, second, third], peak: 0, samples: 0, since: at };
}
