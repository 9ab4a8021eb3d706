import { invariant } from '@anmai/kernel';
import { flatWave, type DailyWave } from './daily-wave';
import { noExcursions, type Excursions } from './excursions';
import { NEWEST } from './lasting';
import { firstLine, levelAt, type LocalLine, type Sample } from './local-line';
import { firstNoise, type Noise } from './noise';
import { medianOf } from './order';

/** Samples before there is a line, a noise and an interval to judge by. */
export const LEARNING_SAMPLES = 20;

/** Oldest first. */
export type NewestSamples = readonly [Sample, Sample, Sample, Sample];

export interface Learned {
  /** The usual distance of samples. The registry's word is not taken: devices send faster in an alarm, files differ. */
  readonly intervalMs: number;
  readonly line: LocalLine;
  readonly wave: DailyWave | null;
  readonly noise: Noise;
  readonly excursions: Excursions;
  /** The newest four; the line ends before them. */
  readonly pending: NewestSamples;
}

export function learned(samples: readonly Sample[]): Learned {
  invariant(samples.length === LEARNING_SAMPLES, 'a line is learned from a full set of samples');
  const intervalMs = medianOf(samples.slice(1).map((each, i) => each.at - samples[i]!.at));
  const pending = samples.slice(-NEWEST) as unknown as NewestSamples;
  const end = samples.at(-NEWEST - 1)!;
  const line = firstLine(samples, end.at, intervalMs);
  const deviations = samples.map(each => each.value - levelAt(line, each.at, intervalMs));
  return {
    intervalMs,
    line,
    wave: flatWave(intervalMs),
    noise: firstNoise(deviations),
    excursions: noExcursions(end.at),
    pending,
  };
}
