import type { FakeClock } from '@anmai/testing';
import type { Timers } from '../dispatch/timers';

interface Waiting {
  readonly at: number;
  readonly run: () => void;
}

/** Timers that run when a test lets time pass, in the order of their time; moves the clock along. */
export class ManualTimers implements Timers {
  #waiting: Waiting[] = [];

  constructor(private readonly clock: FakeClock) {}

  after(ms: number, run: () => void): () => void {
    const waiting = { at: this.clock.now() + ms, run };
    this.#waiting.push(waiting);
    return () => void (this.#waiting = this.#waiting.filter(each => each !== waiting));
  }

  /** How many wait. */
  get size(): number {
    return this.#waiting.length;
  }

  async advance(ms: number): Promise<void> {
    const until = this.clock.now() + ms;
    await settled();
    for (;;) {
      const next = this.#waiting.filter(each => each.at <= until).sort((a, b) => a.at - b.at)[0];
      if (next === undefined) break;
      this.#waiting = this.#waiting.filter(each => each !== next);
      this.clock.set(Math.max(next.at, this.clock.now()));
      next.run();
      await settled();
    }
    this.clock.set(Math.max(until, this.clock.now()));
    await settled();
  }
}

/** Lets every promise that can go on do so. */
export const settled = (): Promise<void> => new Promise(resolve => void setImmediate(resolve));
