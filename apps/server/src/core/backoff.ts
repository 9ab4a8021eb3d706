/** Waits that double from `firstMs` up to `mostMs`; `reset` after a success. */
export class Backoff {
  private nextMs: number;

  constructor(
    private readonly firstMs: number,
    private readonly mostMs: number,
  ) {
    this.nextMs = firstMs;
  }

  next(): number {
    const waitMs = this.nextMs;
    this.nextMs = Math.min(this.nextMs * 2, this.mostMs);
    return waitMs;
  }

  reset(): void {
    this.nextMs = this.firstMs;
  }
}
