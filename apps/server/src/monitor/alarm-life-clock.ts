import { Interval } from '@nestjs/schedule';
import type { Clock } from '@anmai/kernel';
import type { AlarmDetail, Alarms } from '@anmai/postgres';
import { alarmShape, type LiveFeed } from '../api';

/** How often time is looked at: a shelf ends at most so much late on the page. */
const LOOK_MS = 1_000;
/** Alarms looked at in one transaction, and transactions of one look: the monitor's own writes come in between. */
const DUE_MAX = 200;
const TURNS_MAX = 20;
const FOLLOWED_MAX = 200;

export interface AlarmLifeClockOptions {
  readonly alarms: Pick<Alarms, 'passTime' | 'changedSince' | 'newestRevision'>;
  readonly live: Pick<LiveFeed, 'publish' | 'subscribe'>;
  readonly clock: Clock;
  /** Moves time in the records; the other processes only follow what it wrote. */
  readonly inCharge: boolean;
  readonly isUp: () => boolean;
  readonly failed: (error: unknown) => void;
}

/**
 * What time does to alarms (a shelf that ends, a re-alarm, a window, a cause that is gone) reaches the live stream
 * without anybody asking. The process in charge looks at what is due; each process shows its own clients what the
 * records have that was not on its stream yet, so acts in other processes come that way too.
 */
export class AlarmLifeClock {
  private sinceRevision: number | null = null;
  /** Newest revision on our stream, by alarm; forgotten once `sinceRevision` has passed it. */
  private readonly told = new Map<string, number>();
  private looking = false;

  constructor(private readonly options: AlarmLifeClockOptions) {
    options.live.subscribe({ sensorIds: new Set() }, event => {
      if (event.name === 'alarm') this.told.set(event.data.id, event.data.revision ?? 0);
    });
  }

  @Interval(LOOK_MS)
  async look(): Promise<void> {
    const { isUp, failed } = this.options;
    if (this.looking || !isUp()) return;
    this.looking = true;
    try {
      await this.turn();
    } catch (error) {
      failed(error);
    } finally {
      this.looking = false;
    }
  }

  private async turn(): Promise<void> {
    const { alarms, clock, inCharge } = this.options;
    this.sinceRevision ??= await alarms.newestRevision();
    if (inCharge) await inTurns(async () => (await alarms.passTime(clock.now(), DUE_MAX)) === DUE_MAX);
    await inTurns(() => this.follow());
  }

  private async follow(): Promise<boolean> {
    const changed = await this.options.alarms.changedSince(this.sinceRevision!, FOLLOWED_MAX);
    for (const alarm of changed) if (!this.isTold(alarm)) this.publish(alarm);
    const last = changed.at(-1);
    if (last === undefined) return false;
    this.sinceRevision = last.revision;
    for (const [id, revision] of this.told) if (revision <= last.revision) this.told.delete(id);
    return changed.length === FOLLOWED_MAX;
  }

  private isTold({ id, revision }: AlarmDetail): boolean {
    return (this.told.get(id) ?? 0) >= revision;
  }

  private publish(alarm: AlarmDetail): void {
    this.options.live.publish({ name: 'alarm', orgId: alarm.orgId, data: alarmShape(alarm) });
  }
}

async function inTurns(turn: () => Promise<boolean>): Promise<void> {
  for (let i = 0; i < TURNS_MAX; i += 1) if (!(await turn())) return;
}
