/**
 * One number sets how quick the city is. 1 is the field: reports every 5 min to 1 h, incidents over hours. 30 is the
 * demonstration: reports every 5 s to 60 s, incidents over minutes. Days, tides of demand and weather keep real time.
 */
export const PACE_REAL = 1;
export const PACE_DEMO = 30;
export const PACE_MAX = 300;

const DEMO_EVERY_SECONDS_MIN = 5;
const DEMO_EVERY_SECONDS_MAX = 60;
/** A device that sees something unusual reports this often (1-5 min is the practice for gas in wells). */
const ALERT_EVERY_SECONDS = 150;

/** Whole seconds between two reports. Faster than the field, it is kept within 5 s to 60 s. */
export function reportEverySeconds(fieldSeconds: number, pace: number): number {
  if (pace <= PACE_REAL) return Math.round(fieldSeconds / pace);
  const seconds = Math.round(fieldSeconds / pace);
  return Math.min(Math.max(seconds, DEMO_EVERY_SECONDS_MIN), DEMO_EVERY_SECONDS_MAX);
}

export const alertEveryMs = (pace: number): number => reportEverySeconds(ALERT_EVERY_SECONDS, pace) * 1_000;

/** Timetables of incidents are written in seconds of the demonstration; this stretches them. */
export const demoSecondsToMs = (seconds: number, pace: number): number =>
  Math.round((seconds * 1_000 * PACE_DEMO) / pace);
