import { baselineFeature } from '@anmai/trend';
import type { Series, Stretch } from './feed';

/** The recommended condition, the same for every channel of every data set. */
export const LIMIT_SIGMAS = 7;
export const CLEAR_SIGMAS = 4;
export const CLEAR_SAMPLES = 12;

/** Turns a series into the stretches in which it is in alarm. */
export type Detector = (series: Series) => readonly Stretch[];

/** Reading by reading, as the monitor does; the last stretch ends with the series. */
export const byBaseline: Detector = ({ at, values, everyMs }) => {
  const feature = baselineFeature({}, { expectedEveryMs: everyMs, utcOffsetMs: 0 });
  const out: Stretch[] = [];
  let state = feature.start;
  let from: number | null = null;
  let clear = 0;
  values.forEach((value, i) => {
    if (value === null) return;
    state = feature.step(state, at[i]!, value);
    const sigmas = Math.abs(feature.valueOf(state) ?? 0);
    if (from === null) {
      if (sigmas >= LIMIT_SIGMAS) [from, clear] = [at[i]!, 0];
      return;
    }
    clear = sigmas < CLEAR_SIGMAS ? clear + 1 : 0;
    if (clear < CLEAR_SAMPLES) return;
    out.push({ from, to: at[i]! });
    from = null;
  });
  if (from !== null) out.push({ from, to: at.at(-1)! });
  return out;
};

export const never: Detector = () => [];

/** In alarm from the first reading to the last. */
export const always: Detector = ({ at }) => [{ from: at[0]!, to: at.at(-1)! }];

/** A detection at each reading: what `always` is where single detections are scored. */
export const everyReading: Detector = ({ at }) => at.map(each => ({ from: each, to: each }));
