/** At most `max` things at once; who comes later waits, first come, first served. */
export class Slots {
  private taken = 0;
  private readonly waiting: (() => void)[] = [];
  private readonly idle: (() => void)[] = [];

  constructor(readonly max: number) {}

  get inUse(): number {
    return this.taken;
  }

  async take(): Promise<void> {
    if (this.taken < this.max) {
      this.taken += 1;
      return;
    }
    // Whoever gives a slot back hands it on, so that `taken` stays as it is.
    await new Promise<void>(resolve => this.waiting.push(resolve));
  }

  give(): void {
    const next = this.waiting.shift();
    if (next !== undefined) {
      next();
      return;
    }
    this.taken -= 1;
    if (this.taken === 0) for (const wake of this.idle.splice(0)) wake();
  }

  /** Resolves once no slot is taken. */
  async drained(): Promise<void> {
    if (this.taken > 0) await new Promise<void>(resolve => this.idle.push(resolve));
  }
}

/** Runs `work` over all items, at most `max` at once. Rejects with the first failure, after the running ones ended. */
export async function eachBounded<T>(
  items: readonly T[],
  max: number,
  work: (item: T) => Promise<void>,
): Promise<void> {
  let next = 0;
  const failures: unknown[] = [];
  const lane = async (): Promise<void> => {
    while (next < items.length && failures.length === 0) {
      const item = items[next] as T;
      next += 1;
      try {
        await work(item);
      } catch (error) {
        failures.push(error);
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(max, items.length) }, lane));
  if (failures.length > 0) throw failures[0];
}
