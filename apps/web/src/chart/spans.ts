const HOUR_MS = 3_600_000;
export type SpanName = 'minute15' | 'hour1' | 'hour6' | 'hour24' | 'day7' | 'day30';
export const SPANS_MS: Readonly<Record<SpanName, number>> = {
  minute15: HOUR_MS / 4,
  hour1: HOUR_MS,
  hour6: 6 * HOUR_MS,
  hour24: 24 * HOUR_MS,
  day7: 7 * 24 * HOUR_MS,
  day30: 30 * 24 * HOUR_MS,
};
export const SPANS = Object.keys(SPANS_MS) as SpanName[];

/** Fewer readings than these are no curve. */
const READINGS_MIN = 15;

/** The shortest range that shows the onset with time before it, and a curve; without an alarm a quarter of a day. */
export function spanFor(onsetAt: number | null, now: number, everySeconds: number): SpanName {
  if (onsetAt === null) return 'hour6';
  const neededMs = Math.max((now - onsetAt) * 1.5, everySeconds * 1_000 * READINGS_MIN);
  return SPANS.find(span => SPANS_MS[span] >= neededMs) ?? 'day30';
}
