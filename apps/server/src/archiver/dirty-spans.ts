import { HOUR_MS, MINUTE_MS, type Millis } from '@anmai/kernel';
import type { DirtySpan } from '@anmai/readings';

/** Separate spans that are handed out at most; beyond it neighbours are joined, which only costs work. */
export const SPANS_MAX = 2_000;

/**
 * Which minutes of device time got readings since their rollups were made. Late data make old minutes dirty again.
 * Kept with the checkpoint, so that a crash forgets none.
 */
export class DirtySpans {
  private minutes = new Set<Millis>();

  add(at: Millis): void {
    this.minutes.add(at - (((at % MINUTE_MS) + MINUTE_MS) % MINUTE_MS));
  }

  /** Joined where they touch, ascending, at most SPANS_MAX. */
  spans(): DirtySpan[] {
    const minutes = [...this.minutes].sort((a, b) => a - b);
    let spans = joined(minutes, 0);
    for (let gapMs = HOUR_MS; spans.length > SPANS_MAX; gapMs *= 2) spans = joined(minutes, gapMs);
    return spans;
  }

  /** Takes all that is dirty now; give it back with `restore` when the rollup failed. */
  take(): DirtySpan[] {
    const spans = this.spans();
    this.minutes = new Set();
    return spans;
  }

  restore(spans: readonly DirtySpan[]): void {
    for (const { from, to } of spans)
      for (let minute = from; minute < to; minute += MINUTE_MS) this.minutes.add(minute);
  }

  toMemo(): string {
    return JSON.stringify(this.spans().map(span => [span.from, span.to]));
  }

  static fromMemo(memo: string | null): DirtySpans {
    const dirty = new DirtySpans();
    const kept = memo === null ? [] : (JSON.parse(memo) as [Millis, Millis][]);
    dirty.restore(kept.map(([from, to]) => ({ from, to })));
    return dirty;
  }
}

function joined(minutes: readonly Millis[], gapMs: number): DirtySpan[] {
  const spans: { from: Millis; to: Millis }[] = [];
  for (const minute of minutes) {
    const last = spans.at(-1);
    if (last !== undefined && minute - last.to <= gapMs) last.to = minute + MINUTE_MS;
    else spans.push({ from: minute, to: minute + MINUTE_MS });
  }
  return spans;
}
