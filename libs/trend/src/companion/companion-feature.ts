import { invariant, type Millis } from '@anmai/kernel';
import type { Explanation } from '../feature';
import { clip, CLIP_SIGMAS, shareOf, SIGMA_OF_MEAN_DISTANCE } from '../baseline/robust';
import { coefficientsOf } from './solve';

export const COMPANIONS_MAX = 4;

/** The channels that a value is explained by, such as the temperature of a wall whose tilt is watched. */
export interface CompanionConfig {
  /** Names for the explanation, in the order in which the values come; 1 to `COMPANIONS_MAX`. */
  readonly names: readonly string[];
  /** Readings that the relation remembers. Default `MEMORY_READINGS`. */
  readonly memoryReadings?: number | undefined;
}

export const LEARN_READINGS = 96;
export const MEMORY_READINGS = 5_000;
/** Residuals beyond so many sigmas are learned at `GATED_WEIGHT` of the pace. */
const GATE_SIGMAS = 5;
const GATED_WEIGHT = 0.01;
const COUNT_MAX = 1_000_000;

/** At most 5 means, 25 covariances and 4 coefficients. */
export interface CompanionState {
  readonly n: number;
  /** Of the companions, then of the value. */
  readonly means: readonly number[];
  readonly covariance: readonly (readonly number[])[];
  readonly coefficients: readonly number[];
  /** Of residuals, as a Gaussian sigma. */
  readonly sigma: number;
  readonly expected: number;
  readonly residual: number | null;
}

/** As `Feature`, but a step takes what the companions read at the same instant. The caller leaves out stale ones. */
export interface CompanionFeature {
  readonly start: CompanionState;
  step(state: CompanionState, at: Millis, value: number, companions: readonly number[]): CompanionState;
  valueOf(state: CompanionState): number | null;
  explain(state: CompanionState): Explanation;
}

/**
 * What is left of a value once its companions are accounted for by a learned linear relation, in the sensor's unit: an
 * input for a limit, a trend or a baseline. Each residual is that of the relation as it was before the reading. Null for
 * the first `LEARN_READINGS`. A residual beyond 5 sigmas is learned at a hundredth of the pace.
 */
export function companionFeature({ names, memoryReadings }: CompanionConfig): CompanionFeature {
  const size = names.length;
  invariant(size >= 1 && size <= COMPANIONS_MAX, `1 to ${COMPANIONS_MAX} companions, not ${size}`);
  const memory = memoryReadings ?? MEMORY_READINGS;
  const zeros = Array.from({ length: size + 1 }, () => 0);
  return {
    start: {
      n: 0,
      means: zeros,
      covariance: zeros.map(() => zeros),
      coefficients: zeros.slice(1),
      sigma: 0,
      expected: 0,
      residual: null,
    },
    step: (state, _at, value, companions) => {
      invariant(companions.length === size, `${companions.length} companion values for ${size} names`);
      return step(memory, state, value, companions);
    },
    valueOf: state => state.residual,
    explain: state => explain(names, state),
  };
}

function step(
  memory: number,
  state: CompanionState,
  value: number,
  companions: readonly number[],
): CompanionState {
  const { n, means, covariance, coefficients, sigma } = state;
  const expected = coefficients.reduce(
    (sum, coefficient, i) => sum + coefficient * (companions[i]! - means[i]!),
    means.at(-1)!,
  );
  const residual = value - expected;
  const isLearned = n >= LEARN_READINGS;
  const isFar = isLearned && Math.abs(residual) >= GATE_SIGMAS * sigma && sigma > 0;
  const share = (isFar ? GATED_WEIGHT : 1) * shareOf(n, memory);
  const pull = isLearned && sigma > 0 ? clip(residual, -CLIP_SIGMAS * sigma, CLIP_SIGMAS * sigma) : residual;
  // Far values pull no harder than those at the clip.
  const away = [...companions, expected + pull].map((each, i) => each - means[i]!);
  const nextCovariance = covariance.map((row, i) =>
    row.map((each, j) => (1 - share) * (each + share * away[i]! * away[j]!)),
  );
  return {
    n: Math.min(n + 1, COUNT_MAX),
    means: means.map((mean, i) => mean + share * away[i]!),
    covariance: nextCovariance,
    coefficients: coefficientsOf(nextCovariance),
    sigma: sigma + share * (SIGMA_OF_MEAN_DISTANCE * Math.abs(pull) - sigma),
    expected,
    residual: isLearned ? residual : null,
  };
}

function explain(names: readonly string[], state: CompanionState): Explanation {
  const coefficients = names.map((name, i) => [`per ${name}`, state.coefficients[i]!] as const);
  return {
    expected: state.expected,
    residual: state.residual ?? 0,
    sigma: state.sigma,
    readings: state.n,
    ...Object.fromEntries(coefficients),
  };
}
