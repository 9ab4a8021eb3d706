import { DAY_MS, type Millis } from '@anmai/kernel';
import type { Explanation, Feature, FeatureContext } from '../feature';
import { learned, LEARNING_SAMPLES } from './learning';
import type { Sample } from './local-line';
import { sigmaOf } from './noise';
import { barNow, watched, type Step, type Watching } from './watching';

export interface ChangepointConfig {
  /** Which steps count. Default: both. */
  readonly direction?: 'up' | 'down' | 'both' | undefined;
}

interface Learning {
  readonly phase: 'learning';
  readonly samples: readonly Sample[];
}

/** Holds at most 20 samples while learning; later 4 samples, a line, and 24 numbers of what the series is used to do. */
export type ChangepointState = Learning | Watching;

/**
 * A step stays the news for this many samples and for this long, whichever ends later. Then the new level is what is
 * usual, the value returns to 0 and the next step is a new alarm.
 */
export const CURRENT_SAMPLES = 14;
export const CURRENT_MS = DAY_MS;

/**
 * A lasting step of the level, told apart from spikes, drift, waves, gaps and noise. Value: size of the newest step in
 * the direction asked for, in the sensor's unit and never negative, so that limits are `above`; 0 when none is
 * current; null while learning. It is told with the third sample on the new level, at the latest with the fourth
 * where one of them fell back.
 */
export function changepointFeature(
  config: ChangepointConfig,
  _context: FeatureContext,
): Feature<ChangepointState> {
  const wants = wantedBy(config.direction ?? 'both');
  return {
    start: { phase: 'learning', samples: [] },
    step: (state, at, value) => {
      if (state.phase === 'watching') return watched(state, { at, value }, wants);
      const samples = [...state.samples, { at, value }];
      if (samples.length < LEARNING_SAMPLES) return { phase: 'learning', samples };
      return { phase: 'watching', ...learned(samples), seen: samples.length, shock: null, step: null };
    },
    valueOf: state => (state.phase === 'learning' ? null : Math.abs(currentStep(state)?.size ?? 0)),
    explain,
  };
}

function wantedBy(direction: 'up' | 'down' | 'both'): (size: number) => boolean {
  if (direction === 'both') return () => true;
  return direction === 'up' ? size => size > 0 : size => size < 0;
}

function currentStep(state: Watching): Step | null {
  if (state.step === null) return null;
  const isFresh =
    state.seen - state.step.seen < CURRENT_SAMPLES || newestAt(state) - state.step.confirmedAt < CURRENT_MS;
  return isFresh ? state.step : null;
}

const newestAt = (state: Watching): Millis => state.pending[3].at;

function explain(state: ChangepointState): Explanation {
  if (state.phase === 'learning') return { samples: state.samples.length, samplesNeeded: LEARNING_SAMPLES };
  const step = currentStep(state);
  if (step === null) {
    return { noiseSigma: sigmaOf(state.noise), smallestStep: barNow(state), samples: state.seen };
  }
  return {
    stepAt: step.at,
    stepSize: step.size,
    levelBefore: step.levelBefore,
    levelAfter: step.levelBefore + step.size,
    noiseSigma: step.noiseSigma,
    samples: step.samples,
  };
}
