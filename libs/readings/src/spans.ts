import type { Millis } from '@anmai/kernel';
import type { DirtySpan } from './reading-store.port';

/** Start of the bucket that holds `at`; buckets are counted from 1970-01-01T00:00:00Z. */
export const bucketStart = (at: Millis, widthMs: number): Millis => Math.floor(at / widthMs) * widthMs;

/** Whole buckets around each span, ascending; touching and overlapping spans become one, empty ones go. */
export function wholeBuckets(spans: readonly DirtySpan[], widthMs: number): DirtySpan[] {
  const wide = spans
    .filter(({ from, to }) => from < to)
    .map(({ from, to }) => ({ from: bucketStart(from, widthMs), to: bucketStart(to - 1, widthMs) + widthMs }))
    .sort((a, b) => a.from - b.from);
  const merged: DirtySpan[] = [];
  for (const span of wide) {
    const last = merged.at(-1);
    if (last === undefined || last.to < span.from) merged.push(span);
    else merged[merged.length - 1] = { from: last.from, to: Math.max(last.to, span.to) };
  }
  return merged;
}

/** What lies in both. Either list is ascending and disjoint, as `wholeBuckets` makes it; so is the answer. */
export function intersect(a: readonly DirtySpan[], b: readonly DirtySpan[]): DirtySpan[] {
  const common: DirtySpan[] = [];
  for (let i = 0, j = 0; i < a.length && j < b.length;) {
    const left = a[i] as DirtySpan;
    const right = b[j] as DirtySpan;
    const from = Math.max(left.from, right.from);
    const to = Math.min(left.to, right.to);
    if (from < to) common.push({ from, to });
    if (left.to < right.to) i += 1;
    else j += 1;
  }
  return common;
}

/** The span in pieces of `stepMs`, cut at multiples of it. */
export function* pieces(span: DirtySpan, stepMs: number): Generator<DirtySpan> {
  for (let from = span.from; from < span.to;) {
    const to = Math.min(bucketStart(from, stepMs) + stepMs, span.to);
    yield { from, to };
    from = to;
  }
}
