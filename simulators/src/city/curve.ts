import type { Millis } from '@anmai/kernel';

/**
 * Where a sensor is led at an instant: to a value, to a multiple of what it would show anyway, or (null) back to
 * what it would show anyway.
 */
export type KeyValue = number | { readonly times: number } | null;

export interface KeyFrame {
  readonly at: Millis;
  readonly value: KeyValue;
}

/** Ascending by `at`, at least two; starts and ends with null so that nothing jumps. */
export type Curve = readonly KeyFrame[];

/** Share of a step's height by which the way between two frames may wobble. Small: the order of values stays. */
const WOBBLE = 0.02;

/**
 * The value at an instant within the curve; null outside. Exact at each frame, so that a limit is crossed when the
 * timetable says. `base` is the value without the incident, `noise` a normal draw.
 */
export function curveValueAt(curve: Curve, at: Millis, base: number, noise: number): number | null {
  const first = curve[0];
  const last = curve.at(-1);
  if (first === undefined || last === undefined || at < first.at || at >= last.at) return null;
  const index = curve.findLastIndex(frame => frame.at <= at);
  const from = curve[index];
  const to = curve[index + 1];
  if (from === undefined || to === undefined) return null;
  const [a, b] = [resolved(from.value, base), resolved(to.value, base)];
  const fraction = (at - from.at) / (to.at - from.at);
  const wobble = WOBBLE * Math.abs(b - a) * noise * 4 * fraction * (1 - fraction);
  return a + (b - a) * fraction + wobble;
}

function resolved(value: KeyValue, base: number): number {
  if (value === null) return base;
  return typeof value === 'number' ? value : base * value.times;
}
