import type { AlarmChange, IncidentChange, OperatorAction } from '@anmai/alarms';
import { severityRank } from '@anmai/catalog';
import { AppError } from '@anmai/kernel';
import { and, count, eq, gte, isNotNull, isNull, lt, sql, type SQL } from 'drizzle-orm';
import type { Database, Session } from '../database';
import { POSTGRES_ERRORS as E } from '../errors';
import { toSqlInstant } from '../instants';
import {
  APPLY_CHANGES_MAX,
  LIST_LIMIT_MAX,
  type AlarmDetail,
  type AlarmQuery,
  type AlarmRow,
  type AlarmStateFilter,
  type ApplyResult,
  type MonitorPosition,
  type RecordPage,
  type Within,
} from '../record-shapes';
import type { Alarms } from '../records';
import { alarmActionTable, alarmTable as table, positionTable } from '../schema';
import { close, insertChanges, refold } from './alarm-apply';
import { selectAlarms, selectDetails } from './alarm-rows';
import { applyIncidents } from './incident-apply';
import { instantCursor, pageLimit, pageOf, parseInstantCursor } from './paging';
import { appendAudit } from './trail';

export class AlarmRecords implements Alarms {
  constructor(private readonly database: Database) {}

  async list(query: AlarmQuery, within: Within): Promise<RecordPage<AlarmRow>> {
    const limit = pageLimit(query);
    const after = query.cursor ? parseInstantCursor(query.cursor) : null;
    const where = and(
      inState(query.state),
      query.severity === undefined ? undefined : eq(table.severity, severityRank(query.severity)),
      query.assetId === undefined ? undefined : eq(table.assetId, query.assetId),
      query.sensorId === undefined ? undefined : eq(table.sensorId, query.sensorId),
      query.ruleId === undefined ? undefined : eq(table.ruleId, query.ruleId),
      query.incidentId === undefined
        ? undefined
        : sql`exists (select 1 from incident_alarm as member where member.alarm_id = ${table.id}
            and member.incident_id = ${query.incidentId})`,
      query.from === undefined ? undefined : gte(table.raisedAt, query.from),
      query.to === undefined ? undefined : lt(table.raisedAt, query.to),
      after === null
        ? undefined
        : sql`(${table.raisedAt}, ${table.id}) < (${toSqlInstant(after.at)}::timestamptz, ${after.id})`,
    );
    const rows = await this.database.read(session => selectAlarms(session, where, limit + 1, within));
    return pageOf(rows, limit, last => instantCursor(last.raisedAt, last.id));
  }

  async get(id: string, within: Within): Promise<AlarmDetail | null> {
    const [found] = await this.database.snapshot(session => selectDetails(session, [id], within));
    return found ?? null;
  }

  async byIds(ids: readonly string[]): Promise<readonly AlarmDetail[]> {
    checkCount('alarms', ids.length, LIST_LIMIT_MAX);
    return this.database.snapshot(session => selectDetails(session, ids, null));
  }

  async applyChanges(
    changes: readonly AlarmChange[],
    position: MonitorPosition,
    incidents: readonly IncidentChange[] = [],
  ): Promise<ApplyResult> {
    checkCount('alarm changes', changes.length + incidents.length, APPLY_CHANGES_MAX);
    // One at a time: a fold has to see all changes of its alarm.
    return this.database.locked('alarms', async session => {
      const freshIds = changes.length === 0 ? new Set<string>() : await insertChanges(session, changes);
      const fresh = changes.filter(change => freshIds.delete(change.id));
      if (fresh.length > 0) await refold(session, [...new Set(fresh.map(change => change.alarmId))].sort());
      if (incidents.length > 0) await applyIncidents(session, incidents);
      await session.query(
        `insert into monitor_position (monitor, seq) values ($1, $2)
         on conflict (monitor) do update set seq = greatest(monitor_position.seq, excluded.seq)`,
        [position.monitor, position.seq],
      );
      return { fresh };
    });
  }

  async position(monitor: string): Promise<number> {
    const rows = await this.database.read(({ db }) =>
      db.select().from(positionTable).where(eq(positionTable.monitor, monitor)),
    );
    return rows[0]?.seq ?? 0;
  }

  act(action: OperatorAction, within: Within): Promise<AlarmDetail> {
    return this.database.write(async session => {
      const { id, alarmId, kind, actor, at, note, seenN } = action;
      // The monitor's fold waits for this row, and then sees the acknowledgement.
      await session.query('select 1 from alarm where id = $1 for update', [alarmId]);
      const [alarm] = await selectAlarms(session, eq(table.id, alarmId), 1, within);
      if (alarm === undefined) throw new AppError(E.notFound, { what: 'alarm', id: alarmId });
      if (seenN > alarm.lastN) throw new AppError(E.seenTooMuch, { id: alarmId, lastN: alarm.lastN, seenN });
      if (kind !== 'acknowledged' || !alarm.acknowledged) {
        const values = { id, alarmId, kind, actor, at, note, seenN };
        const kept = await session.db
          .insert(alarmActionTable)
          .values(values)
          .onConflictDoNothing()
          .returning();
        if (kept.length > 0) await this.effect(session, action);
      }
      const [detail] = await selectDetails(session, [alarmId], within);
      return detail!;
    });
  }

  async countOpen(): Promise<number> {
    const [row] = await this.database.read(({ db }) =>
      db.select({ n: count() }).from(table).where(isNull(table.closedAt)),
    );
    return row?.n ?? 0;
  }

  private async effect(
    session: Session,
    { kind, alarmId, actor, note, seenN, at }: OperatorAction,
  ): Promise<void> {
    if (kind === 'acknowledged') {
      await session.db.update(table).set({ ackedN: seenN, ackedAt: at }).where(eq(table.id, alarmId));
      await close(session, [alarmId]);
    }
    const entry = { actor, action: `alarm.${kind}`, subject: `alarm/${alarmId}`, detail: { note, seenN } };
    await appendAudit(session, this.database.clock, entry);
  }
}

function checkCount(what: string, given: number, max: number): void {
  if (given > max) throw new AppError(E.tooMany, { what, count: given, max });
}

function inState(state: AlarmStateFilter): SQL | undefined {
  switch (state) {
    case 'open':
      return isNull(table.closedAt);
    case 'active':
    case 'blind':
      return eq(table.condition, state);
    case 'cleared':
      return and(eq(table.condition, 'cleared'), isNull(table.closedAt));
    case 'closed':
      return isNotNull(table.closedAt);
    case 'all':
      return undefined;
  }
}
