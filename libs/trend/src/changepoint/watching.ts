import type { Millis } from '@anmai/kernel';
import { barOf, doubtOf, type Shock } from './bar';
import { isKnown, isUnknown, lifted, waveAt, waved, type DailyWave } from './daily-wave';
import { noExcursions, noted } from './excursions';
import { lastingDeviation, NEWEST, onNewLevel, type Deviations } from './lasting';
import type { Learned, NewestSamples } from './learning';
import { followed, levelAt, pullOf, restarted, type LocalLine, type Sample } from './local-line';
import { heard, sigmaOf } from './noise';
import { medianOf } from './order';

/** A confirmed lasting step. Sizes and levels in the sensor's unit. */
export interface Step {
  /** First sample on the new level. */
  readonly at: Millis;
  readonly confirmedAt: Millis;
  /** Samples seen when it was confirmed. */
  readonly seen: number;
  /** Signed. */
  readonly size: number;
  readonly levelBefore: number;
  readonly noiseSigma: number;
  /** Samples that proved it: 3 or 4, more for a step in parts. */
  readonly samples: number;
}

/** The series under watch: the line with its noise, and the newest four samples, that the line has not taken in yet. */
export interface Watching extends Learned {
  readonly phase: 'watching';
  readonly seen: number;
  readonly shock: Shock | null;
  /** The newest step in the direction asked for. */
  readonly step: Step | null;
}

/** Lasting deviations this soon after a step are its decay, not the habit of the series. */
const SETTLING_SAMPLES = 10;
/** Steps in one direction, told within so many samples, are one. */
const SAME_STEP_SAMPLES = 5;
/**
 * Largest part of a step that must come from one sample to the next. A third lets pass a step across two or three days
 * that somebody filled in by a straight line.
 */
const JUMP_SHARE_MIN = 0.3;

/**
 * One more sample: the oldest of the newest four goes into the line, then the four are judged. No spreads and no maps
 * on the usual way: it is run for every reading of every sensor.
 */
export function watched(before: Watching, sample: Sample, wants: (size: number) => boolean): Watching {
  const { intervalMs, excursions, shock, step } = before;
  const [oldest, a, b, c] = before.pending;
  const seen = before.seen + 1;
  const off = oldest.value - expectedAt(before.line, before.wave, oldest.at, intervalMs);
  const pull = pullOf(off, before.noise.slow);
  const isLifted = shock !== null && seen - shock.seen <= NEWEST;
  const line = followed(before.line, oldest.at, pull, intervalMs);
  const wave = waved(before.wave, oldest.at, oldest.value, before.noise.slow);
  const noise = heard(before.noise, off, isLifted ? 0 : a.value - oldest.value);
  const pending: NewestSamples = [a, b, c, sample];
  if (isKnown(wave) && !isKnown(before.wave))
    return flattened({ ...before, line, wave, noise, pending, seen });
  const deviations = deviationsOf(pending, line, wave, intervalMs);
  const lasting = lastingDeviation(deviations);
  const doubt = doubtOf(seen, gapOf(line, pending, intervalMs), isUnknown(wave));
  const bar = barOf(noise, excursions, line.level, doubt, shock, seen);
  if (Math.abs(lasting) > bar && isStep(off, deviations, lasting)) {
    return confirmed({ ...before, line, wave, noise, pending, seen }, deviations, lasting, wants);
  }
  const isSettling = shock !== null && seen - shock.seen <= SETTLING_SAMPLES;
  const habits = noted(excursions, sample.at, isSettling ? 0 : Math.abs(lasting) / doubt);
  return { phase: 'watching', intervalMs, line, wave, noise, excursions: habits, pending, seen, shock, step };
}

/** What a sample would show if nothing happened. */
function expectedAt(line: LocalLine, wave: DailyWave | null, at: Millis, intervalMs: number): number {
  return levelAt(line, at, intervalMs) + waveAt(wave, at, intervalMs);
}

/**
 * A drift, a wave or a decay arrives in small parts; a step in one, or in two where it fell within a sample's time.
 * And the newest sample must still be there. `before`: deviation of the sample before the newest four.
 */
function isStep(before: number, deviations: Deviations, lasting: number): boolean {
  const [a, b, c, d] = deviations;
  const sign = Math.sign(lasting);
  const jump = Math.max(sign * (a - before), sign * (b - a), sign * (c - b), sign * (d - c));
  return jump >= JUMP_SHARE_MIN * Math.abs(lasting) && 2 * sign * d > Math.abs(lasting);
}

/** From now on the wave is taken off: the line starts anew in what is left, and so do the habits. */
function flattened(now: Watching): Watching {
  const { pending, wave, intervalMs, line } = now;
  const flat = pending.map(({ at, value }) => ({ at, value: value - waveAt(wave, at, intervalMs) }));
  const start = pending[0].at - intervalMs;
  const level = restarted({ ...line, slope: 0 }, flat, start, intervalMs);
  return { ...now, line: level, excursions: noExcursions(pending[3].at) };
}

function deviationsOf(
  pending: NewestSamples,
  line: LocalLine,
  wave: DailyWave | null,
  intervalMs: number,
): Deviations {
  const [a, b, c, d] = pending;
  return [
    a.value - expectedAt(line, wave, a.at, intervalMs),
    b.value - expectedAt(line, wave, b.at, intervalMs),
    c.value - expectedAt(line, wave, c.at, intervalMs),
    d.value - expectedAt(line, wave, d.at, intervalMs),
  ];
}

/** The step, and the series on its new level: what stood on the old one is lifted, so that all is ready for the next. */
function confirmed(
  now: Watching,
  deviations: Deviations,
  lasting: number,
  wants: (size: number) => boolean,
): Watching {
  const { pending, intervalMs, line, wave, seen } = now;
  const isOn = onNewLevel(deviations, lasting);
  const proof = pending.filter((_, i) => isOn[i]);
  const size = medianOf(deviations.filter((_, i) => isOn[i]));
  const flat = ({ at, value }: Sample): Sample => ({ at, value: value - waveAt(wave, at, intervalMs) });
  const lift = (i: 0 | 1 | 2 | 3): Sample =>
    isOn[i] ? pending[i] : { at: pending[i].at, value: pending[i].value + size };
  return {
    ...now,
    line: restarted(line, proof.map(flat), pending[0].at - intervalMs, intervalMs),
    wave: lifted(wave, size),
    pending: [lift(0), lift(1), lift(2), lift(3)],
    shock: { size: Math.abs(size), seen },
    step: wants(size) ? joined(now.step, stepOf(now, proof, size)) : now.step,
  };
}

function stepOf(now: Watching, proof: readonly Sample[], size: number): Step {
  const { at } = proof[0]!;
  return {
    at,
    confirmedAt: now.pending[3].at,
    seen: now.seen,
    size,
    levelBefore: expectedAt(now.line, now.wave, at, now.intervalMs),
    noiseSigma: sigmaOf(now.noise),
    samples: proof.length,
  };
}

/** Parts of one movement, dated where it began: a shock and a greater one the day after, a gap that was filled in. */
function joined(earlier: Step | null, step: Step): Step {
  const isPart =
    earlier !== null && earlier.size * step.size > 0 && step.seen - earlier.seen <= SAME_STEP_SAMPLES;
  if (!isPart) return step;
  const { at, levelBefore, noiseSigma } = earlier;
  const samples = earlier.samples + step.samples;
  return { ...step, at, levelBefore, noiseSigma, samples, size: earlier.size + step.size };
}

/** Intervals that the samples leave out, at the end of the line or among the newest four. */
function gapOf(line: LocalLine, pending: NewestSamples, intervalMs: number): number {
  const first = pending[0].at;
  const before = (first - line.at) / intervalMs - 1;
  const among = (pending[3].at - first) / intervalMs - (NEWEST - 1);
  return Math.max(0, before, among);
}

/** Smallest lasting deviation that would be a step in the next sample, with no gap before it. */
export function barNow(state: Watching): number {
  const { noise, excursions, line, shock, seen } = state;
  return barOf(noise, excursions, line.level, doubtOf(seen, 0, isUnknown(state.wave)), shock, seen);
}
