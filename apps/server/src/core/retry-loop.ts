import { Backoff } from './backoff';

/** What one turn of a loop found: `more` work at once, `idle` until woken. */
export type Turn = 'more' | 'idle';

export interface RetryLoopOptions {
  readonly turn: () => Promise<Turn>;
  readonly failed: (error: unknown) => void;
  /** After a wake the loop waits so long, to find a batch instead of a single item. */
  readonly lingerMs: number;
  readonly retryFirstMs?: number;
  readonly retryMostMs?: number;
}

/**
 * Runs `turn` again and again: at once while there is more, after `wake` when idle, after a growing wait when it failed.
 * Never two turns at a time; never gives up.
 */
export class RetryLoop {
  private timer: NodeJS.Timeout | null = null;
  private current: Promise<void> | null = null;
  private woken = false;
  private stopped = true;
  private failing = false;
  private readonly backoff: Backoff;

  constructor(private readonly options: RetryLoopOptions) {
    this.backoff = new Backoff(options.retryFirstMs ?? 100, options.retryMostMs ?? 5_000);
  }

  start(): void {
    this.stopped = false;
    this.wake();
  }

  wake(): void {
    this.woken = true;
    if (this.stopped || this.current !== null || this.timer !== null) return;
    this.schedule(this.options.lingerMs);
  }

  /** Ends after the turn under way. */
  async stop(): Promise<void> {
    this.stopped = true;
    if (this.timer !== null) clearTimeout(this.timer);
    this.timer = null;
    await this.current;
  }

  /** Turns until idle, or until one fails; for a clean stop. Only after `stop`. */
  async drain(): Promise<void> {
    try {
      while ((await this.options.turn()) === 'more') {
        // Until nothing is left.
      }
    } catch (error) {
      this.options.failed(error);
    }
  }

  private schedule(waitMs: number): void {
    this.timer = setTimeout(() => {
      this.timer = null;
      this.current = this.run().finally(() => {
        this.current = null;
        if (!this.stopped && (this.failing || this.woken))
          this.schedule(this.failing ? this.backoff.next() : this.options.lingerMs);
      });
    }, waitMs);
  }

  private async run(): Promise<void> {
    this.woken = false;
    try {
      while (!this.stopped && (await this.options.turn()) === 'more') {
        // At once: there is a backlog.
      }
      this.failing = false;
      this.backoff.reset();
    } catch (error) {
      this.failing = true;
      this.options.failed(error);
    }
  }
}
