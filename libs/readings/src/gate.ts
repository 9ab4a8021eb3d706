import { AppError } from '@anmai/kernel';
import { READING_ERRORS } from './errors';

/** Lets a bounded number of tasks run at once and a bounded number wait, in order of arrival. */
export class Gate {
  private running = 0;
  private readonly waiting: (() => void)[] = [];
  private readonly watchers: (() => void)[] = [];

  constructor(
    private readonly atOnceMax: number,
    private readonly waitingMax: number,
  ) {}

  /** Rejects with RDG-009 when too many wait already; otherwise settles as the task does. */
  async run<T>(task: () => Promise<T>): Promise<T> {
    if (this.running >= this.atOnceMax) {
      if (this.waiting.length >= this.waitingMax) {
        throw new AppError(READING_ERRORS.busy, {
          waiting: this.waiting.length,
          waitingMax: this.waitingMax,
        });
      }
      // Whoever leaves hands its place on, so `running` stays as it is.
      await new Promise<void>(enter => this.waiting.push(enter));
    } else this.running += 1;
    try {
      return await task();
    } finally {
      const next = this.waiting.shift();
      if (next === undefined) this.running -= 1;
      else next();
      if (this.running === 0) this.watchers.splice(0).forEach(wake => wake());
    }
  }

  /** Resolves when no task runs or waits. */
  async drained(): Promise<void> {
    if (this.running > 0) await new Promise<void>(wake => this.watchers.push(wake));
  }
}
