/** Lets `ratePerSecond` through on average and `burst` at once. Instants come in from a monotonic clock. */
export class TokenBucket {
  #tokens: number;
  #filledAtMs: number;

  constructor(
    private readonly ratePerSecond: number,
    private readonly burst: number,
    nowMs: number,
  ) {
    this.#tokens = burst;
    this.#filledAtMs = nowMs;
  }

  /** Takes one token; false when there is none. */
  take(nowMs: number): boolean {
    const filled = this.#tokens + ((nowMs - this.#filledAtMs) * this.ratePerSecond) / 1_000;
    this.#filledAtMs = nowMs;
    this.#tokens = filled > this.burst ? this.burst : filled;
    if (this.#tokens < 1) return false;
    this.#tokens -= 1;
    return true;
  }

  /** Milliseconds until the next token, as of the last `take`; 0 when there is one. */
  waitMs(): number {
    return this.#tokens >= 1 ? 0 : ((1 - this.#tokens) * 1_000) / this.ratePerSecond;
  }
}
