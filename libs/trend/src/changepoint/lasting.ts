/** A step must show in this many of the newest samples, of `NEWEST`. Source: measured, see README.md. */
export const NEWEST = 4;

/** Deviations of the newest four samples from the local line, oldest first. */
export type Deviations = readonly [number, number, number, number];

/**
 * How far the series has been off its line for three of the newest four samples, all on the same side; signed, 0 when
 * they were not. One spike among them, or one sample that fell back, changes nothing.
 */
export function lastingDeviation(deviations: Deviations): number {
  const [a, b, c, d] = deviations;
  const one = Math.max(Math.min(a, b), Math.min(c, d));
  const other = Math.min(Math.max(a, b), Math.max(c, d));
  const second = Math.min(one, other);
  const third = Math.max(one, other);
  if (second > 0) return second;
  return third < 0 ? third : 0;
}

/** Which of the newest samples stand on the new level: those at least half-way there. */
export function onNewLevel(deviations: Deviations, lasting: number): boolean[] {
  return deviations.map(each => each * Math.sign(lasting) >= Math.abs(lasting) / 2);
}
