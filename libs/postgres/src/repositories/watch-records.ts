import { AppError, derivedId, ok, type Millis, type Result } from '@anmai/kernel';
import { severityOfRank } from '@anmai/catalog';
import {
  appraisalInForce,
  type Appraisal,
  type WatchEndVerdict,
  type WatchPlan,
  type WatchRefusal,
} from '@anmai/lifecycle';
import { and, eq, isNotNull, isNull, sql } from 'drizzle-orm';
import type { Database, Session } from '../database';
import { POSTGRES_ERRORS as E } from '../errors';
import type { BuildingFacts, Unwatched, WatchAlarm, WatchQuery, WatchRow } from '../hazard-shapes';
import { toSqlInstant } from '../instants';
import { LIST_LIMIT_MAX, type Author, type RecordPage, type Within } from '../record-shapes';
import { appraisalTable, watchPlanTable as table } from '../schema';
import { appendBuildingEvents } from './building-events';
import { knownBuilding, within as inScope } from './building-facts';
import { instantCursor, pageLimit, pageOf, parseInstantCursor } from './paging';
import { checkVersion } from './registered';
import { appendAudit } from './trail';
import { endPlan, writePlan } from './watch-grade';
import { selectPlans } from './watch-rows';

/** Monitoring plans: their start, edits and end. */
export class WatchPlanRecords {
  constructor(protected readonly database: Database) {}

  async list(query: WatchQuery, within: Within): Promise<RecordPage<WatchRow>> {
    const limit = pageLimit(query);
    const after = query.cursor ? parseInstantCursor(query.cursor) : null;
    const where = and(
      query.state === 'all' ? undefined : (query.state === 'open' ? isNull : isNotNull)(table.endedAt),
      query.buildingId === undefined ? undefined : eq(table.buildingId, query.buildingId),
      after === null
        ? undefined
        : sql`(${table.startedAt}, ${table.id}) < (${toSqlInstant(after.at)}::timestamptz, ${after.id})`,
    );
    const rows = await this.database.read(session => selectPlans(session, where, limit + 1, within));
    return pageOf(rows, limit, last => instantCursor(last.startedAt, last.id));
  }

  async get(id: string, within: Within): Promise<WatchRow | null> {
    const [row] = await this.database.read(session => selectPlans(session, eq(table.id, id), 1, within));
    return row ?? null;
  }

  async ofBuilding(buildingId: string, within: Within): Promise<WatchRow | null> {
    const [row] = await this.database.read(session => selectPlans(session, inForce(buildingId), 1, within));
    return row ?? null;
  }

  start(
    plan: WatchPlan,
    judge: (building: BuildingFacts, openPlanId: string | null) => Result<true, WatchRefusal>,
    by: Author,
  ): Promise<Result<WatchRow, WatchRefusal>> {
    return this.database.write(async session => {
      const building = await knownBuilding(session, plan.buildingId, by.within);
      const [open] = await selectPlans(session, inForce(building.id), 1, null);
      const answer = judge(building, open?.id ?? null);
      if (!answer.ok) return answer;
      const { id, buildingId, grade, startedAt } = plan;
      await session.db.insert(table).values({ id, buildingId, grade, startedAt, body: plan });
      await this.tell(session, plan, by, 'started', { grade, after: withoutDuty(plan) });
      return ok({ ...plan, version: 1, buildingName: building.name, orgId: building.orgId });
    });
  }

  edit(
    id: string,
    expectedVersion: number | null,
    change: (plan: WatchRow, building: BuildingFacts) => Result<WatchPlan, WatchRefusal>,
    by: Author,
  ): Promise<Result<WatchRow, WatchRefusal>> {
    return this.database.write(async session => {
      const before = await known(session, id, by.within);
      checkVersion('watch plan', id, before.version, expectedVersion);
      const building = await knownBuilding(session, before.buildingId, by.within);
      const answer = change(before, building);
      if (!answer.ok) return answer;
      const version = before.version + 1;
      await writePlan(session, answer.value, version);
      const fields = changedFields(before, answer.value);
      await this.tell(
        session,
        answer.value,
        by,
        'changed',
        { fields, after: withoutDuty(answer.value) },
        version,
      );
      return ok({ ...before, ...answer.value, version });
    });
  }

  end(
    id: string,
    judge: (plan: WatchPlan, verdict: WatchEndVerdict | null) => Result<true, WatchRefusal>,
    by: Author,
  ): Promise<Result<WatchRow, WatchRefusal>> {
    return this.database.write(async session => {
      const before = await known(session, id, by.within);
      await knownBuilding(session, before.buildingId, by.within);
      const verdict = await verdictOf(session, before.buildingId);
      const answer = judge(before, verdict);
      if (!answer.ok) return answer;
      const ground = { id: verdict!.id, filedAt: this.database.clock.now(), filedBy: by.actor };
      return ok(await endPlan(session, this.database, before, ground));
    });
  }

  async unwatched(within: Within): Promise<readonly Unwatched[]> {
    return this.database.read(({ query }) =>
      query<Unwatched>(
        `select a.id as "buildingId", a.name as "buildingName", a.properties ->> 'grade' as grade from asset a
         where a.kind = 'building' and a.properties ->> 'grade' in ('C', 'D') and ${inScope('a.org_id', 1)}
           and not exists (select 1 from watch_plan p where p.building_id = a.id and p.ended_at is null)
         order by grade desc, a.id limit $2`,
        [within, LIST_LIMIT_MAX],
      ),
    );
  }

  async alarms(buildingId: string, from: Millis, to: Millis): Promise<readonly WatchAlarm[]> {
    const rows = await this.database.read(({ query }) =>
      query<Omit<WatchAlarm, 'severity'> & { readonly rank: number }>(
        `select a.id, a.sensor_id as "sensorId", a.raised_at as "raisedAt", a.cleared_at as "clearedAt",
           coalesce(r.name, a.rule_id) as "ruleName",
           greatest(a.severity, (select max(c.severity) from alarm_change c where c.alarm_id = a.id)) as rank
         from alarm a left join rule r on r.id = a.rule_id
         where a.asset_id = $1 and a.raised_at < $3 and (a.cleared_at is null or a.cleared_at >= $2)
         order by rank desc, a.raised_at, a.id limit $4`,
        [buildingId, toSqlInstant(from), toSqlInstant(to), LIST_LIMIT_MAX],
      ),
    );
    // The worst are never those that are left out; among them the oldest come first.
    return rows
      .map(({ rank, ...row }): WatchAlarm => ({ ...row, severity: severityOfRank(rank) ?? 'red' }))
      .sort((a, b) => a.raisedAt - b.raisedAt);
  }

  private async tell(
    session: Session,
    plan: WatchPlan,
    by: Author,
    change: string,
    detail: Readonly<Record<string, unknown>>,
    version = 1,
  ): Promise<void> {
    const { clock } = this.database;
    const { after: _after, ...small } = detail;
    const subject = `watch/${plan.id}`;
    await appendAudit(session, clock, { actor: by.actor, action: `watch.${change}`, subject, detail });
    await appendBuildingEvents(session, clock, [
      {
        id: derivedId('bev', 'watch', plan.id, change, version),
        ...{ buildingId: plan.buildingId, at: clock.now(), kind: 'watch', change },
        ...{ refId: plan.id, actor: by.actor, detail: small },
      },
    ]);
  }
}

/** The trail is kept for ever: it has no names and numbers of those who are called. */
const withoutDuty = ({ duty, ...plan }: WatchPlan) => ({ ...plan, dutyCount: duty.length });

const inForce = (buildingId: string) => and(eq(table.buildingId, buildingId), isNull(table.endedAt));

async function known(session: Session, id: string, within: Within): Promise<WatchRow> {
  const [row] = await selectPlans(session, eq(table.id, id), 1, within);
  if (row === undefined) throw new AppError(E.notFound, { what: 'watch plan', id });
  return row;
}

async function verdictOf({ db }: Session, buildingId: string): Promise<WatchEndVerdict | null> {
  const rows = await db
    .select({ body: appraisalTable.body })
    .from(appraisalTable)
    .where(eq(appraisalTable.buildingId, buildingId));
  const found = appraisalInForce<Appraisal>(rows.map(row => row.body));
  return found === null ? null : { id: found.id, grade: found.grade, filedAt: found.filedAt };
}

const changedFields = (before: WatchPlan, after: WatchPlan): string[] =>
  (Object.keys(after) as (keyof WatchPlan)[]).filter(
    key => JSON.stringify(before[key]) !== JSON.stringify(after[key]),
  );
