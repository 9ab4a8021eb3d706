import type { Millis } from '@anmai/kernel';

/** Instants leave as ISO 8601 in UTC. */
export const iso = (at: Millis): string => new Date(at).toISOString();
export const isoOrNull = (at: Millis | null): string | null => (at === null ? null : iso(at));
