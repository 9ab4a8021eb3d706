import type { Clock, Millis } from '@anmai/kernel';

/**
 * Wall-clock time that never runs backwards and never stands still. When the wall clock is set back, time goes on at
 * the pace of the monotonic clock: a frozen journal time would let silent sensors pass for heard ones.
 */
export class SteadyClock implements Clock {
  private lastMs: number;
  private lastMonotonicMs: number;

  constructor(
    private readonly wallMs: () => number = () => Date.now(),
    private readonly monotonicMs: () => number = () => performance.now(),
  ) {
    this.lastMs = wallMs();
    this.lastMonotonicMs = monotonicMs();
  }

  /**
   * Time goes on from `at` when the wall clock is behind it: it was set back while the program was away. Without it
   * journal time would stand still until the wall has caught up, and silence would not show.
   */
  carryOnFrom(at: Millis): void {
    this.lastMs = Math.max(this.lastMs, at);
  }

  now(): Millis {
    const monotonicMs = this.monotonicMs();
    const carriedOnMs = this.lastMs + (monotonicMs - this.lastMonotonicMs);
    this.lastMs = Math.max(this.wallMs(), carriedOnMs);
    this.lastMonotonicMs = monotonicMs;
    return Math.floor(this.lastMs);
  }
}
