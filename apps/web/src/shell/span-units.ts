export const UNITS = ['second', 'minute', 'hour', 'day'] as const;
export type TimeUnit = (typeof UNITS)[number];

export const UNIT_MS: Readonly<Record<TimeUnit, number>> = {
  second: 1_000,
  minute: 60_000,
  hour: 3_600_000,
  day: 86_400_000,
};

/** The largest unit that tells the span in a whole number; nothing yet: minutes. */
export function bestUnit(ms: number | null): TimeUnit {
  if (ms === null || ms === 0) return 'minute';
  return [...UNITS].reverse().find(unit => ms % UNIT_MS[unit] === 0) ?? 'second';
}
