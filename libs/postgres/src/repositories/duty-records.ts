import { severityOfRank, severityRank } from '@anmai/catalog';
import { AppError, derivedId, ok, type Millis, type Result } from '@anmai/kernel';
import {
  dutyStanding,
  type BuildingEvent,
  type DutyCall,
  type DutyRefusal,
  type DutyRound,
} from '@anmai/lifecycle';
import type { Session } from '../database';
import { POSTGRES_ERRORS as E } from '../errors';
import type { CheckupDemand, DutyRow, Watches, WatchTold } from '../hazard-shapes';
import { toSqlInstant } from '../instants';
import { LIST_LIMIT_MAX, type Author, type Within } from '../record-shapes';
import { appendBuildingEvents } from './building-events';
import { knownBuilding, within as inScope } from './building-facts';
import { demandsByAlarms, nothingToTell, roundsByAlarms } from './duty-by-alarms';
import { appendAudit } from './trail';
import { WatchPlanRecords } from './watch-records';
import { selectRounds } from './watch-rows';

type Judge = (round: DutyRound) => Result<true, DutyRefusal>;

/** Monitoring plans, and what an alarm of a watched building brings: the duty list, and the demand of a check-up. */
export class WatchRecords extends WatchPlanRecords implements Watches {
  rounds(planId: string, within: Within): Promise<readonly DutyRow[]> {
    return this.database.read(session =>
      selectRounds(session, 'r.plan_id = $3', [planId], LIST_LIMIT_MAX, within),
    );
  }

  openRounds(within: Within): Promise<readonly DutyRow[]> {
    return this.database.read(session =>
      selectRounds(session, 'r.stood_down_at is null', [], LIST_LIMIT_MAX, within),
    );
  }

  async round(id: string, within: Within): Promise<DutyRow | null> {
    const [row] = await this.database.read(session => selectRounds(session, 'r.id = $3', [id], 1, within));
    return row ?? null;
  }

  call(roundId: string, call: DutyCall, judge: Judge, within: Within): Promise<Result<DutyRow, DutyRefusal>> {
    return this.database.write(async session => {
      const before = await knownRound(session, roundId, within);
      const answer = judge(before);
      if (!answer.ok) return answer;
      const { id, personId, at, by, outcome, note } = call;
      await session.query(
        `insert into duty_call (id, round_id, person_id, at, actor, outcome, note) values ($1, $2, $3, $4, $5, $6, $7)`,
        [id, roundId, personId, toSqlInstant(at), by, outcome, note],
      );
      const after = await knownRound(session, roundId, null);
      await this.told(session, after, by, 'called', { personId, outcome, note }, id);
      const wasComplete = dutyStanding(before, at).complete;
      if (!wasComplete && dutyStanding(after, at).complete)
        await this.told(session, after, by, 'evacuated', { people: dutyStanding(after, at).peopleOut }, id);
      return ok(after);
    });
  }

  standDown(roundId: string, note: string, judge: Judge, by: Author): Promise<Result<DutyRow, DutyRefusal>> {
    return this.database.write(async session => {
      const before = await knownRound(session, roundId, by.within);
      const answer = judge(before);
      if (!answer.ok) return answer;
      await session.query(
        'update duty_round set stood_down_at = $2, stood_down_by = $3, stood_down_note = $4 where id = $1',
        [roundId, toSqlInstant(this.database.clock.now()), by.actor, note],
      );
      await this.told(session, before, by.actor, 'stoodDown', { note }, roundId);
      return ok(await knownRound(session, roundId, null));
    });
  }

  async tellAlarms(now: Millis): Promise<WatchTold> {
    // Asked first without the lock: every two seconds there is nearly always nothing to tell.
    const isQuiet = await this.database.read(session => nothingToTell(session, now));
    if (isQuiet) return { rounds: 0, demands: 0 };
    return this.database.write(async session => {
      const rounds = await roundsByAlarms(session, now);
      const demands = await demandsByAlarms(session, now);
      for (const { id, buildingId, alarmId } of rounds) {
        await this.event(session, { id, buildingId }, 'system', 'dutyStarted', { alarmId }, id, now);
      }
      for (const { id, buildingId, alarmIds } of demands.filter(each => each.isNew)) {
        await this.event(
          session,
          { id, buildingId },
          'system',
          'checkupDemanded',
          { alarmIds },
          id,
          // After the duty list of the same alarm: people come first.
          now + 1,
        );
      }
      return { rounds: rounds.length, demands: demands.length };
    });
  }

  demands(
    filter: { readonly buildingId?: string; readonly open: boolean },
    within: Within,
  ): Promise<readonly CheckupDemand[]> {
    return this.database.read(session =>
      selectDemands(
        session,
        '($3::text is null or d.building_id = $3) and (not $4 or d.met_at is null)',
        [filter.buildingId ?? null, filter.open],
        within,
      ),
    );
  }

  demand(
    demand: Omit<CheckupDemand, 'checkupId' | 'metAt' | 'alarmIds'>,
    by: Author,
  ): Promise<CheckupDemand> {
    return this.database.write(async session => {
      await knownBuilding(session, demand.buildingId, by.within);
      const { id, buildingId, cause, severity, reason, demandedAt, demandedBy } = demand;
      const made = await session.query<{ id: string }>(
        `insert into checkup_demand (id, building_id, cause, severity, reason, demanded_at, demanded_by)
         values ($1, $2, $3, $4, $5, $6, $7) on conflict (building_id) where met_at is null do nothing returning id`,
        [id, buildingId, cause, severity === null ? null : severityRank(severity), reason, toSqlInstant(demandedAt), demandedBy],
      ); // prettier-ignore
      if (made.length > 0)
        await this.event(
          session,
          { id, buildingId },
          by.actor,
          'checkupDemanded',
          { cause, reason },
          id,
          demandedAt,
        );
      const [row] = await selectDemands(
        session,
        'd.building_id = $3 and d.met_at is null',
        [buildingId],
        null,
      );
      return row!;
    });
  }

  meetDemand(id: string, checkupId: string, at: Millis, by: Author): Promise<CheckupDemand> {
    return this.database.write(async session => {
      const [before] = await selectDemands(session, 'd.id = $3', [id], by.within);
      if (before === undefined) throw new AppError(E.notFound, { what: 'checkup demand', id });
      if (before.metAt !== null) return before;
      await session.query('update checkup_demand set checkup_id = $2, met_at = $3 where id = $1', [
        ...[id, checkupId, toSqlInstant(at)],
      ]);
      const { buildingId } = before;
      await this.event(
        session,
        { id, buildingId },
        by.actor,
        'checkupDemandMet',
        { checkupId },
        checkupId,
        at,
      );
      const [after] = await selectDemands(session, 'd.id = $3', [id], null);
      return after!;
    });
  }

  private told(
    session: Session,
    round: DutyRow,
    actor: string,
    change: string,
    detail: Readonly<Record<string, unknown>>,
    part: string,
  ): Promise<void> {
    return this.event(session, round, actor, change, detail, part, this.database.clock.now());
  }

  private async event(
    session: Session,
    { id, buildingId }: { readonly id: string; readonly buildingId: string },
    actor: string,
    change: string,
    detail: Readonly<Record<string, unknown>>,
    part: string,
    at: Millis,
  ): Promise<void> {
    const { clock } = this.database;
    await appendAudit(session, clock, { actor, action: `watch.${change}`, subject: `watch/${id}`, detail });
    const event: BuildingEvent = {
      id: derivedId('bev', 'watch', id, change, part),
      ...{ buildingId, at, kind: 'watch', change, refId: id, actor, detail },
    };
    await appendBuildingEvents(session, clock, [event]);
  }
}

async function knownRound(session: Session, id: string, within: Within): Promise<DutyRow> {
  await session.query('select 1 from duty_round where id = $1 for update', [id]);
  const [row] = await selectRounds(session, 'r.id = $3', [id], 1, within);
  if (row === undefined) throw new AppError(E.notFound, { what: 'duty round', id });
  return row;
}

/** Newest first. `where`: on `d`, with parameters from `$3` on. */
async function selectDemands(
  { query }: Session,
  where: string,
  values: readonly unknown[],
  within: Within,
): Promise<CheckupDemand[]> {
  const rows = await query<Omit<CheckupDemand, 'severity'> & { readonly rank: number | null }>(
    `select d.id, d.building_id as "buildingId", d.cause, d.severity as rank, d.alarm_ids as "alarmIds", d.reason,
       d.demanded_at as "demandedAt", d.demanded_by as "demandedBy", d.checkup_id as "checkupId", d.met_at as "metAt"
     from checkup_demand d join asset a on a.id = d.building_id
     where ${where} and ${inScope('a.org_id', 1)} order by d.demanded_at desc, d.id desc limit $2`,
    [within, LIST_LIMIT_MAX, ...values],
  );
  return rows.map(({ rank, ...row }) => ({ ...row, severity: rank === null ? null : severityOfRank(rank) }));
}
