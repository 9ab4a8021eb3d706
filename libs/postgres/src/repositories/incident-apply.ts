import { foldDisposal, type Disposal, type IncidentChange, type IncidentStep } from '@anmai/alarms';
import { severityRank } from '@anmai/catalog';
import { invariant } from '@anmai/kernel';
import type { Session } from '../database';
import { toSqlInstant } from '../instants';
import { stepsOf, trackOf } from './incident-tracks';

/**
 * Takes the changes that are new, with the alarms that joined, and folds their incidents anew. Only inside a transaction
 * that has the lock `alarms`.
 */
export async function applyIncidents(session: Session, changes: readonly IncidentChange[]): Promise<void> {
  const freshIds = await insertChanges(session, changes);
  const fresh = changes.filter(change => freshIds.delete(change.id));
  if (fresh.length === 0) return;
  await join(session, fresh);
  await refoldIncidents(session, [...new Set(fresh.map(change => change.incidentId))].sort());
}

async function insertChanges({ query }: Session, changes: readonly IncidentChange[]): Promise<Set<string>> {
  const rows = changes.map(change => ({
    ...change,
    at: toSqlInstant(change.at),
    noticedAt: toSqlInstant(change.noticedAt),
  }));
  const fresh = await query<{ id: string }>(
    `insert into incident_change (id, incident_id, n, kind, family_id, is_catch_all, at, noticed_at, alarm_id, other_id,
       cause, summary)
     select id, "incidentId", n, kind, "familyId", "isCatchAll", at, "noticedAt", "alarmId", "otherId",
       nullif(cause, 'null'::jsonb), summary
     from jsonb_to_recordset($1::jsonb) as t (id text, "incidentId" text, n integer, kind text, "familyId" text,
       "isCatchAll" boolean, at timestamptz, "noticedAt" timestamptz, "alarmId" text, "otherId" text, cause jsonb,
       summary jsonb)
     on conflict do nothing
     returning id`,
    [JSON.stringify(rows)],
  );
  return new Set(fresh.map(row => row.id));
}

/** An incident that was absorbed gets no more alarms, so all that joined go first and the merges after them, in order. */
async function join({ query }: Session, fresh: readonly IncidentChange[]): Promise<void> {
  const joined = fresh.filter(({ kind }) => kind === 'opened' || kind === 'joined');
  await query(
    `insert into incident_alarm (alarm_id, incident_id)
     select * from unnest($1::text[], $2::text[])
     on conflict (alarm_id) do update set incident_id = excluded.incident_id`,
    [joined.map(({ alarmId }) => alarmId), joined.map(({ incidentId }) => incidentId)],
  );
  for (const { kind, incidentId, otherId } of fresh) {
    if (kind !== 'absorbed') continue;
    await query('update incident_alarm set incident_id = $1 where incident_id = $2', [incidentId, otherId]);
  }
}

/**
 * Makes the rows of these incidents anew from both tracks, under the locks of the rows: a step that is being taken waits,
 * or is seen. Ascending ids, so that two at once cannot wait for each other.
 */
export async function refoldIncidents(session: Session, ids: readonly string[]): Promise<void> {
  await session.query('select 1 from incident where id = any($1::text[]) order by id for update', [ids]);
  const steps = await stepsOf(session, ids);
  const tracks = await trackOf(session, ids, steps);
  const rows = ids.map(id => rowOf(tracks.get(id) ?? [], steps.get(id) ?? []));
  await session.query(UPSERT, [JSON.stringify(rows)]);
  await session.query(
    `update incident set org_ids = array(
       select distinct coalesce(asset.org_id, alarm.org_id) from incident_alarm as member
       join alarm on alarm.id = member.alarm_id left join asset on asset.id = alarm.asset_id
       where member.incident_id = incident.id and coalesce(asset.org_id, alarm.org_id) is not null order by 1)
     where id = any($1::text[]) and merged_into is null`,
    [ids],
  );
}

function rowOf(track: readonly IncidentChange[], steps: readonly IncidentStep[]): object {
  const [first] = track;
  const last = track[track.length - 1];
  invariant(first !== undefined && last !== undefined, 'an incident without changes');
  const disposal: Disposal = foldDisposal(track, steps);
  const { summary } = last;
  const archived = steps.findLast(step => step.kind === 'archived' && step.incidentId === first.incidentId);
  const cause = track.findLast(change => change.cause !== null)?.cause ?? null;
  return {
    id: first.incidentId,
    family_id: first.familyId,
    is_catch_all: last.isCatchAll,
    severity: severityRank(summary.severity),
    peak: severityRank(summary.peak),
    condition: summary.condition,
    stage: disposal.stage,
    alarm_count: summary.alarmCount,
    open_count: summary.openCount,
    blind_count: summary.blindCount,
    asset_count: summary.assetCount,
    population: summary.population,
    box: summary.box,
    cause,
    onset_at: toSqlInstant(first.at),
    opened_at: toSqlInstant(first.noticedAt),
    changed_at: toSqlInstant(last.noticedAt),
    released_at: disposal.releasedAt === null ? null : toSqlInstant(disposal.releasedAt),
    archived_at: disposal.stage === 'archived' && archived ? toSqlInstant(archived.at) : null,
    merged_into: disposal.mergedInto,
    last_n: last.n,
    disposal,
  };
}

const COLUMNS = [
  'id', 'family_id', 'is_catch_all', 'severity', 'peak', 'condition', 'stage', 'alarm_count', 'open_count', 'blind_count',
  'asset_count', 'population', 'box', 'cause', 'onset_at', 'opened_at', 'changed_at', 'released_at', 'archived_at',
  'merged_into', 'last_n', 'disposal',
] as const; // prettier-ignore
const valueOf = (column: string): string =>
  column === 'box' || column === 'cause' ? `nullif(${column}, 'null'::jsonb)` : column;

const UPSERT = `insert into incident (${COLUMNS.join(', ')})
  select ${COLUMNS.map(valueOf).join(', ')}
  from jsonb_populate_recordset(null::incident, $1::jsonb)
  on conflict (id) do update set ${COLUMNS.slice(1)
    .map(column => `${column} = excluded.${column}`)
    .join(', ')}`;
