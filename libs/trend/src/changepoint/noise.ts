import { medianOf } from './order';

/** How far single samples scatter around the local line, in the sensor's unit. */
export interface Noise {
  /** Standard deviation over about 33 samples. */
  readonly slow: number;
  /** The same over about 10 samples: a stormy week raises what counts as a step within that week. */
  readonly fast: number;
  /** Smallest change ever seen from one sample to the next, 0 while none was: the resolution of a coarse sensor. */
  readonly grain: number;
}

const SLOW_GAIN = 0.03;
const FAST_GAIN = 0.1;
/** Deviations count up to here only, so that neither spikes nor steps become noise. */
const SLOW_SIGMAS_MAX = 3;
const FAST_SIGMAS_MAX = 4.5;
/** Sigma of a mean absolute deviation: 1.25 for normal noise, and a little for what the cut takes off. */
const SIGMA_OF_MEAN = 1.3;
/** Sigma of a median absolute deviation of normal noise. */
const SIGMA_OF_MEDIAN = 1.4826;

export const sigmaOf = (noise: Noise): number => Math.max(noise.slow, noise.fast);

/** Of the first deviations. The median is blind to a sensor that mostly repeats itself; there the mean speaks. */
export function firstNoise(deviations: readonly number[]): Noise {
  const sizes = deviations.map(Math.abs);
  const mean = sizes.reduce((sum, size) => sum + size, 0) / sizes.length;
  const sigma = SIGMA_OF_MEDIAN * medianOf(sizes) || SIGMA_OF_MEAN * mean;
  return { slow: sigma, fast: sigma, grain: 0 };
}

/** After one more sample, `deviation` away from the line and `change` away from the sample before it. */
export function heard(noise: Noise, deviation: number, change: number): Noise {
  const size = Math.abs(deviation);
  // While all samples were alike there is no sigma to cut at.
  const slowCut = noise.slow > 0 ? Math.min(size, SLOW_SIGMAS_MAX * noise.slow) : size;
  const fastCut = noise.slow > 0 ? Math.min(size, FAST_SIGMAS_MAX * noise.slow) : size;
  const grain = Math.abs(change);
  return {
    slow: noise.slow + SLOW_GAIN * (SIGMA_OF_MEAN * slowCut - noise.slow),
    fast: noise.fast + FAST_GAIN * (SIGMA_OF_MEAN * fastCut - noise.fast),
    grain: grain > 0 && (noise.grain === 0 || grain < noise.grain) ? grain : noise.grain,
  };
}
