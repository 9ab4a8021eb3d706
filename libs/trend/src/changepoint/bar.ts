import { usualExcursion, type Excursions } from './excursions';
import { sigmaOf, type Noise } from './noise';

/** The newest step of either direction, for as long as its aftermath counts. */
export interface Shock {
  readonly size: number;
  /** Samples seen when it was confirmed. */
  readonly seen: number;
}

/**
 * What a lasting deviation must pass to be a step. Three of four samples beyond 3 sigma is beyond chance in white
 * noise; 1.8 times what the series does anyway holds in coloured noise, where sigma says little. Measured, see README.
 */
const SIGMAS_MIN = 3;
const USUAL_EXCURSIONS_MIN = 1.8;
/** A coarse sensor flips between two counts without having moved. */
const GRAINS_MIN = 1.5;
/** Nothing below the precision of the arithmetic. */
const ROUNDING = 1e-9;
/** A young line and a young sigma are half known: the bar is half as high again at 20 samples, a tenth at 100. */
const YOUNG_SAMPLES = 10;
/** After a gap of this many intervals the bar is twice as high: the line is only carried on, not seen. */
const GAP_INTERVALS = 30;
/** In the first days of a sensor that may have a daily wave, its turns look like steps. */
const WAVE_UNKNOWN = 2;
/** The ground settles after a step, fastest at first: a quarter of the step right after it is its decay, not a step. */
const AFTERMATH_SHARE = 0.25;
const AFTERMATH_SAMPLES = 10;

/** The doubt of a young line, of a gap, and of a daily wave that may still show itself, as a factor. */
export const doubtOf = (seen: number, gapIntervals: number, isWaveUnknown: boolean): number =>
  (1 + YOUNG_SAMPLES / seen) * (1 + gapIntervals / GAP_INTERVALS) * (isWaveUnknown ? WAVE_UNKNOWN : 1);

/** The size that a lasting deviation must pass to be a step now, in the sensor's unit. */
export function barOf(
  noise: Noise,
  excursions: Excursions,
  level: number,
  doubt: number,
  shock: Shock | null,
  seen: number,
): number {
  const chance = Math.max(SIGMAS_MIN * sigmaOf(noise), USUAL_EXCURSIONS_MIN * usualExcursion(excursions));
  const resolution = Math.max(GRAINS_MIN * noise.grain, ROUNDING * Math.abs(level));
  return Math.max(chance, resolution) * doubt + aftermathOf(shock, seen);
}

function aftermathOf(shock: Shock | null, seen: number): number {
  if (shock === null) return 0;
  return (AFTERMATH_SHARE * shock.size) / (1 + (seen - shock.seen) / AFTERMATH_SAMPLES);
}
