import type { TimerShape } from '@anmai/wire';
import { useNow } from '../shell/now';
import { urgencyOf } from './incident-text';

const CALM_MS = 5_000;
const COUNTING_MS = 1_000;

/** The time for timers: by the second while one is about to run out, else seldom. */
export function useTimerNow(timers: Iterable<TimerShape>): number {
  const calm = useNow(CALM_MS);
  const isCounting = [...timers].some(timer => urgencyOf(timer, calm) === 'soon');
  return useNow(isCounting ? COUNTING_MS : CALM_MS);
}
