import { DAY_MS } from '@anmai/kernel';
import type { Sample } from '../local-line';

/** What a made series consists of. Millimetres and samples. */
export interface Recipe {
  readonly seed: number;
  readonly samples: number;
  readonly everyMs?: number;
  /** Standard deviation of white noise. */
  readonly whiteMm: number;
  /** Scale of flicker noise (power falling with frequency), 0 for none. */
  readonly flickerMm?: number;
  /** Noise is 1.5 times as large in one half of the year, half as large in the other. */
  readonly hasStormySeason?: boolean;
  readonly waveMm?: number;
  readonly waveSamples?: number;
  readonly driftMmPerMonth?: number;
  /** Share of samples that are off by 8 to 30 mm. */
  readonly spikes?: number;
  readonly gaps?: number;
  readonly step?: MadeStep;
}

/** `decay`: share of the size that follows as a logarithm, e-fold after five samples, as after an earthquake. */
export interface MadeStep {
  readonly at: number;
  readonly mm: number;
  readonly decay?: number;
}

/** A seeded stream in [0, 1): mulberry32. Not for secrets. */
export function randomOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

export function normalOf(random: () => number): () => number {
  return () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}

/** Weights that make white noise flicker (Kasdin 1995, spectral index -1), cut after 1,000 samples. */
const FLICKER = [1];
for (let k = 1; k < 1_000; k++) FLICKER.push((FLICKER[k - 1]! * (k - 0.5)) / k);

function flicker(samples: number, normal: () => number): number[] {
  const white = Array.from({ length: samples + FLICKER.length }, normal);
  return Array.from({ length: samples }, (_, i) =>
    FLICKER.reduce((sum, weight, k) => sum + weight * white[i + FLICKER.length - k]!, 0),
  );
}

const YEAR_SAMPLES = 365.25;
const MONTH_SAMPLES = 30.44;

export function madeSeries(recipe: Recipe): Sample[] {
  const random = randomOf(recipe.seed);
  const normal = normalOf(random);
  const coloured = recipe.flickerMm ? flicker(recipe.samples, normal) : [];
  const phase = random() * 2 * Math.PI;
  const samples = Array.from({ length: recipe.samples }, (_, i) => {
    const noise = recipe.whiteMm * normal() + (recipe.flickerMm ?? 0) * (coloured[i] ?? 0);
    const season = recipe.hasStormySeason ? 1 + 0.5 * Math.sin((2 * Math.PI * i) / YEAR_SAMPLES + 1) : 1;
    const wave = Math.sin((2 * Math.PI * i) / (recipe.waveSamples ?? YEAR_SAMPLES) + phase);
    const isSpike = random() < (recipe.spikes ?? 0);
    const spike = isSpike ? (random() < 0.5 ? -1 : 1) * (8 + 22 * random()) : 0;
    const drift = ((recipe.driftMmPerMonth ?? 0) * i) / MONTH_SAMPLES;
    const value = noise * season + (recipe.waveMm ?? 0) * wave + drift + spike + steppedMm(recipe.step, i);
    return { at: i * (recipe.everyMs ?? DAY_MS), value };
  });
  return withGaps(samples, recipe, random);
}

function steppedMm(step: MadeStep | undefined, i: number): number {
  if (step === undefined || i < step.at) return 0;
  return step.mm * (1 + (step.decay ?? 0) * Math.log(1 + (i - step.at) / 5));
}

/** Gaps of up to 30 samples; the days around the step stay, since a step within a gap has its own cases. */
function withGaps(samples: readonly Sample[], recipe: Recipe, random: () => number): Sample[] {
  const missing = new Set<number>();
  for (let gap = 0; gap < (recipe.gaps ?? 0); gap++) {
    const from = Math.floor(random() * samples.length);
    const length = 1 + Math.floor(random() * 30);
    for (let i = from; i < from + length; i++) missing.add(i);
  }
  const isNearStep = (i: number): boolean => recipe.step !== undefined && Math.abs(i - recipe.step.at) < 5;
  return samples.filter((_, i) => !missing.has(i) || isNearStep(i));
}
