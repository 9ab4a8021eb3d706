/** An instant: whole milliseconds since 1970-01-01T00:00:00Z. ISO text exists only in `wire`. */
export type Millis = number;

export const SECOND_MS = 1_000;
export const MINUTE_MS = 60_000;
export const HOUR_MS = 3_600_000;
export const DAY_MS = 86_400_000;

/** Where instants come from. Handed in, never reached for: tests and replays bring their own. */
export interface Clock {
  now(): Millis;
}
