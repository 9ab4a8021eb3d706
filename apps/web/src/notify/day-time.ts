const DAY_MINUTES = 1_440;
const two = (n: number): string => String(n).padStart(2, '0');

/** Minutes since midnight as a clock shows them: 480 is 08:00, 1,860 is 07:00 of the next day. */
export function clockOf(minute: number): string {
  const ofDay = minute % DAY_MINUTES;
  return `${two(Math.floor(ofDay / 60))}:${two(ofDay % 60)}`;
}

/** null: not a time of day. */
export function minuteOf(clock: string): number | null {
  const [, hour, minute] = /^(\d\d):(\d\d)$/.exec(clock) ?? [];
  if (hour === undefined || minute === undefined || Number(hour) > 23 || Number(minute) > 59) return null;
  return Number(hour) * 60 + Number(minute);
}

export interface MinuteSpan {
  readonly fromMinute: number;
  readonly toMinute: number;
}

/** From one clock time to the next one like the other; the same twice is a whole day. */
export function spanOf(from: string, to: string): MinuteSpan | null {
  const fromMinute = minuteOf(from);
  const end = minuteOf(to);
  if (fromMinute === null || end === null) return null;
  return { fromMinute, toMinute: end > fromMinute ? end : end + DAY_MINUTES };
}

/** `22:00–07:00`; a day that ends at its own midnight ends at 24:00. */
export const spanWords = ({ fromMinute, toMinute }: MinuteSpan): string =>
  `${clockOf(fromMinute)}–${toMinute === DAY_MINUTES ? '24:00' : clockOf(toMinute)}`;
