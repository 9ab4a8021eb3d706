import { wallTime, ZONE_AHEAD_MS } from '../text/format';

/** `2026-12-01T08:00`, the city's wall clock, as a field for date and time takes it. */
export const toWall = (at: number): string => {
  const { day, time } = wallTime(at);
  return `${day}T${time.slice(0, 5)}`;
};

/** The instant of a wall clock time of the city; null: not a whole one yet. */
export function fromWall(text: string): number | null {
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d$/.test(text)) return null;
  const at = Date.parse(`${text}:00Z`);
  return Number.isFinite(at) ? at - ZONE_AHEAD_MS : null;
}
