import { clip, CLIP_SIGMAS, shareOf, SIGMA_OF_MEAN_DISTANCE } from './robust';

/** Location and spread (as a Gaussian sigma) of a series of one number a block. */
export interface Usual {
  readonly n: number;
  readonly mean: number;
  readonly spread: number;
}
export const NOTHING_USUAL: Usual = { n: 0, mean: 0, spread: 0 };

const YOUNG = 6;
const COUNT_MAX = 9_999;

/** One more value. Values far from the mean, counted in `sigma`, move it by a bounded part once it is not young. */
export function learnUsual(
  usual: Usual,
  value: number,
  memory: number,
  weight: number,
  sigma: number,
): Usual {
  const { n, mean, spread } = usual;
  const share = weight * shareOf(n, memory);
  const bound = n < YOUNG ? Infinity : CLIP_SIGMAS * sigma;
  const distance = SIGMA_OF_MEAN_DISTANCE * Math.min(Math.abs(value - mean), bound);
  const spreadShare = n > 0 && n < YOUNG ? 1 / n : share;
  return {
    n: Math.min(n + 1, COUNT_MAX),
    mean: mean + share * clip(value - mean, -bound, bound),
    spread: n === 0 ? 0 : spread + spreadShare * (distance - spread),
  };
}
