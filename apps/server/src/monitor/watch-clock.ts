import { Interval } from '@nestjs/schedule';
import { hazardTimers } from '@anmai/lifecycle';
import type { Records } from '@anmai/postgres';
import type { Core } from '../core/core';

const ALARM_LOOK_MS = 2_000;
const HAZARD_LOOK_MS = 30_000;
/** Overdue things that this process has noted; beyond it is noted again, which changes nothing. */
const NOTED_MAX = 50_000;

/**
 * Looks at alarms of watched buildings, and at what people owe to hazards. Duty lists, demanded check-ups and rungs of the
 * escalation follow from the records, so a restart or a night without the program leaves nothing out.
 */
export class WatchClock {
  private isLooking = false;
  private readonly noted = new Set<string>();

  constructor(
    private readonly core: Core,
    private readonly records: Records,
  ) {}

  @Interval(ALARM_LOOK_MS)
  lookAtAlarms(): Promise<void> {
    return this.alone(async () => {
      await this.records.watches.tellAlarms(this.core.clock.now());
    });
  }

  @Interval(HAZARD_LOOK_MS)
  lookAtHazards(): Promise<void> {
    return this.alone(() => this.noteOverdue());
  }

  private async alone(look: () => Promise<void>): Promise<void> {
    if (this.isLooking || !this.core.parts.records.up) return;
    this.isLooking = true;
    try {
      await look();
    } catch (error) {
      this.core.parts.records.failed(error);
    } finally {
      this.isLooking = false;
    }
  }

  private async noteOverdue(): Promise<void> {
    const { hazards } = this.records;
    const now = this.core.clock.now();
    const due = await hazards.due(now);
    if (due.length === 0) return;
    const terms = await hazards.terms();
    if (this.noted.size > NOTED_MAX) this.noted.clear();
    for (const hazard of due) {
      const fresh = hazardTimers(hazard, terms, now).filter(({ kind, dueAt, escalateTo }) => {
        const key = `${hazard.id} ${kind} ${dueAt} ${escalateTo}`;
        if (escalateTo === null || this.noted.has(key)) return false;
        this.noted.add(key);
        return true;
      });
      if (fresh.length > 0) await hazards.noteOverdue(hazard, fresh, now);
    }
  }
}
