import type { IncidentStep } from '@anmai/alarms';
import type { Millis } from '@anmai/kernel';
import type { IncidentEvent, OverdueEvent } from '@anmai/notify';
import { inArray } from 'drizzle-orm';
import type { Session } from '../database';
import type { ToldIncident } from '../notify-shapes';
import { incidentStepTable as stepTable, incidentTable } from '../schema';
import { selectIncidents } from './incident-rows';
import { changesWith } from './incident-tracks';

export interface UntoldRow {
  readonly seq: number;
  readonly incidentId: string;
  readonly source: 'change' | 'step' | 'overdue';
  readonly sourceId: string;
  readonly overdue: OverdueJson | null;
}
type OverdueJson = {
  readonly kind: OverdueEvent['kind'];
  readonly task_id: string;
  readonly due_at: string;
  readonly escalate_to: OverdueEvent['escalateTo'];
  readonly noticed_at: string;
};

type Reach = Pick<ToldIncident, 'orgPath' | 'assetKinds'>;

/** The oldest that nobody was told of, at most `limit`. */
export const untoldIncidents = ({ query }: Session, limit: number): Promise<UntoldRow[]> =>
  query<UntoldRow>(
    `select seq, incident_id as "incidentId", source, source_id as "sourceId", overdue
     from untold_incident order by seq limit $1`,
    [limit],
  );

/** With what the records say now of the incidents, in the same order. */
export async function toldIncidents(session: Session, rows: readonly UntoldRow[]): Promise<ToldIncident[]> {
  if (rows.length === 0) return [];
  const ids = [...new Set(rows.map(row => row.incidentId))];
  const incidents = await selectIncidents(session, inArray(incidentTable.id, ids), ids.length, null);
  const byId = new Map(incidents.map(row => [row.id, row]));
  const reach = await reachOf(session, ids);
  const events = await eventsOf(session, rows);
  return rows.flatMap((row, i) => {
    const incident = byId.get(row.incidentId);
    const event = events[i];
    if (incident === undefined || event === null || event === undefined) return [];
    return [{ event, row: incident, ...(reach.get(row.incidentId) ?? NOWHERE) }];
  });
}

const NOWHERE: Reach = { orgPath: [], assetKinds: [] };

/** All organisations that own a part of it or stand above one, and the kinds of its assets. */
export async function reachOf({ query }: Session, ids: readonly string[]): Promise<Map<string, Reach>> {
  const rows = await query<Reach & { readonly id: string }>(
    `select incident.id,
       array(select distinct above from org cross join unnest(org.path) as above
         where org.id = any(incident.org_ids) order by above) as "orgPath",
       array(select distinct asset.kind from incident_alarm as member join alarm on alarm.id = member.alarm_id
         join asset on asset.id = alarm.asset_id where member.incident_id = incident.id order by 1) as "assetKinds"
     from incident where id = any($1::text[])`,
    [ids],
  );
  return new Map(rows.map(({ id, orgPath, assetKinds }) => [id, { orgPath, assetKinds }]));
}

/** null: what it names is gone, which only a restored database can have. */
async function eventsOf(session: Session, rows: readonly UntoldRow[]): Promise<(IncidentEvent | null)[]> {
  const named = (source: UntoldRow['source']): string[] =>
    rows.filter(row => row.source === source).map(row => row.sourceId);
  const tracks = await changesWith(session, named('change'));
  const changes = new Map([...tracks.values()].flat().map(change => [change.id, change]));
  const steps = await stepsWith(session, named('step'));
  const givers = await giversOf(session, [...steps.values()]);
  return rows.map(({ source, sourceId, overdue }): IncidentEvent | null => {
    if (source === 'overdue') return overdue === null ? null : { source, overdue: overdueOf(overdue) };
    if (source === 'change') {
      const change = changes.get(sourceId);
      return change === undefined ? null : { source, change };
    }
    const step = steps.get(sourceId);
    return step === undefined ? null : { source, step, giverIds: givers.get(sourceId) ?? [] };
  });
}

async function stepsWith({ db }: Session, ids: readonly string[]): Promise<Map<string, IncidentStep>> {
  if (ids.length === 0) return new Map();
  const rows = await db
    .select()
    .from(stepTable)
    .where(inArray(stepTable.id, [...ids]));
  return new Map(rows.map(row => [row.id, row as IncidentStep]));
}

/** By step of feedback, who gave the task; also where the incident of the task was taken in by this one. */
async function giversOf(
  { query }: Session,
  steps: readonly IncidentStep[],
): Promise<Map<string, readonly string[]>> {
  const asked = steps.flatMap(step => (step.kind === 'feedback' ? [step] : []));
  if (asked.length === 0) return new Map();
  const rows = await query<{ id: string; actor: string }>(
    `select distinct wanted.id, given.actor from unnest($1::text[], $2::text[]) as wanted (id, task_id)
     join incident_step as given on given.kind = 'dispatched' and given.actor is not null
       and given.payload -> 'tasks' @> jsonb_build_array(jsonb_build_object('id', wanted.task_id))
     order by wanted.id, given.actor`,
    [asked.map(step => step.id), asked.map(step => step.payload.taskId)],
  );
  const givers = new Map<string, string[]>();
  for (const { id, actor } of rows) givers.set(id, [...(givers.get(id) ?? []), actor]);
  return givers;
}

const instantOf = (text: string): Millis => new Date(text).getTime();

const overdueOf = (row: OverdueJson): OverdueEvent => ({
  kind: row.kind,
  taskId: row.task_id === '' ? null : row.task_id,
  dueAt: instantOf(row.due_at),
  escalateTo: row.escalate_to,
  noticedAt: instantOf(row.noticed_at),
});
