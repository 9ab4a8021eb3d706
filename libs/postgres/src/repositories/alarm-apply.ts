import type { AlarmChange } from '@anmai/alarms';
import { severityRank } from '@anmai/catalog';
import type { Session } from '../database';
import { toSqlInstant } from '../instants';

/** Keeps the changes that are new; gives their ids. */
export async function insertChanges(
  { query }: Session,
  changes: readonly AlarmChange[],
): Promise<Set<string>> {
  const rows = changes.map(change => ({
    ...change,
    at: toSqlInstant(change.at),
    noticedAt: toSqlInstant(change.noticedAt),
    onsetAt: toSqlInstant(change.onsetAt),
    severity: severityRank(change.severity),
  }));
  const fresh = await query<{ id: string }>(
    `insert into alarm_change (id, alarm_id, n, kind, at, noticed_at, rule_id, rule_version, sensor_id, asset_id,
       onset_at, severity, reason, evidence)
     select id, "alarmId", n, kind, at, "noticedAt", "ruleId", "ruleVersion", "sensorId", "assetId",
       "onsetAt", severity, reason, evidence
     from jsonb_to_recordset($1::jsonb) as t (id text, "alarmId" text, n integer, kind text, at timestamptz,
       "noticedAt" timestamptz, "ruleId" text, "ruleVersion" integer, "sensorId" text, "assetId" text,
       "onsetAt" timestamptz, severity smallint, reason text, evidence jsonb)
     on conflict do nothing
     returning id`,
    [JSON.stringify(rows)],
  );
  return new Set(fresh.map(row => row.id));
}

/**
 * Makes the rows of these alarms anew from all their changes: the same columns that `foldAlarm` computes, so the order
 * in which changes came does not matter. What operators and time do to them is `refoldLives`.
 * Rows are touched in order of their ids: two monitors at once cannot wait for each other.
 */
export async function refold({ query }: Session, alarmIds: readonly string[]): Promise<void> {
  await query(
    `insert into alarm as present (id, rule_id, rule_version, sensor_id, asset_id, org_id, severity, condition, onset_at,
       raised_at, cleared_at, last_n, evidence)
     select first.alarm_id, first.rule_id, last.rule_version, first.sensor_id, first.asset_id, asset.org_id,
       last.severity,
       case when last.kind = 'cleared' then 'cleared' when sight.kind = 'blinded' then 'blind' else 'active' end,
       first.onset_at, first.at, case when last.kind = 'cleared' then last.at end, last.n,
       coalesce(deciding.evidence, first.evidence)
     from unnest($1::text[]) as wanted (id)
     cross join lateral (${changeOf('true', 'asc')}) as first
     cross join lateral (${changeOf('true', 'desc')}) as last
     left join lateral (${changeOf(`kind in ('blinded', 'restored')`, 'desc')}) as sight on true
     left join lateral (${changeOf(`kind in ('raised', 'escalated', 'deescalated')`, 'desc')}) as deciding on true
     left join asset on asset.id = first.asset_id
     order by wanted.id
     on conflict (id) do update set
       rule_id = excluded.rule_id, rule_version = excluded.rule_version, sensor_id = excluded.sensor_id,
       asset_id = excluded.asset_id, org_id = coalesce(excluded.org_id, present.org_id),
       severity = excluded.severity, condition = excluded.condition, onset_at = excluded.onset_at,
       raised_at = excluded.raised_at, cleared_at = excluded.cleared_at, last_n = excluded.last_n,
       evidence = excluded.evidence, revision = excluded.revision`,
    [alarmIds],
  );
}

const changeOf = (which: string, direction: 'asc' | 'desc'): string =>
  `select * from alarm_change where alarm_id = wanted.id and ${which} order by n ${direction} limit 1`;
