import type { Clock } from '@anmai/kernel';
import type { BuildingEvent } from '@anmai/lifecycle';
import type { Session } from '../database';
import { toSqlInstant } from '../instants';

/**
 * Appends to the timeline of a building, in the transaction of the write it tells of. The same id again changes nothing,
 * so that a write taken twice is told once.
 */
export async function appendBuildingEvents(
  session: Session,
  clock: Clock,
  events: readonly BuildingEvent[],
): Promise<void> {
  if (events.length === 0) return;
  await session.query(
    `insert into building_event (id, building_id, at, kind, change, ref_id, actor, detail, written_at)
     select id, "buildingId", "at", kind, change, "refId", actor, detail, $2
     from jsonb_to_recordset($1::jsonb) as t (id text, "buildingId" text, "at" timestamptz, kind text, change text,
       "refId" text, actor text, detail jsonb)
     on conflict (id) do nothing`,
    [
      JSON.stringify(events.map(event => ({ ...event, at: toSqlInstant(event.at) }))),
      toSqlInstant(clock.now()),
    ],
  );
}
