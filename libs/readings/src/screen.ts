import type { Millis } from '@anmai/kernel';
import type { Reading } from './reading';
import { MISSING } from './reading';

/** First instant that no store takes: 2200-01-01. Device time before 1970 is a broken clock as well. */
export const READING_AT_END: Millis = 7_258_118_400_000;
/** Keeps every sum of a rollup finite; no quantity of a city comes near. */
export const READING_VALUE_ABS_MAX = 1e100;
/** Characters (UTF-16) of a sensor id at most. Ids of the registry have 64. */
export const SENSOR_ID_CHARS_MAX = 256;

export type RefusalCode =
  | 'bad_sensor_id'
  | 'bad_time'
  | 'bad_value'
  | 'bad_quality'
  /** Older than what the retention policy keeps. */
  | 'beyond_retention'
  /** The server took everything but these; `detail` has its words. */
  | 'store_refused';

export interface Refusal {
  readonly code: RefusalCode;
  readonly detail: string;
}

/**
 * Called for readings of an `append` that can never be kept, while the others of the batch are kept. Whoever opens
 * a store passes it and must count and list them: nothing is dropped in silence. Called again for the same readings
 * when an append that failed otherwise is repeated. Must not throw.
 */
export type OnRefused = (readings: readonly Reading[], refusal: Refusal) => void;

const QUALITIES: ReadonlySet<number> = new Set([1, 2, 3, 4, 9]);
const UNFIT_ID = /\0|\p{Surrogate}/u;

const DETAILS: Readonly<Record<Exclude<RefusalCode, 'store_refused'>, string>> = {
  bad_sensor_id: `a sensor id has 1 to ${SENSOR_ID_CHARS_MAX} characters, no NUL, no half of a character`,
  bad_time: 'the time is no whole millisecond from 1970 to 2199',
  bad_value: `the value is no number within ±${READING_VALUE_ABS_MAX}, and the quality is not "missing"`,
  bad_quality: 'the quality is none of 1, 2, 3, 4, 9',
  beyond_retention: 'the reading is older than what is kept',
};

/** Why this reading cannot be kept by any store, or null. `keptFrom`: what is older has been dropped already. */
export function refusalOf(reading: Reading, keptFrom: Millis): Refusal | null {
  const { sensorId, at, value, quality } = reading;
  let code: keyof typeof DETAILS | null = null;
  if (sensorId.length === 0 || sensorId.length > SENSOR_ID_CHARS_MAX || UNFIT_ID.test(sensorId)) {
    code = 'bad_sensor_id';
  } else if (!Number.isInteger(at) || at < 0 || at >= READING_AT_END) code = 'bad_time';
  else if (!QUALITIES.has(quality)) code = 'bad_quality';
  // Written so that NaN is refused too.
  else if (quality !== MISSING && !(Math.abs(value) <= READING_VALUE_ABS_MAX)) code = 'bad_value';
  else if (at < keptFrom) code = 'beyond_retention';
  return code === null ? null : { code, detail: DETAILS[code] };
}

/**
 * What of a batch a store should write: fit, and each (sensorId, at) once, the last one given. The unfit go to
 * `onRefused`, one call a reason.
 */
export function screen(
  batch: readonly Reading[],
  keptFrom: Millis,
  onRefused: OnRefused,
): readonly Reading[] {
  const refused = new Map<RefusalCode, { refusal: Refusal; readings: Reading[] }>();
  const kept = batch.filter(reading => {
    const refusal = refusalOf(reading, keptFrom);
    if (refusal === null) return true;
    const group = refused.get(refusal.code) ?? { refusal, readings: [] };
    group.readings.push(reading);
    refused.set(refusal.code, group);
    return false;
  });
  for (const { refusal, readings } of refused.values()) onRefused(readings, refusal);
  return withoutRepeats(kept);
}

function withoutRepeats(batch: readonly Reading[]): readonly Reading[] {
  // Almost every batch ascends by sensor: then nothing can repeat, and the costly keys are not needed.
  const newestAt = new Map<string, Millis>();
  const ascends = batch.every(({ sensorId, at }) => {
    const before = newestAt.get(sensorId);
    newestAt.set(sensorId, at);
    return before === undefined || before < at;
  });
  if (ascends) return batch;
  return [...new Map(batch.map(reading => [`${reading.at} ${reading.sensorId}`, reading])).values()];
}
