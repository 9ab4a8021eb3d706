import type { Millis } from '@anmai/kernel';

export interface PaceLimits {
  /** At once, after a pause. */
  readonly burst: number;
  readonly perMinute: number;
}

/** Lets at most `burst + perMinute` messages through in any minute. */
export class Pace {
  #tokens: number;
  #filledAt: Millis;

  constructor(
    private readonly limits: PaceLimits,
    now: Millis,
  ) {
    this.#tokens = limits.burst;
    this.#filledAt = now;
  }

  /** How many may go now. */
  room(now: Millis): number {
    // A clock that was set back must not take away what is there.
    const elapsedMs = Math.max(0, now - this.#filledAt);
    this.#tokens = Math.min(this.limits.burst, this.#tokens + (elapsedMs * this.limits.perMinute) / 60_000);
    this.#filledAt = now;
    return Math.floor(this.#tokens);
  }

  take(count: number): void {
    this.#tokens -= count;
  }
}
