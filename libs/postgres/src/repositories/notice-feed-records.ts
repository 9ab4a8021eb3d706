import type { Evidence, ChangeKind } from '@anmai/alarms';
import { severityOfRank, type Geometry } from '@anmai/catalog';
import { invariant, type Millis } from '@anmai/kernel';
import type { PlanGap } from '@anmai/notify';
import type { Database, Query } from '../database';
import { toSqlInstant } from '../instants';
import type { GapRecord, NoticeFeed, ToldChange, ToldIncident } from '../notify-records';
import type { Within } from '../record-shapes';
import { toldIncidents, untoldIncidents } from './told-incidents';

interface Row {
  readonly id: string;
  readonly alarm_id: string;
  readonly n: number;
  readonly kind: ChangeKind;
  readonly at: Millis;
  readonly noticed_at: Millis;
  readonly rule_id: string;
  readonly rule_version: number;
  readonly sensor_id: string;
  readonly asset_id: string;
  readonly onset_at: Millis;
  readonly severity: number;
  readonly reason: string;
  readonly evidence: Evidence;
  readonly asset_name: string;
  readonly asset_kind: string | null;
  readonly geometry: Geometry | null;
  readonly org_path: readonly string[];
  readonly quantity: string | null;
  readonly unit: string;
  readonly incident_id: string | null;
}

/** Of incidents in one turn: in a storm most only say that one more alarm joined. */
export const INCIDENTS_AT_ONCE = 500;

const FACTS = `change.*, coalesce(asset.name, change.asset_id) as asset_name, asset.kind as asset_kind, asset.geometry,
  coalesce(org.path, '{}') as org_path, sensor.quantity, coalesce(sensor.unit, '') as unit, member.incident_id`;
const REGISTRY = `left join incident_alarm as member on member.alarm_id = change.alarm_id
  left join alarm on alarm.id = change.alarm_id
  left join asset on asset.id = change.asset_id
  left join org on org.id = coalesce(asset.org_id, alarm.org_id)
  left join sensor on sensor.id = change.sensor_id`;

export class NoticeFeedRecords implements NoticeFeed {
  constructor(private readonly database: Database) {}

  take(
    limit: number,
    work: (changes: readonly ToldChange[], incidents: readonly ToldIncident[]) => Promise<void>,
  ): Promise<number | null> {
    return this.database.transaction(async session => {
      const { query } = session;
      const [lock] = await query<{ got: boolean }>(`select pg_try_advisory_xact_lock(hashtext($1)) as got`, [
        `anmai.notices.${this.database.schema}`,
      ]);
      if (lock?.got !== true) return null;
      const rows = await query<Row & { readonly seq: number }>(
        `select untold.seq, ${FACTS} from untold_change as untold
         join alarm_change as change on change.id = untold.change_id ${REGISTRY}
         order by untold.seq limit $1`,
        [limit],
      );
      const untold = await untoldIncidents(session, INCIDENTS_AT_ONCE);
      await work(rows.map(toldOfRow), await toldIncidents(session, untold));
      const forget = (table: string, seqs: readonly number[]): Promise<unknown> =>
        query(`delete from ${table} where seq = any($1::bigint[])`, [seqs]);
      if (rows.length > 0)
        await forget(
          'untold_change',
          rows.map(row => row.seq),
        );
      if (untold.length > 0)
        await forget(
          'untold_incident',
          untold.map(row => row.seq),
        );
      return rows.length + untold.length;
    });
  }

  async waiting(): Promise<number> {
    const [row] = await this.database.read(({ query }) =>
      query<{ n: number }>(
        'select (select count(*) from untold_change) + (select count(*) from untold_incident) as n',
      ),
    );
    return row?.n ?? 0;
  }

  unanswered(limit: number): Promise<readonly ToldChange[]> {
    return this.read(query =>
      query<Row>(
        `select ${FACTS} from alarm_change as change ${REGISTRY}
         where alarm.closed_at is null and alarm.state = 'UNACK' and change.n = (
           select max(rise.n) from alarm_change as rise
           where rise.alarm_id = alarm.id and rise.kind in ('raised', 'escalated'))
         order by alarm.severity desc, alarm.raised_at, alarm.id limit $1`,
        [limit],
      ),
    );
  }

  changesOf(alarmId: string, within: Within): Promise<readonly ToldChange[]> {
    return this.read(query =>
      query<Row>(
        `select ${FACTS} from alarm_change as change ${REGISTRY}
         where change.alarm_id = $1 and ($2::text is null or $2 = any(org.path)) order by change.n`,
        [alarmId, within],
      ),
    );
  }

  async noteGaps(gaps: readonly GapRecord[]): Promise<void> {
    if (gaps.length === 0) return;
    const rows = gaps.map(gap => ({
      ...gap,
      at: toSqlInstant(gap.at),
      recipientId: gap.recipientId ?? '',
      orgId: gap.orgId ?? '',
    }));
    await this.database.read(({ query }) =>
      query(
        `insert into notify_gap (at, change_id, alarm_id, incident_id, org_path, reason, recipient_id, org_id)
         select at, "changeId", "alarmId", "incidentId", "orgPath", reason, "recipientId", "orgId"
         from jsonb_to_recordset($1::jsonb) as gap (at timestamptz, "changeId" text, "alarmId" text, "incidentId" text,
           "orgPath" text[], reason text, "recipientId" text, "orgId" text)
         on conflict do nothing`,
        [JSON.stringify(rows)],
      ),
    );
  }

  async gaps(limit: number, within: Within): Promise<readonly GapRecord[]> {
    const rows = await this.database.read(({ query }) =>
      query<{
        readonly at: Millis;
        readonly changeId: string;
        readonly alarmId: string | null;
        readonly incidentId: string | null;
        readonly orgPath: readonly string[];
        readonly reason: PlanGap['reason'];
        readonly recipientId: string;
        readonly orgId: string;
      }>(
        `select at, change_id as "changeId", alarm_id as "alarmId", incident_id as "incidentId",
           org_path as "orgPath", reason, recipient_id as "recipientId", org_id as "orgId" from notify_gap
         where $1::text is null or $1 = any(org_path) order by seq desc limit $2`,
        [within, limit],
      ),
    );
    return rows.map(({ recipientId, orgId, ...row }) => ({
      ...row,
      recipientId: recipientId === '' ? null : recipientId,
      ...(orgId === '' ? {} : { orgId }),
    }));
  }

  async sweepGaps(before: Millis): Promise<number> {
    const rows = await this.database.read(({ query }) =>
      query('delete from notify_gap where at < $1 returning seq', [toSqlInstant(before)]),
    );
    return rows.length;
  }

  private async read(ask: (query: Query) => Promise<Row[]>): Promise<readonly ToldChange[]> {
    const rows = await this.database.read(({ query }) => ask(query));
    return rows.map(toldOfRow);
  }
}

function toldOfRow(row: Row): ToldChange {
  const severity = severityOfRank(row.severity);
  invariant(severity !== null, `an alarm change of severity ${row.severity}`);
  const change = {
    id: row.id,
    alarmId: row.alarm_id,
    n: row.n,
    kind: row.kind,
    at: row.at,
    noticedAt: row.noticed_at,
    ruleId: row.rule_id,
    ruleVersion: row.rule_version,
    sensorId: row.sensor_id,
    assetId: row.asset_id,
    onsetAt: row.onset_at,
    severity,
    reason: row.reason,
    evidence: row.evidence,
  };
  const { asset_name: assetName, asset_kind: assetKind, geometry, org_path: orgPath, quantity, unit } = row;
  return { change, assetName, assetKind, geometry, orgPath, quantity, unit, incidentId: row.incident_id };
}
