import type { Millis } from '@anmai/kernel';

/**
 * Local time minus UTC of an IANA zone at an instant. Rules that know day and night take the one at the start of the
 * program; China's zone has no summer time.
 */
export function utcOffsetMs(timezone: string, at: Millis): number {
  const format = new Intl.DateTimeFormat('en-US', { timeZone: timezone, timeZoneName: 'longOffset' });
  const name = format.formatToParts(at).find(part => part.type === 'timeZoneName')?.value ?? 'GMT';
  const [, sign, hours, minutes] = /GMT([+-])(\d\d):(\d\d)/.exec(name) ?? [];
  if (sign === undefined) return 0;
  return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * 60_000;
}
