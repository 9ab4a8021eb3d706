import type { AlarmChange, IncidentChange, OperatorAction } from '@anmai/alarms';
import { severityRank } from '@anmai/catalog';
import { AppError, type Millis } from '@anmai/kernel';
import { and, count, eq, gte, isNotNull, isNull, lt, sql, type SQL } from 'drizzle-orm';
import type { Database, Session } from '../database';
import { POSTGRES_ERRORS as E } from '../errors';
import { toSqlInstant } from '../instants';
import { AssetLinks } from '../life/asset-links';
import { refoldLives } from '../life/refold-lives';
import { takeActions } from '../life/take-actions';
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
import { alarmTable as table, positionTable } from '../schema';
import { insertChanges, refold } from './alarm-apply';
import { selectAlarms, selectDetails } from './alarm-rows';
import { applyIncidents } from './incident-apply';
import { instantCursor, pageLimit, pageOf, parseInstantCursor } from './paging';
import { appendAudit } from './trail';

export class AlarmRecords implements Alarms {
  private readonly links = new AssetLinks();

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
    const [found] = await this.database.snapshot(session => selectDetails(session, [id], within, this.now()));
    return found ?? null;
  }

  async byIds(ids: readonly string[]): Promise<readonly AlarmDetail[]> {
    checkCount('alarms', ids.length, LIST_LIMIT_MAX);
    return this.database.snapshot(session => selectDetails(session, ids, null, this.now()));
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
      if (fresh.length > 0) {
        const ids = [...new Set(fresh.map(change => change.alarmId))].sort();
        await refold(session, ids);
        await refoldLives(session, ids, this.now(), this.links);
      }
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

  act(given: OperatorAction | readonly OperatorAction[], within: Within): Promise<AlarmDetail> {
    const actions = [given].flat();
    const { alarmId } = actions[0]!;
    return this.database.write(async session => {
      await this.database.lockAlarms(session);
      const [alarm] = await selectAlarms(session, eq(table.id, alarmId), 1, within);
      if (alarm === undefined) throw new AppError(E.notFound, { what: 'alarm', id: alarmId });
      const tooMuch = actions.find(action => action.seenN > alarm.lastN);
      if (tooMuch !== undefined)
        throw new AppError(E.seenTooMuch, { id: alarmId, lastN: alarm.lastN, seenN: tooMuch.seenN });
      const done = await takeActions(session, alarmId, actions);
      for (const action of done) await this.audit(session, action);
      if (done.length > 0) await refoldLives(session, [alarmId], this.now(), this.links);
      const [detail] = await selectDetails(session, [alarmId], within, this.now());
      return detail!;
    });
  }

  passTime(now: Millis, limit: number): Promise<number> {
    return this.database.locked('alarms', async session => {
      const due = await session.query<{ id: string }>(
        `select id from alarm where next_change_at <= $1 order by next_change_at, id limit $2`,
        [toSqlInstant(now), limit],
      );
      const ids = due.map(row => row.id).sort();
      await refoldLives(session, ids, now, this.links);
      return ids.length;
    });
  }

  async changedSince(revision: number, limit: number): Promise<readonly AlarmDetail[]> {
    const found = await this.database.snapshot(async session => {
      const rows = await session.query<{ id: string }>(
        'select id from alarm where revision > $1 order by revision limit $2',
        [revision, Math.min(limit, LIST_LIMIT_MAX)],
      );
      const ids = rows.map(row => row.id);
      return selectDetails(session, ids, null, this.now());
    });
    return found.sort((a, b) => a.revision - b.revision);
  }

  async newestRevision(): Promise<number> {
    const [row] = await this.database.read(({ query }) =>
      query<{ revision: number }>('select coalesce(max(revision), 0) as revision from alarm'),
    );
    return row?.revision ?? 0;
  }

  async countOpen(): Promise<number> {
    const [row] = await this.database.read(({ db }) =>
      db.select({ n: count() }).from(table).where(isNull(table.closedAt)),
    );
    return row?.n ?? 0;
  }

  private now(): Millis {
    return this.database.clock.now();
  }

  private async audit(session: Session, action: OperatorAction): Promise<void> {
    const { kind, alarmId, actor, note, seenN, until, verdict, clearReadings } = action;
    const detail = { note, seenN, until, verdict, clearReadings };
    const entry = { actor, action: `alarm.${kind}`, subject: `alarm/${alarmId}`, detail };
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
    case 'shelved':
      return and(eq(table.state, 'SHLVD'), isNull(table.closedAt));
    case 'suppressed':
      return and(eq(table.state, 'DSUPR'), isNull(table.closedAt));
    case 'outOfService':
      return and(eq(table.state, 'OOSRV'), isNull(table.closedAt));
    case 'all':
      return undefined;
  }
}
