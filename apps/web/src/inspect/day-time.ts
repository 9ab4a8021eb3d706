const CITY_OFFSET_MS = 8 * 3_600_000;

/** `11-28 09:30` in the time of the city, whatever zone the telephone is set to. */
export const dayTime = (at: number): string =>
  new Date(at + CITY_OFFSET_MS).toISOString().slice(5, 16).replace('T', ' ');

/** `1.4 MB`, for people. */
export function sizeText(bytes: number): string {
  if (bytes < 1_000) return `${bytes} B`;
  return bytes < 1_000_000 ? `${Math.round(bytes / 1_000)} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
}
