import type { Millis } from '@anmai/kernel';
import { medianOf } from './order';

/** One usable reading, in the sensor's unit. */
export interface Sample {
  readonly at: Millis;
  readonly value: number;
}

/**
 * Where the series has been going: a level with a slope, followed sample by sample (Holt's two gains), in which no
 * single sample counts for more than a few sigma. It follows seasons, settlement and the decay after an earthquake.
 */
export interface LocalLine {
  readonly at: Millis;
  readonly level: number;
  /** Change of the level per interval of the sensor. */
  readonly slope: number;
  /** Samples that the level rests on, counted up to the memory of the line. */
  readonly samples: number;
}

/** The level rests on about this many samples: enough to average, few enough to stay near in coloured noise. */
const LEVEL_SAMPLES = 5;
/** Share of a deviation by which the slope turns: about a hundred samples of memory with the gain of the level. */
const SLOPE_GAIN = 0.01;
/** A sample further off than this pulls no harder: a spike, or the first days of a step, must not bend the line. */
const PULL_SIGMAS_MAX = 2;

export function levelAt(line: LocalLine, at: Millis, intervalMs: number): number {
  return line.level + (line.slope * (at - line.at)) / intervalMs;
}

/** Deviations count up to this far. */
export function pullOf(deviation: number, sigma: number): number {
  return Math.max(-PULL_SIGMAS_MAX * sigma, Math.min(PULL_SIGMAS_MAX * sigma, deviation));
}

/** The line at `at`, after a sample there that pulls by `pull`. */
export function followed(line: LocalLine, at: Millis, pull: number, intervalMs: number): LocalLine {
  const samples = Math.min(line.samples + 1, LEVEL_SAMPLES);
  const elapsed = Math.max(1, (at - line.at) / intervalMs);
  return {
    at,
    level: levelAt(line, at, intervalMs) + pull / samples,
    slope: line.slope + (SLOPE_GAIN * pull) / elapsed,
    samples,
  };
}

/** The line through the first samples: the median slope between the two halves, the median level; at `at`. */
export function firstLine(samples: readonly Sample[], at: Millis, intervalMs: number): LocalLine {
  const half = samples.length >> 1;
  const slopes = samples.slice(half, 2 * half).map((later, i) => {
    const earlier = samples[i]!;
    return ((later.value - earlier.value) * intervalMs) / (later.at - earlier.at);
  });
  const slope = medianOf(slopes);
  const levels = samples.map(each => each.value - (slope * (each.at - at)) / intervalMs);
  return { at, level: medianOf(levels), slope, samples: LEVEL_SAMPLES };
}

/** The line on a new level: it keeps its slope and rests on the few samples that proved the step. */
export function restarted(
  line: LocalLine,
  proof: readonly Sample[],
  at: Millis,
  intervalMs: number,
): LocalLine {
  const levels = proof.map(each => each.value - (line.slope * (each.at - at)) / intervalMs);
  return { at, level: medianOf(levels), slope: line.slope, samples: proof.length };
}
