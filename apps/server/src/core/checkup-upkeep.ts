import { Interval } from '@nestjs/schedule';
import { dateAt } from '@anmai/lifecycle';
import type { Records } from '@anmai/postgres';
import type { Core } from './core';

/** Reckons anew, in the background, when check-ups are due of buildings that changed: after an import, many at once. */
export class CheckupUpkeep {
  private busy = false;
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
    } catch (error) {
      this.core.parts.records.failed(error);
    } finally {
      this.busy = false;
    }
  }
}
