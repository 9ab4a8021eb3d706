import type { Clock } from '@anmai/kernel';
import type { Notice } from '../notice';
import { ADD_DRAFTS_MAX, type NotificationOutbox } from '../outbox/notification-outbox.port';
import { FLOOD, underFlood, type FloodLimits } from './flood';
import { planNotice, type Plan, type PlanGap } from './plan';
import { planning } from './plan-fault';
import { planIncident, type IncidentNotice } from './plan-incident';
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
 * come one after the other, so that the flood limit counts what the call before has added. A PlanFault is the only error that the
 * same call would give again; any other is the outbox, and the call is to be repeated.
 */
export class NoticeDesk {
  constructor(private readonly options: NoticeDeskOptions) {}

  /**
   * Durable once resolved; only then may the caller forget the change. `incidentId`: what the alarm belongs to, as far as
   * is known; whoever was told of that is not told of each of its alarms.
   */
  async take(notice: Notice, directory: Directory, incidentId: string | null = null): Promise<Taken> {
    const { outbox, clock } = this.options;
    const told = notice.kind === 'start' ? [] : await outbox.told(notice.subjectId);
    const ofIncident = incidentId === null ? null : await outbox.told(incidentId);
    const knowing = ofIncident === null ? null : new Set(ofIncident.map(each => each.recipientId));
    return this.add(planning(() => planNotice(notice, told, directory, clock.now(), knowing)));
  }

  /** As `take`, of an incident. */
  async takeIncident(incident: IncidentNotice, directory: Directory): Promise<Taken> {
    const { outbox, clock } = this.options;
    const { takenInId } = incident.aim;
    const own = await outbox.told(incident.notice.subjectId);
    const takenIn = takenInId === null ? [] : await outbox.told(takenInId);
    return this.add(planning(() => planIncident(incident, { own, takenIn }, directory, clock.now())));
  }

  /** To be called every few seconds with all that is open and unanswered. */
  async remind(open: readonly Unanswered[], directory: Directory): Promise<Taken> {
    return this.add(planning(() => planReminders(open, directory, this.options.clock.now())));
  }

  private async add(plan: Plan): Promise<Taken> {
    const { outbox, clock, flood = FLOOD } = this.options;
    const at = clock.now();
    // What is there already must not count towards the flood a second time.
    const known = await outbox.known(plan.drafts.map(draft => draft.key));
    const fresh = plan.drafts.filter(draft => !known.has(draft.key));
    if (fresh.length === 0) return { added: 0, gaps: plan.gaps };
    const recent = await outbox.recentCounts(at - flood.windowMs);
    const drafts = planning(() => underFlood(fresh, recent, at, flood));
    let added = 0;
    for (let i = 0; i < drafts.length; i += ADD_DRAFTS_MAX)
      added += await outbox.add(drafts.slice(i, i + ADD_DRAFTS_MAX), at);
    return { added, gaps: plan.gaps };
  }
}
