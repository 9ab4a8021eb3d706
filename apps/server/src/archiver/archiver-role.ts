import type { BeforeApplicationShutdown, OnApplicationBootstrap } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { DAY_MS } from '@anmai/kernel';
import type { Records } from '@anmai/postgres';
import type { RetentionPolicy } from '@anmai/readings';
import type { Core } from '../core/core';
import { within } from '../core/within';
import { Archiver } from './archiver';
import { QuarantineClerk } from './quarantine-clerk';

/** Raw readings for 400 days (a year can be compared with the one before), minutes for three years, the rest for ever. */
export const RETENTION: RetentionPolicy = {
  rawMs: 400 * DAY_MS,
  minuteMs: 3 * 366 * DAY_MS,
  hourMs: null,
  dayMs: null,
};

const ROLL_UP_REST_FACTOR = 9;
/** The journal keeps what is not archived by then. */
const STOP_MS_MAX = 2_000;

/** Journal to reading store, and quarantine notes to the records. */
export class ArchiverRole implements OnApplicationBootstrap, BeforeApplicationShutdown {
  readonly archiver: Archiver;
  private readonly clerk: QuarantineClerk;
  private upkeep: Promise<void> = Promise.resolve();
  private rollUpNotBeforeMs = 0;

  constructor(
    private readonly core: Core,
    records: Records,
  ) {
    const { journal, store, clock, parts } = core;
    this.archiver = new Archiver(journal, store, clock, parts.readings);
    this.clerk = new QuarantineClerk(journal, records.quarantine, parts.records);
  }

  onApplicationBootstrap(): void {
    this.archiver.start();
    this.clerk.start();
  }

  async beforeApplicationShutdown(): Promise<void> {
    // A rollup may take a minute, and what is missing is made up for after the start.
    await within(STOP_MS_MAX, this.upkeep);
    await within(STOP_MS_MAX, Promise.all([this.archiver.stop(), this.clerk.stop()]));
  }

  /** Every minute, or less often where it takes long: rollups may have a tenth of the store's time, not all of it. */
  @Interval(60_000)
  rollUp(): Promise<void> {
    if (performance.now() < this.rollUpNotBeforeMs) return Promise.resolve();
    return this.inTurn(async () => {
      const sinceMs = performance.now();
      await this.archiver.rollUp();
      const tookMs = performance.now() - sinceMs;
      this.rollUpNotBeforeMs = performance.now() + tookMs * ROLL_UP_REST_FACTOR;
    });
  }

  @Interval(5_000)
  probe(): Promise<void> {
    return this.inTurn(() => this.archiver.probe());
  }

  @Interval(3_600_000)
  enforceRetention(): Promise<void> {
    return this.inTurn(() => this.core.store.enforceRetention(RETENTION, this.core.clock.now()));
  }

  /** One piece of upkeep at a time; a failure is told and made up for at the next. */
  private inTurn(work: () => Promise<void>): Promise<void> {
    this.upkeep = this.upkeep.then(work).catch((error: unknown) => this.core.parts.readings.failed(error));
    return this.upkeep;
  }
}
