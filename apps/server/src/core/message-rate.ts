import type { Millis } from '@anmai/kernel';

const WINDOW_MS = 5_000;

/** Messages per second over the last WINDOW_MS, from a counter that only grows. */
export class MessageRate {
  private samples: { readonly at: Millis; readonly count: number }[] = [];

  at(now: Millis, count: number): number {
    this.samples.push({ at: now, count });
    while (this.samples.length > 2 && now - this.samples[1]!.at >= WINDOW_MS) this.samples.shift();
    const oldest = this.samples[0]!;
    const seconds = (now - oldest.at) / 1_000;
    return seconds <= 0 ? 0 : Math.round(((count - oldest.count) / seconds) * 10) / 10;
  }
}
