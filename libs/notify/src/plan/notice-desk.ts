import type { Clock } from '@anmai/kernel';
import type { Notice } from '../notice';
import { ADD_DRAFTS_MAX, type NotificationOutbox } from '../outbox/notification-outbox.port';
import { FLOOD, underFlood, type FloodLimits } from './flood';
import { planNotice, type Plan, type PlanGap } from './plan';
import { planReminders, type Unanswered } from './reminders';
import type { Directory } from './route';

export interface NoticeDeskOptions {
  readonly outbox: NotificationOutbox;
  readonly clock: Clock;
  readonly flood?: FloodLimits;
}

export interface Taken {
  /** New messages in the outbox. */
  readonly added: number;
  readonly gaps: readonly PlanGap[];
}

/**
 * Brings changes into the outbox. Each call may be repeated after a crash: keys make what is there already land once. Calls
 * come one after the other, so that the flood limit counts what the call before has added.
 */
export class NoticeDesk {
  constructor(private readonly options: NoticeDeskOptions) {}

  /** Durable once resolved; only then may the caller forget the change. */
  async take(notice: Notice, directory: Directory): Promise<Taken> {
    const told = notice.kind === 'start' ? [] : await this.options.outbox.told(notice.subjectId);
    return this.add(planNotice(notice, told, directory, this.options.clock.now()));
  }

  /** To be called every few seconds with all that is open and unanswered. */
  async remind(open: readonly Unanswered[], directory: Directory): Promise<Taken> {
    return this.add(planReminders(open, directory, this.options.clock.now()));
  }

  private async add(plan: Plan): Promise<Taken> {
    const { outbox, clock, flood = FLOOD } = this.options;
    const at = clock.now();
    // What is there already must not count towards the flood a second time.
    const known = await outbox.known(plan.drafts.map(draft => draft.key));
    const fresh = plan.drafts.filter(draft => !known.has(draft.key));
    if (fresh.length === 0) return { added: 0, gaps: plan.gaps };
    const drafts = underFlood(fresh, await outbox.recentCounts(at - flood.windowMs), at, flood);
    let added = 0;
    for (let i = 0; i < drafts.length; i += ADD_DRAFTS_MAX)
      added += await outbox.add(drafts.slice(i, i + ADD_DRAFTS_MAX), at);
    return { added, gaps: plan.gaps };
  }
}
