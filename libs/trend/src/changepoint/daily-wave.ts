import { HOUR_MS, type Millis } from '@anmai/kernel';

/**
 * What the hour of the day adds to the level: sun on a wall, people in a house. Where it is sampled too thinly for the
 * local line to follow (hourly), a step would drown in it. In the sensor's unit.
 *
 * Learned as in a seasonal decomposition, from an hour's mean minus the mean of the day around it: a drift cancels out.
 * Not learned from the residuals of the line: the line follows a part of the wave with a lag, and the two would chase
 * each other.
 */
export interface DailyWave {
  /** By hour of UTC: 24 numbers. */
  readonly hours: readonly number[];
  /** Means of the newest hours in a row, oldest first; at most 25. */
  readonly means: readonly number[];
  /** Hours since 1970 of the open hour, with the sum and number of its samples. */
  readonly hour: number;
  readonly sum: number;
  readonly count: number;
  /** Hours that went into `hours`. */
  readonly learned: number;
}

/** Sensors that report less often than this have no daily wave. */
const INTERVAL_MS_MAX = 3 * HOUR_MS;
/** Between the middles of two hours the wave is read off a straight line, if samples fall in every hour. */
const SMOOTH_INTERVAL_MS_MAX = HOUR_MS / 2;
/** Hours without a sample that the last mean stands in for; after more, the day around an hour is not known. */
const MISSING_HOURS_MAX = 3;
/** Ten days of memory; the plain mean in the first days. */
const WAVE_GAIN = 0.1;
/** From the fourth day on a single day turns the wave by this many sigma at most. */
const TURN_SIGMAS_MAX = 2;
const HOURS = 24;
/** The wave counts from here on, as a whole: hour by hour it would make steps of its own. */
const WAVE_HOURS_KNOWN = 3 * HOURS;

export function flatWave(intervalMs: number): DailyWave | null {
  if (intervalMs > INTERVAL_MS_MAX) return null;
  return { hours: new Array<number>(HOURS).fill(0), means: [], hour: 0, sum: 0, count: 0, learned: 0 };
}

export const isKnown = (wave: DailyWave | null): boolean => wave !== null && wave.learned >= WAVE_HOURS_KNOWN;

/** There may be a wave, and it cannot be told yet. */
export const isUnknown = (wave: DailyWave | null): boolean => wave !== null && !isKnown(wave);

const hourOfDay = (hour: number): number => ((hour % HOURS) + HOURS) % HOURS;

export function waveAt(wave: DailyWave | null, at: Millis, intervalMs: number): number {
  if (wave === null || wave.learned < WAVE_HOURS_KNOWN) return 0;
  if (intervalMs > SMOOTH_INTERVAL_MS_MAX) return wave.hours[hourOfDay(Math.floor(at / HOUR_MS))]!;
  const middle = at / HOUR_MS - 0.5;
  const before = Math.floor(middle);
  const share = middle - before;
  return wave.hours[hourOfDay(before)]! * (1 - share) + wave.hours[hourOfDay(before + 1)]! * share;
}

/** After one more sample. `sigma` is the noise of single samples. */
export function waved(wave: DailyWave | null, at: Millis, value: number, sigma: number): DailyWave | null {
  if (wave === null) return null;
  const { hours, means, sum, count, learned } = wave;
  const hour = Math.floor(at / HOUR_MS);
  if (count === 0) return { hours, means, hour, sum: value, count: 1, learned };
  if (hour === wave.hour) return { hours, means, hour, sum: sum + value, count: count + 1, learned };
  return { ...closed(wave, hour - wave.hour, sigma), hour, sum: value, count: 1 };
}

/** The open hour is over; the one twelve hours before it now has its whole day around it. */
function closed(wave: DailyWave, elapsedHours: number, sigma: number): DailyWave {
  if (elapsedHours > 1 + MISSING_HOURS_MAX) return { ...wave, means: [] };
  let next = wave;
  for (let i = 0; i < elapsedHours; i++) {
    const means = [...next.means, wave.sum / wave.count].slice(-HOURS - 1);
    next = { ...next, means };
    if (means.length > HOURS) next = turned(next, wave.hour + i - HOURS / 2, sigma);
  }
  return next;
}

function turned(wave: DailyWave, hour: number, sigma: number): DailyWave {
  const { means, hours } = wave;
  // 25 hours with the two ends at half weight are exactly one day, centred on its middle hour.
  const total = means.reduce((sum, mean) => sum + mean, 0) - (means[0]! + means[HOURS]!) / 2;
  const place = hourOfDay(hour);
  const off = means[HOURS / 2]! - total / HOURS - hours[place]!;
  const most = wave.learned < WAVE_HOURS_KNOWN ? Infinity : TURN_SIGMAS_MAX * sigma;
  const gain = Math.max(WAVE_GAIN, 1 / (1 + Math.floor(wave.learned / HOURS)));
  const turn = gain * Math.max(-most, Math.min(most, off));
  return {
    ...wave,
    hours: hours.map((each, i) => (i === place ? each + turn : each)),
    learned: wave.learned + 1,
  };
}

/** The days before a step, as if they had been on the new level. */
export function lifted(wave: DailyWave | null, size: number): DailyWave | null {
  if (wave === null) return null;
  return { ...wave, means: wave.means.map(each => each + size), sum: wave.sum + size * wave.count };
}
