import type { Clock, Millis } from '@anmai/kernel';
import {
  NoticeDesk,
  PlanFault,
  planning,
  planReminders,
  type Directory,
  type PlanGap,
  type Unanswered,
} from '@anmai/notify';
import {
  INCIDENTS_AT_ONCE,
  type GapRecord,
  type Records,
  type ToldChange,
  type ToldIncident,
} from '@anmai/postgres';
import type { Turn } from '../core/retry-loop';
import { noticeOfChange } from './change-notice';
import { newestOfEach, noticesOfTold } from './incident-notices';

/** Changes of one turn: far less than half a minute of work, after which the records would take them back. */
export const CHANGES_AT_ONCE = 50;
/** How often what nobody has answered is looked at. */
export const REMIND_EVERY_MS = 10_000;
/** Unanswered alarms that are looked at, worst first. */
export const UNANSWERED_MAX = 5_000;

export interface NoticeClerkOptions {
  readonly records: Pick<Records, 'noticeFeed' | 'notifyPeople' | 'notifications'>;
  readonly clock: Clock;
  readonly utcOffsetMs: number;
  /** There are new messages. */
  readonly added: (count: number) => void;
  readonly gaps: (gaps: readonly PlanGap[]) => void;
  /**
   * A change of which no message can be planned, whatever is tried: a bug of ours. It is passed over, so that others are told.
   * null: the look at what nobody has answered.
   */
  readonly untellable: (change: ToldChange | ToldIncident | null, error: unknown) => void;
}

/** Turns changes of alarms and incidents into messages, each once, whatever ends in between. */
export class NoticeClerk {
  private readonly desk: NoticeDesk;
  private remindedAt: Millis | null = null;

  constructor(private readonly options: NoticeClerkOptions) {
    const { records, clock } = options;
    this.desk = new NoticeDesk({ outbox: records.notifications, clock });
  }

  /** One look at what is new and, now and then, at what nobody has answered; one process at a time. */
  async turn(): Promise<Turn> {
    const { noticeFeed } = this.options.records;
    let isFull = false;
    let reminding = Promise.resolve();
    await noticeFeed.take(CHANGES_AT_ONCE, async (changes, incidents) => {
      isFull = changes.length === CHANGES_AT_ONCE || incidents.length === INCIDENTS_AT_ONCE;
      const now = this.options.clock.now();
      const isDue = this.remindedAt === null || now - this.remindedAt >= REMIND_EVERY_MS;
      if (changes.length + incidents.length === 0 && !isDue) return;
      const directory = await this.tellAll(changes, incidents);
      if (isDue) reminding = this.remindAll(directory, now);
      // What is new is told by now, and forgotten even when the reminders fail; those are tried again with the next turn.
      await Promise.allSettled([reminding]);
    });
    await reminding;
    return isFull ? 'more' : 'idle';
  }

  private async tellAll(
    changes: readonly ToldChange[],
    incidents: readonly ToldIncident[],
  ): Promise<Directory> {
    const { records, utcOffsetMs } = this.options;
    const directory = { ...(await records.notifyPeople.people()), utcOffsetMs };
    // Incidents first: whoever hears of one need not hear of each of its alarms.
    for (const each of newestOfEach(incidents)) await this.tellIncident(each, directory);
    for (const change of changes) await this.tell(change, directory);
    return directory;
  }

  private async remindAll(directory: Directory, now: Millis): Promise<void> {
    await this.passingOver(null, () => this.remind(directory, now));
    this.remindedAt = now;
  }

  private tell(told: ToldChange, directory: Directory): Promise<void> {
    return this.passingOver(told, async () => {
      const notice = planning(() => noticeOfChange(told));
      const { added, gaps } = await this.desk.take(notice, directory, told.incidentId);
      await this.noteGaps(gaps, told);
      if (added > 0) this.options.added(added);
    });
  }

  private tellIncident(told: ToldIncident, directory: Directory): Promise<void> {
    return this.passingOver(told, async () => {
      for (const each of planning(() => noticesOfTold(told))) {
        const { added, gaps } = await this.desk.takeIncident(each, directory);
        await this.keepGaps(gaps, { alarmId: null, incidentId: told.row.id, orgPath: told.orgPath });
        if (added > 0) this.options.added(added);
      }
    });
  }

  /**
   * Passes over what fails in planning alone: that is pure, fails each time, and must not hold up the rest. Whatever the records
   * or the outbox say, be it a refusal, is thrown, so that the turn is repeated and nothing of it is forgotten untold.
   */
  private async passingOver(
    about: ToldChange | ToldIncident | null,
    work: () => Promise<void>,
  ): Promise<void> {
    try {
      await work();
    } catch (error) {
      if (!(error instanceof PlanFault)) throw error;
      this.options.untellable(about, error.cause);
    }
  }

  private async remind(directory: Directory, now: Millis): Promise<void> {
    if (directory.routes.every(route => route.tiers.length < 2)) return;
    const open = await this.options.records.noticeFeed.unanswered(UNANSWERED_MAX);
    const unanswered = planning(() =>
      open.map((told): Unanswered & { readonly told: ToldChange } => ({
        notice: noticeOfChange(told),
        noticedAt: told.change.noticedAt,
        told,
      })),
    );
    const { added } = await this.desk.remind(unanswered, directory);
    for (const each of unanswered) {
      const { gaps } = planning(() => planReminders([each], directory, now));
      await this.noteGaps(gaps, each.told);
    }
    if (added > 0) this.options.added(added);
  }

  private noteGaps(gaps: readonly PlanGap[], { change, orgPath }: ToldChange): Promise<void> {
    return this.keepGaps(gaps, { alarmId: change.alarmId, incidentId: null, orgPath });
  }

  private async keepGaps(
    gaps: readonly PlanGap[],
    about: Pick<GapRecord, 'alarmId' | 'incidentId' | 'orgPath'>,
  ): Promise<void> {
    if (gaps.length === 0) return;
    const at = this.options.clock.now();
    const rows = gaps.map((gap): GapRecord => ({ ...gap, at, ...about }));
    await this.options.records.noticeFeed.noteGaps(rows);
    this.options.gaps(gaps);
  }
}
