import type { WarningSource } from '@anmai/alarms';
import type { Session } from '../database';
import { WARNING_CHANGES_MAX } from '../incident-shapes';
import { changesWith, stepsOf } from './incident-tracks';

/** Both tracks of an incident and of all that it absorbed, as far as warnings rest on them. */
export async function warningSourcesOf(
  session: Session,
  id: string,
): Promise<ReadonlyMap<string, WarningSource>> {
  const steps = (await stepsOf(session, [id])).get(id) ?? [];
  if (!steps.some(step => step.kind === 'warned')) return new Map();
  const rows = await session.query<{ id: string }>(
    `with recursive part (id) as (
       select $1::text collate "C"
       union
       select other_id from part join incident_change on incident_id = part.id and kind = 'absorbed'),
     told as (
       select change.id, change.incident_id, n, kind, cause, noticed_at, summary,
         lag(summary) over (partition by change.incident_id order by n) as before
       from incident_change as change where change.incident_id in (select id from part))
     select id from told
     where before is null or kind in ('absorbed', 'merged') or cause is not null
       or summary -> 'severity' is distinct from before -> 'severity'
       or summary -> 'box' is distinct from before -> 'box'
       or summary -> 'condition' is distinct from before -> 'condition'
     order by noticed_at, incident_id, n limit $2`,
    [id, WARNING_CHANGES_MAX],
  );
  const tracks = await changesWith(
    session,
    rows.map(row => row.id),
  );
  const sourceOf = (incidentId: string): WarningSource => ({
    changes: tracks.get(incidentId) ?? [],
    steps: steps.filter(step => step.incidentId === incidentId),
  });
  return new Map([...tracks.keys()].map(incidentId => [incidentId, sourceOf(incidentId)]));
}
