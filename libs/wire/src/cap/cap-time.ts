import { MINUTE_MS, type Millis } from '@anmai/kernel';

/** China has one time zone and no summer time. */
export const CHINA_OFFSET_MINUTES = 480;

const pad = (value: number): string => String(value).padStart(2, '0');

/**
 * The form that CAP demands (3.3.2): seconds without fraction, a numeric offset, never `Z`; UTC itself is `-00:00`.
 * Milliseconds are cut off, not rounded: a message never claims to be of a second that has not begun.
 */
export function capTime(at: Millis, offsetMinutes: number = CHINA_OFFSET_MINUTES): string {
  const local = new Date(at + offsetMinutes * MINUTE_MS).toISOString().slice(0, 19);
  if (offsetMinutes === 0) return `${local}-00:00`;
  const size = Math.abs(offsetMinutes);
  return `${local}${offsetMinutes < 0 ? '-' : '+'}${pad(Math.floor(size / 60))}:${pad(size % 60)}`;
}

const FORM = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}[-+]\d{2}:\d{2}$/;

/** The instant of a CAP time, or null when it has another form or names no instant. */
export function parseCapTime(text: string): Millis | null {
  if (!FORM.test(text)) return null;
  // ECMAScript reads any offset but `-00:00` is only for those who write CAP.
  const at = Date.parse(text.replace(/-00:00$/, '+00:00'));
  return Number.isNaN(at) ? null : at;
}

/** Years outside of these have no four digits. */
export const isCapInstant = (at: Millis): boolean =>
  Number.isFinite(at) && at >= Date.UTC(1970, 0, 1) && at < Date.UTC(9999, 0, 1);
