import type { IncidentChange, IncidentStep } from '@anmai/alarms';
import { asc, inArray } from 'drizzle-orm';
import type { Session } from '../database';
import { REVIEW_CHANGES_MAX } from '../incident-shapes';
import { incidentChangeTable as changeTable, incidentStepTable as stepTable } from '../schema';

const RISING = `kind in ('opened', 'joined', 'escalated', 'reopened', 'absorbed')`;

/** Steps by incident, oldest first: its own, and those of all that it absorbed. */
export async function stepsOf(
  { db, query }: Session,
  ids: readonly string[],
): Promise<Map<string, IncidentStep[]>> {
  const parts = await query<{ root: string; id: string }>(
    `with recursive part (root, id) as (
       select id collate "C", id collate "C" from unnest($1::text[]) as wanted (id)
       union
       select part.root, other_id from part
       join incident_change on incident_id = part.id and kind = 'absorbed')
     select root, id from part where exists (select 1 from incident_step where incident_id = part.id)`,
    [ids],
  );
  if (parts.length === 0) return new Map();
  const rows = await db
    .select()
    .from(stepTable)
    .where(inArray(stepTable.incidentId, [...new Set(parts.map(part => part.id))]))
    .orderBy(asc(stepTable.at), asc(stepTable.id));
  const steps = rows.map(row => ({ ...row, payload: row.payload }) as IncidentStep);
  const byRoot = new Map<string, IncidentStep[]>();
  for (const { root } of parts) {
    const own = new Set(parts.filter(part => part.root === root).map(part => part.id));
    byRoot.set(
      root,
      steps.filter(step => own.has(step.incidentId)),
    );
  }
  return byRoot;
}

/**
 * The part of each track that its fold rests on, ascending: the first and the last change, the newest rise and cause, and
 * the first rise after what each step had seen. An incident of ten thousand alarms has more than twice as many changes.
 */
export async function trackOf(
  session: Session,
  ids: readonly string[],
  steps: ReadonlyMap<string, readonly IncidentStep[]>,
): Promise<Map<string, IncidentChange[]>> {
  const seen = ids.flatMap(id => [
    { id, n: 0 },
    ...(steps.get(id) ?? []).flatMap(({ payload }) => ('seenN' in payload ? [{ id, n: payload.seenN }] : [])),
  ]);
  const newest = (which: string): string =>
    `(select id from incident_change where incident_id = wanted.id and ${which} order by n desc limit 1)`;
  const found = await session.query<{ id: string }>(
    `select distinct picked.id from unnest($1::text[], $2::integer[]) as wanted (id, n)
     cross join lateral (
       (select id from incident_change where incident_id = wanted.id and n > wanted.n and ${RISING} order by n limit 1)
       union all ${newest('true')} union all ${newest(RISING)} union all ${newest('cause is not null')}
     ) as picked`,
    [seen.map(each => each.id), seen.map(each => each.n)],
  );
  return changesWith(
    session,
    found.map(row => row.id),
  );
}

/** For a review: all that decided, and as many of the rest as there is room for, the earliest first. */
export async function reviewTrack(
  session: Session,
  id: string,
  steps: readonly IncidentStep[],
): Promise<IncidentChange[]> {
  const decisive = (await trackOf(session, [id], new Map([[id, steps]]))).get(id) ?? [];
  const before = await session.query<{ id: string }>(
    `select picked.id from unnest($2::timestamptz[]) as step (at)
     cross join lateral (select id from incident_change where incident_id = $1 and noticed_at <= step.at
       order by n desc limit 1) as picked`,
    [id, steps.map(step => new Date(step.at).toISOString())],
  );
  const others = await session.query<{ id: string }>(
    `select id from incident_change where incident_id = $1
     order by (kind in ('joined', 'eased', 'blinded', 'restored')), n limit $2`,
    [id, REVIEW_CHANGES_MAX],
  );
  const wanted = [...new Set([...decisive, ...before, ...others].map(each => each.id))].slice(
    0,
    REVIEW_CHANGES_MAX,
  );
  return (await changesWith(session, wanted)).get(id) ?? [];
}

/** By incident, ascending. */
export async function changesWith(
  { db }: Session,
  ids: readonly string[],
): Promise<Map<string, IncidentChange[]>> {
  const byIncident = new Map<string, IncidentChange[]>();
  if (ids.length === 0) return byIncident;
  const rows = await db
    .select()
    .from(changeTable)
    .where(inArray(changeTable.id, [...ids]))
    .orderBy(asc(changeTable.n));
  for (const row of rows) {
    const track = byIncident.get(row.incidentId);
    if (track === undefined) byIncident.set(row.incidentId, [row]);
    else track.push(row);
  }
  return byIncident;
}
