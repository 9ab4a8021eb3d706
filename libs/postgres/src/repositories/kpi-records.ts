import type { AlarmChange, AssessedAlarm, Evidence, OperatorAction } from '@anmai/alarms';
import { AppError, type Millis } from '@anmai/kernel';
import type { Database, Session } from '../database';
import { POSTGRES_ERRORS as E } from '../errors';
import { KPI_ALARMS_MAX, type KpiRecords } from '../incident-shapes';
import { toSqlInstant } from '../instants';
import type { Within } from '../record-shapes';
import type { KpiSource } from '../records';
import { severityOf } from './incident-rows';
import { presencesOf, watchedMsOf } from './presence-records';

/** A flood that began before the period is known by the alarms of so long before it. */
const LOOK_BACK_MS = 10 * 60_000;
/** Evidence is the bulk of an alarm, and no figure needs it. */
const NO_EVIDENCE: Evidence = {
  limit: {},
  source: { kind: 'assumption', why: 'left out', reviewBy: '2027-05-31' },
  readings: [],
};

type ChangeRow = Omit<AlarmChange, 'severity' | 'evidence'> & { readonly severity: number };

export class KpiReader implements KpiSource {
  constructor(private readonly database: Database) {}

  input(from: Millis, to: Millis, within: Within): Promise<KpiRecords> {
    return this.database.snapshot(async session => {
      const ids = await this.alarmIds(session, from, to, within);
      if (ids.length > KPI_ALARMS_MAX) {
        throw new AppError(E.tooMany, { what: 'alarms', count: ids.length, max: KPI_ALARMS_MAX });
      }
      const changes = await changesOf(session, ids, to);
      return {
        changes,
        actions: await actionsOf(session, ids, to),
        assessments: await verdictsOf(session, ids, to),
        presences: await presencesOf(session, from, to, within),
        watchedMs: await watchedMsOf(session, from, to),
      };
    });
  }

  /** Alarms that were open at some time of the period, or shortly before it. */
  private async alarmIds({ query }: Session, from: Millis, to: Millis, within: Within): Promise<string[]> {
    const rows = await query<{ id: string }>(
      `select alarm.id from alarm left join asset on asset.id = alarm.asset_id
       where raised_at < $2 and (cleared_at is null or cleared_at >= $1)
         and ($3::text is null or coalesce(asset.org_id, alarm.org_id) in
           (select id from org where path @> array[$3]::text[]))
       limit $4`,
      [toSqlInstant(from - LOOK_BACK_MS), toSqlInstant(to), within, KPI_ALARMS_MAX + 1],
    );
    return rows.map(row => row.id);
  }
}

async function changesOf({ query }: Session, ids: readonly string[], to: Millis): Promise<AlarmChange[]> {
  const rows = await query<ChangeRow>(
    `select id, alarm_id as "alarmId", n, kind, at, noticed_at as "noticedAt", rule_id as "ruleId",
       rule_version as "ruleVersion", sensor_id as "sensorId", asset_id as "assetId", onset_at as "onsetAt", severity,
       '' as reason
     from alarm_change where alarm_id = any($1::text[]) and noticed_at < $2 order by noticed_at, id`,
    [ids, toSqlInstant(to)],
  );
  return rows.map(row => ({ ...row, severity: severityOf(row.severity), evidence: NO_EVIDENCE }));
}

const actionsOf = ({ query }: Session, ids: readonly string[], to: Millis): Promise<OperatorAction[]> =>
  query<OperatorAction>(
    `select id, alarm_id as "alarmId", kind, actor, at, note, seen_n as "seenN" from alarm_action
     where alarm_id = any($1::text[]) and at < $2 and kind = 'acknowledged' order by at, id`,
    [ids, toSqlInstant(to)],
  );

/** The verdict on an incident is one on each of its alarms. */
const verdictsOf = ({ query }: Session, ids: readonly string[], to: Millis): Promise<AssessedAlarm[]> =>
  query<AssessedAlarm>(
    `select member.alarm_id as "alarmId", step.payload ->> 'verdict' = 'false' as "isFalse", step.at
     from incident_alarm as member join incident_step as step on step.incident_id = member.incident_id
     where member.alarm_id = any($1::text[]) and step.kind = 'assessed' and step.at < $2`,
    [ids, toSqlInstant(to)],
  );
