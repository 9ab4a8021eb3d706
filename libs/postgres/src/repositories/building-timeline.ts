import { severityOfRank } from '@anmai/catalog';
import type { TimelineEntry, TimelineQuery } from '../building-shapes';
import type { Session } from '../database';
import { toSqlInstant } from '../instants';
import type { RecordPage } from '../record-shapes';
import { instantCursor, pageLimit, pageOf, parseInstantCursor } from './paging';

type Row = Omit<TimelineEntry, 'severity'> & { readonly severity: number | null };

/**
 * What was written down, and what alarms and incidents of the asset say of themselves. `$1`: ids of the building and of what
 * was merged into it.
 */
const LINES = `
  select e.id, e.building_id, e.at, e.kind, e.change, e.ref_id, e.actor, null::smallint as severity, e.detail
  from building_event e where e.building_id = any($1)
  union all
  select a.id || '.' || moment.change, a.asset_id, moment.at, 'alarm', moment.change, a.id, 'system', a.severity,
    jsonb_build_object('sensorId', a.sensor_id, 'sensorName', s.name, 'ruleId', a.rule_id, 'ruleName', r.name)
  from alarm a left join sensor s on s.id = a.sensor_id left join rule r on r.id = a.rule_id cross join lateral
    (values ('raised', a.raised_at), ('cleared', a.cleared_at), ('closed', a.closed_at)) as moment (change, at)
  where a.asset_id = any($1) and moment.at is not null
  union all
  select i.id || '.' || moment.change, i.asset_id, moment.at, 'incident', moment.change, i.id, 'system', i.severity,
    jsonb_build_object('familyId', i.family_id)
  from (select distinct on (n.id) n.*, a.asset_id from alarm a join incident_alarm m on m.alarm_id = a.id
    join incident n on n.id = m.incident_id where a.asset_id = any($1) order by n.id, a.raised_at) as i
  cross join lateral
    (values ('opened', i.opened_at), ('released', i.released_at), ('archived', i.archived_at)) as moment (change, at)
  where moment.at is not null`;

/** Newest first. */
export async function timelineOf(
  session: Session,
  ids: readonly string[],
  query: TimelineQuery,
): Promise<RecordPage<TimelineEntry>> {
  const limit = pageLimit(query);
  const after = query.cursor ? parseInstantCursor(query.cursor) : null;
  const rows = await session.query<Row>(
    `select id, building_id as "buildingId", at, kind, change, ref_id as "refId", actor, severity, detail
     from (${LINES}) as line
     where ($2::text[] is null or kind = any($2))
       and ($3::timestamptz is null or (at, id collate "C") < ($3::timestamptz, $4 collate "C"))
     order by at desc, id collate "C" desc limit $5`,
    [ids, query.kinds ?? null, after === null ? null : toSqlInstant(after.at), after?.id ?? null, limit + 1],
  );
  const entries = rows.map(row => ({
    ...row,
    severity: row.severity === null ? null : severityOfRank(row.severity),
  }));
  return pageOf(entries, limit, last => instantCursor(last.at, last.id));
}

/** The building and all that was merged into it, whatever the way. */
export async function mergedIds({ query }: Session, id: string): Promise<string[]> {
  const rows = await query<{ id: string }>(
    `with recursive joined (id) as (
       select $1::text collate "C" union select b.id from building b join joined j on b.merged_into = j.id)
     select id from joined`,
    [id],
  );
  return rows.map(row => row.id);
}
