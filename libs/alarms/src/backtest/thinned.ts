import type { Millis } from '@anmai/kernel';
import type { TraceRow } from './trace';

/**
 * At most `max` rows. Half of them are the ones around `raisedAt`, without a gap; of the others those with the smallest
 * and the largest value of each stretch, so that no excursion goes unseen. Stretches are of equal length in rows.
 */
export function thinned(rows: readonly TraceRow[], raisedAt: Millis, max: number): readonly TraceRow[] {
  if (rows.length <= max) return rows;
  const half = Math.floor(max / 2);
  const after = rows.findIndex(row => row.at > raisedAt);
  const end = after < 0 ? rows.length : after;
  // Three quarters before the raise: what led to it matters more than what came of it.
  const from = Math.max(0, Math.min(end - Math.floor(half * 0.75), rows.length - half));
  const before = rows.slice(0, from);
  const behind = rows.slice(from + half);
  const far = before.length + behind.length;
  const share = (part: readonly TraceRow[]): number => Math.floor(((max - half) * part.length) / far);
  return [
    ...extremes(before, share(before)),
    ...rows.slice(from, from + half),
    ...extremes(behind, share(behind)),
  ];
}

function extremes(rows: readonly TraceRow[], max: number): TraceRow[] {
  if (rows.length <= max) return [...rows];
  const stretches = Math.floor(max / 2);
  const out: TraceRow[] = [];
  for (let i = 0; i < stretches; i++) {
    const from = Math.floor((i * rows.length) / stretches);
    const to = Math.floor(((i + 1) * rows.length) / stretches);
    out.push(...lowestAndHighest(rows.slice(from, to)));
  }
  return out;
}

function lowestAndHighest(rows: readonly TraceRow[]): TraceRow[] {
  let lowest = 0;
  let highest = 0;
  const size = (i: number): number | null => rows[i]?.derived ?? null;
  for (let i = 1; i < rows.length; i++) {
    const value = size(i);
    if (value === null) continue;
    if (value < (size(lowest) ?? Infinity)) lowest = i;
    if (value > (size(highest) ?? -Infinity)) highest = i;
  }
  return rows.filter((_, i) => i === lowest || i === highest);
}
