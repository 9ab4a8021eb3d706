import { Inject, Injectable } from '@nestjs/common';
import type { OperatorAction, Verdict } from '@anmai/alarms';
import type { Clock, Millis } from '@anmai/kernel';
import type { Principal } from '@anmai/nest';
import type { AlarmDetail, Records } from '@anmai/postgres';
import type { AlarmShape } from '@anmai/wire';
import { absent } from '../absent';
import { newId } from '../new-id';
import { CLOCK, LIVE, LIVE_STATE, RECORDS, type LiveFeed, type LiveState } from '../ports';
import { alarmShape } from './alarm-shape';

/** What somebody wants to do to an alarm. */
export interface Act {
  readonly kind: OperatorAction['kind'];
  readonly note?: string | null | undefined;
  /** Default: the newest change. */
  readonly seenN?: number | undefined;
  readonly until?: Millis;
  readonly verdict?: Verdict;
}

/** Does to an alarm what may be done to it, and shows it to everybody at once. */
@Injectable()
export class AlarmActs {
  constructor(
    @Inject(RECORDS) private readonly records: Records,
    @Inject(LIVE) private readonly live: LiveFeed,
    @Inject(LIVE_STATE) private readonly now: LiveState,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  take(alarmId: string, act: Act, caller: Principal): Promise<AlarmShape> {
    return this.takeAll(alarmId, [act], caller);
  }

  /** All or nothing. Rejects with ALM-nnn where the last one may not be done, saying what to do instead. */
  async takeAll(alarmId: string, acts: readonly Act[], caller: Principal): Promise<AlarmShape> {
    const present = (await this.records.alarms.get(alarmId, caller.within)) ?? absent('alarm', alarmId);
    const at = this.clock.now();
    const actions = acts.map(act => this.actionOf(act, present, caller, at));
    const alarm = await this.records.alarms.act(actions, caller.within);
    const data = alarmShape(alarm);
    // The other operators see at once that someone is on it.
    if (alarm.revision > present.revision) {
      this.live.publish({ name: 'alarm', orgId: alarm.orgId, data });
    }
    return data;
  }

  private actionOf(act: Act, present: AlarmDetail, caller: Principal, at: Millis): OperatorAction {
    const { kind, note, seenN, until, verdict } = act;
    return {
      id: newId('action'),
      alarmId: present.id,
      kind,
      actor: caller.username,
      at,
      note: note ?? null,
      seenN: seenN ?? present.lastN,
      ...(until === undefined ? {} : { until }),
      ...(verdict === undefined ? {} : { verdict }),
      ...(kind === 'closed' ? { clearReadings: this.clearReadings(present) } : {}),
    };
  }

  /** Counted by the monitor, which knows what is normal by the rule in force; after a start it counts anew. */
  private clearReadings({ sensorId, ruleId, clearedAt }: AlarmDetail): number {
    return clearedAt === null ? 0 : this.now.clearReadings(sensorId, ruleId, clearedAt);
  }
}
