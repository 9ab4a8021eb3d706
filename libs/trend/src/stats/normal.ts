/** Where the series for erf hands over to the continued fraction for erfc; both are good to about 1e-14 there. */
const HAND_OVER = 2;
const FRACTION_TERMS = 60;
const SQRT_PI = Math.sqrt(Math.PI);

/** Complementary error function. Relative error below 1e-12 for |x| <= 6. */
export function erfc(x: number): number {
  if (x < 0) return 2 - erfc(-x);
  return x < HAND_OVER ? 1 - erfSeries(x) : erfcFraction(x);
}

/** All terms are positive, so nothing cancels: 2/sqrt(pi) exp(-x^2) sum of 2^n x^(2n+1) / (2n+1)!!. */
function erfSeries(x: number): number {
  let term = x;
  let sum = x;
  for (let n = 1; term > sum * 1e-17; n++) {
    term *= (2 * x * x) / (2 * n + 1);
    sum += term;
  }
  return (2 / SQRT_PI) * Math.exp(-x * x) * sum;
}

/** Laplace's continued fraction, from its far end inwards. */
function erfcFraction(x: number): number {
  let tail = x;
  for (let k = FRACTION_TERMS; k > 0; k--) tail = x + k / 2 / tail;
  return Math.exp(-x * x) / (SQRT_PI * tail);
}

/** Share of a standard normal distribution below `z`. Absolute error below 1e-14. */
export const normalCdf = (z: number): number => erfc(-z / Math.SQRT2) / 2;

/** Chance of a standard normal value at least as far from 0 as `z`, on either side. */
export const twoSidedP = (z: number): number => erfc(Math.abs(z) / Math.SQRT2);

/**
 * The z below which the share `p` of a standard normal distribution lies; -Infinity at 0, Infinity at 1, NaN outside.
 * A rough start (Abramowitz and Stegun 26.2.23, error 4.5e-4), then Newton's steps with Halley's correction.
 */
export function normalQuantile(p: number): number {
  if (p > 0.5) return -normalQuantile(1 - p);
  if (!(p > 0)) return p === 0 ? -Infinity : NaN;
  const t = Math.sqrt(-2 * Math.log(p));
  let z =
    (2.515517 + t * (0.802853 + t * 0.010328)) / (1 + t * (1.432788 + t * (0.189269 + t * 0.001308))) - t;
  for (let i = 0; i < 3; i++) {
    const miss = (normalCdf(z) - p) * Math.sqrt(2 * Math.PI) * Math.exp((z * z) / 2);
    z -= miss / (1 + (z * miss) / 2);
  }
  return z;
}
