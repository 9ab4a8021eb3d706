import { Interval } from '@nestjs/schedule';
import { HAZARD_RUNGS, hazardTimers, type HazardTerms, type HazardTimer } from '@anmai/lifecycle';
import { LIST_LIMIT_MAX, type HazardRow, type Records } from '@anmai/postgres';
import type { Millis } from '@anmai/kernel';
import type { Core } from '../core/core';

const ALARM_LOOK_MS = 2_000;
const HAZARD_LOOK_MS = 30_000;
/** Overdue things that this process has noted; beyond it is noted again, which changes nothing. */
const NOTED_MAX = 50_000;

type Look = 'alarms' | 'hazards';

interface WatchClockCore {
  readonly clock: Core['clock'];
  readonly parts: { readonly records: Pick<Core['parts']['records'], 'up' | 'failed'> };
}

interface WatchClockRecords {
  readonly hazards: Pick<Records['hazards'], 'list' | 'terms' | 'noteOverdue'>;
  readonly watches: Pick<Records['watches'], 'tellAlarms'>;
}

/**
 * Looks at alarms of watched buildings, and at what people owe to hazards. Duty lists, demanded check-ups and rungs of the
 * escalation follow from the records, so a restart or a night without the program leaves nothing out.
 */
export class WatchClock {
  /** A look that takes long holds up its own next one, never the other kind. */
  private readonly looking = new Set<Look>();
  private readonly noted = new Set<string>();

  constructor(
    private readonly core: WatchClockCore,
    private readonly records: WatchClockRecords,
  ) {}

  @Interval(ALARM_LOOK_MS)
  lookAtAlarms(): Promise<void> {
    return this.alone('alarms', async () => {
      await this.records.watches.tellAlarms(this.core.clock.now());
    });
  }

  @Interval(HAZARD_LOOK_MS)
  lookAtHazards(): Promise<void> {
    return this.alone('hazards', () => this.noteOverdue());
  }

  private async alone(kind: Look, look: () => Promise<void>): Promise<void> {
    if (this.looking.has(kind) || !this.core.parts.records.up) return;
    this.looking.add(kind);
    try {
      await look();
    } catch (error) {
      this.core.parts.records.failed(error);
    } finally {
      this.looking.delete(kind);
    }
  }

  /** Page by page through all of them: what is overdue stays so, and the oldest must not hide the rest. */
  private async noteOverdue(): Promise<void> {
    const { hazards } = this.records;
    const now = this.core.clock.now();
    if (this.noted.size > NOTED_MAX) this.noted.clear();
    let terms: HazardTerms | null = null;
    let cursor: string | null = null;
    do {
      const page = await hazards.list({ state: 'overdue', now, limit: LIST_LIMIT_MAX, cursor }, null);
      if (page.items.length === 0) return;
      terms ??= await hazards.terms();
      for (const hazard of page.items) await this.noteHazard(hazard, terms, now);
      cursor = page.nextCursor;
    } while (cursor !== null);
  }

  private async noteHazard(hazard: HazardRow, terms: HazardTerms, now: Millis): Promise<void> {
    const keyOf = ({ kind, dueAt, escalateTo }: HazardTimer): string =>
      `${hazard.id} ${kind} ${dueAt} ${escalateTo}`;
    const fresh = hazardTimers(hazard, terms, now)
      .flatMap(rungsOf)
      .filter(timer => !this.noted.has(keyOf(timer)));
    if (fresh.length === 0) return;
    await this.records.hazards.noteOverdue(hazard, fresh, now);
    // Only what the records hold: a write that failed is tried again with the next look.
    for (const timer of fresh) this.noted.add(keyOf(timer));
  }
}

/** Every rung that was reached, the lowest first: after an outage nobody is left out whose turn came meanwhile. */
const rungsOf = (timer: HazardTimer): HazardTimer[] =>
  timer.escalateTo === null
    ? []
    : HAZARD_RUNGS.slice(0, HAZARD_RUNGS.indexOf(timer.escalateTo) + 1).map(escalateTo => ({
        ...timer,
        escalateTo,
      }));
