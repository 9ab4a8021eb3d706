import type { Millis } from '@anmai/kernel';

/** Millis to what a timestamptz parameter takes. */
export const toSqlInstant = (at: Millis): string => new Date(at).toISOString();
export const toSqlInstantOrNull = (at: Millis | null): string | null =>
  at === null ? null : toSqlInstant(at);

/** `2026-11-22 05:43:00.123+00`, as PostgreSQL writes it in sessions that run in UTC (all of ours do), to Millis. */
export const fromSqlInstant = (text: string): Millis =>
  Date.parse(`${text.replace(' ', 'T').replace(/\+00$/, '')}Z`);
