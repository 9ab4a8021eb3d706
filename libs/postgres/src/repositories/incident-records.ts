import type { IncidentStep, OverdueStep, StepRefusal, WarningSource } from '@anmai/alarms';
import { severityRank } from '@anmai/catalog';
import { AppError, ok, type Millis, type Result } from '@anmai/kernel';
import { and, asc, eq, gte, inArray, isNotNull, isNull, lt, notInArray, sql, type SQL } from 'drizzle-orm';
import type { Database, Session } from '../database';
import { POSTGRES_ERRORS as E } from '../errors';
import {
  WATCHED_INCIDENTS_MAX,
  type IncidentFile,
  type IncidentQuery,
  type IncidentRow,
  type IncidentStateFilter,
  type OverdueRow,
} from '../incident-shapes';
import { toSqlInstant } from '../instants';
import type { RecordPage, Within } from '../record-shapes';
import type { Incidents, StepJudge } from '../records';
import {
  alarmTable,
  incidentAlarmTable as memberTable,
  incidentOverdueTable as overdueTable,
  incidentStepTable,
  incidentTable as table,
} from '../schema';
import { refoldIncidents } from './incident-apply';
import { selectIncidents } from './incident-rows';
import { outOfServiceAt } from './incident-service';
import { reviewTrack, stepsOf } from './incident-tracks';
import { warningSourcesOf } from './incident-warnings';
import { instantCursor, pageLimit, pageOf, parseInstantCursor } from './paging';
import { appendAudit } from './trail';

export class IncidentRecords implements Incidents {
  constructor(private readonly database: Database) {}

  async list(query: IncidentQuery, within: Within): Promise<RecordPage<IncidentRow>> {
    const limit = pageLimit(query);
    const after = query.cursor ? parseInstantCursor(query.cursor) : null;
    const where = and(
      inState(query.state),
      query.severity === undefined ? undefined : eq(table.severity, severityRank(query.severity)),
      query.from === undefined ? undefined : gte(table.openedAt, query.from),
      query.to === undefined ? undefined : lt(table.openedAt, query.to),
      after === null
        ? undefined
        : sql`(${table.openedAt}, ${table.id}) < (${toSqlInstant(after.at)}::timestamptz, ${after.id})`,
    );
    const rows = await this.database.read(session => selectIncidents(session, where, limit + 1, within));
    return pageOf(rows, limit, last => instantCursor(last.openedAt, last.id));
  }

  async get(id: string, within: Within): Promise<IncidentRow | null> {
    const [row] = await this.database.read(session => selectIncidents(session, eq(table.id, id), 1, within));
    return row ?? null;
  }

  byIds(ids: readonly string[]): Promise<readonly IncidentRow[]> {
    if (ids.length === 0) return Promise.resolve([]);
    return this.database.read(session =>
      selectIncidents(session, inArray(table.id, [...ids]), ids.length, null),
    );
  }

  file(id: string, within: Within): Promise<IncidentFile | null> {
    return this.database.snapshot(async session => {
      const [row] = await selectIncidents(session, eq(table.id, id), 1, within);
      if (row === undefined) return null;
      const steps = (await stepsOf(session, [id])).get(id) ?? [];
      const changes = await reviewTrack(session, id, steps);
      const overdue = await overdueOf(session, id);
      return { row, changes, steps, overdue, sensorIds: await sensorsOf(session, id) };
    });
  }

  warningSources(id: string, within: Within): Promise<ReadonlyMap<string, WarningSource> | null> {
    return this.database.snapshot(async session => {
      const [row] = await selectIncidents(session, eq(table.id, id), 1, within);
      return row === undefined ? null : warningSourcesOf(session, id);
    });
  }

  take(step: IncidentStep, judge: StepJudge, within: Within): Promise<Result<IncidentRow, StepRefusal>> {
    const { id, incidentId, kind, actor, at, payload } = step;
    return this.database.write(async session => {
      // The monitor's fold waits for this row, and then sees the step.
      await session.query('select 1 from incident where id = $1 for update', [incidentId]);
      const [before] = await selectIncidents(session, eq(table.id, incidentId), 1, within);
      if (before === undefined) throw new AppError(E.notFound, { what: 'incident', id: incidentId });
      const isRelease = kind === 'released';
      const outOfService = isRelease ? await outOfServiceAt(session, incidentId, at) : new Set<string>();
      const answer = judge(before.disposal, await sensorsOf(session, incidentId), outOfService);
      if (!answer.ok) return answer;
      await session.db.insert(incidentStepTable).values({ id, incidentId, kind, actor, at, payload });
      await refoldIncidents(session, [incidentId]);
      const detail = kind === 'archived' ? {} : payload;
      const entry = { action: `incident.${kind}`, subject: `incident/${incidentId}`, detail };
      await appendAudit(session, this.database.clock, { actor: actor ?? 'system', ...entry });
      const [after] = await selectIncidents(session, eq(table.id, incidentId), 1, null);
      return ok(after!);
    });
  }

  async open(): Promise<readonly IncidentRow[]> {
    return this.database.read(session =>
      selectIncidents(session, inState('open'), WATCHED_INCIDENTS_MAX, null),
    );
  }

  noteOverdue(incidentId: string, steps: readonly OverdueStep[], at: Millis): Promise<number> {
    const values = steps.map(({ kind, taskId, dueAt, escalateTo }) => ({
      ...{ incidentId, kind, taskId: taskId ?? '', dueAt, escalateTo },
      noticedAt: at,
    }));
    return this.database.write(async session => {
      const fresh = await session.db.insert(overdueTable).values(values).onConflictDoNothing().returning();
      for (const { kind, taskId, dueAt, escalateTo } of fresh) {
        const detail = { kind, taskId: taskId || null, dueAt, escalateTo };
        const entry = { action: 'incident.overdue', subject: `incident/${incidentId}`, detail };
        await appendAudit(session, this.database.clock, { actor: 'system', ...entry });
      }
      return fresh.length;
    });
  }
}

async function sensorsOf({ db }: Session, incidentId: string): Promise<string[]> {
  const rows = await db
    .selectDistinct({ id: alarmTable.sensorId })
    .from(memberTable)
    .innerJoin(alarmTable, eq(alarmTable.id, memberTable.alarmId))
    .where(eq(memberTable.incidentId, incidentId))
    .orderBy(asc(alarmTable.sensorId));
  return rows.map(row => row.id);
}

async function overdueOf({ db }: Session, incidentId: string): Promise<OverdueRow[]> {
  const rows = await db
    .select()
    .from(overdueTable)
    .where(eq(overdueTable.incidentId, incidentId))
    .orderBy(asc(overdueTable.noticedAt));
  return rows.map(row => ({ ...row, taskId: row.taskId || null }));
}

const OVER = ['released', 'archived'] as const;

function inState(state: IncidentStateFilter): SQL | undefined {
  const isOpen = and(isNull(table.mergedInto), notInArray(table.stage, [...OVER]));
  switch (state) {
    case 'open':
      return isOpen;
    case 'active':
    case 'blind':
    case 'cleared':
      return and(isOpen, eq(table.condition, state));
    case 'released':
    case 'archived':
      return and(isNull(table.mergedInto), eq(table.stage, state));
    case 'closed':
      return and(isNull(table.mergedInto), inArray(table.stage, [...OVER]));
    case 'merged':
      return isNotNull(table.mergedInto);
    case 'all':
      return undefined;
  }
}
