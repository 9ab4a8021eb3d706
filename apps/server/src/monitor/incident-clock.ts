import { Interval } from '@nestjs/schedule';
import { dueRungs } from '@anmai/alarms';
import type { Records } from '@anmai/postgres';
import { incidentShape } from '../api';
import type { Core } from '../core/core';

const LOOK_MS = 5_000;

/**
 * Looks at what people owe open incidents. What is overdue is noted once for each rung of the ladder and told to all
 * pages; a restart or a night without the program leaves no rung out, since all that were reached follow from the records.
 */
export class IncidentClock {
  private isLooking = false;

  constructor(
    private readonly core: Core,
    private readonly records: Records,
  ) {}

  @Interval(LOOK_MS)
  async look(): Promise<void> {
    if (this.isLooking || !this.core.parts.records.up) return;
    this.isLooking = true;
    try {
      await this.lookAtAll();
    } catch (error) {
      this.core.parts.records.failed(error);
    } finally {
      this.isLooking = false;
    }
  }

  private async lookAtAll(): Promise<void> {
    const { clock, live } = this.core;
    for (const row of await this.records.incidents.open()) {
      const now = clock.now();
      const overdue = dueRungs(row.disposal, now);
      if (overdue.length === 0) continue;
      const noted = await this.records.incidents.noteOverdue(row.id, overdue, now);
      if (noted === 0) continue;
      live.publish({ name: 'incident', orgIds: row.orgIds, data: incidentShape(row, now) });
    }
  }
}
