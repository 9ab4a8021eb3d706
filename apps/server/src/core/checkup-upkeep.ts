import { Interval } from '@nestjs/schedule';
import { dateAt } from '@anmai/lifecycle';
import { AppError } from '@anmai/kernel';
import type { Records } from '@anmai/postgres';
import type { Core } from './core';

/** Reckons anew, in the background, when check-ups are due of buildings that changed: after an import, many at once. */
export class CheckupUpkeep {
  private busy = false;
  private said: string | null = null;
  constructor(
    private readonly records: Records,
    private readonly core: Core,
    private readonly utcOffsetMs: number,
  ) {}

  @Interval(1_000)
  async catchUp(): Promise<void> {
    if (this.busy || !this.core.parts.records.up) return;
    this.busy = true;
    try {
      await this.records.checkupDues.refresh(
        dateAt(this.core.clock.now(), this.utcOffsetMs),
        this.utcOffsetMs,
      );
      this.said = null;
    } catch (error) {
      this.failed(error);
    } finally {
      this.busy = false;
    }
  }

  /** The records are down when they cannot be reached; a fault of the reckoning is no outage, and is said once. */
  private failed(error: unknown): void {
    if (error instanceof AppError && error.retryable) {
      this.core.parts.records.failed(error);
      return;
    }
    const reason = error instanceof Error ? error.message : String(error);
    if (reason !== this.said)
      this.core.log.error({ err: error }, 'due dates of check-ups cannot be reckoned');
    this.said = reason;
  }
}
