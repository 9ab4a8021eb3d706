import { SECOND_MS, type Millis } from '@anmai/kernel';
import { isUsable, type Quality } from '@anmai/readings';
import type { NoDataCondition } from '../rule';
import type { Trace, TraceRow, TraceSetting } from './trace';

/**
 * A no-data rule as a limit on silence: `derived` is the time since the last usable reading, in seconds, counted until
 * each reading came, and until the raise. Live it is counted in watched time, so a stretch in which the platform was away
 * looks longer here than it was judged.
 */
export function traceSilence(
  { readings, raisedAt, sensor }: TraceSetting,
  { after, severity }: NoDataCondition,
): Pick<Trace, 'unit' | 'limits' | 'rows'> {
  const afterSeconds = 'missed' in after ? after.missed * sensor.expectedEverySeconds : after.seconds;
  const limit = { above: afterSeconds, clearBelow: afterSeconds, below: null, clearAbove: null };
  const rows: TraceRow[] = [];
  let heardAt: Millis | null = null;
  const push = (at: Millis, isReading: boolean, value: number | null, quality: Quality): void => {
    const derived: number | null = heardAt === null ? null : (at - heardAt) / SECOND_MS;
    const usable = isReading && isUsable(quality);
    const met = derived !== null && derived >= afterSeconds;
    // A usable reading ends the silence: the limit is off after it, whatever was met until it came.
    const limits = [{ met, pendingSince: usable || met ? null : heardAt, on: met && !usable }];
    rows.push({ at, isReading, value, quality, derived, isLearning: false, blind: !usable, limits });
    if (usable) heardAt = at;
  };
  let isTimeDue = true;
  for (const { at, value, quality } of readings) {
    if (isTimeDue && at > raisedAt) push(raisedAt, false, null, 9);
    isTimeDue &&= at < raisedAt;
    push(at, true, value, quality);
  }
  if (isTimeDue) push(raisedAt, false, null, 9);
  return { unit: 's', limits: [{ severity: severity ?? 'yellow', ...limit }], rows };
}
