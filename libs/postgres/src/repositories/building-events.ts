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
  for (const event of events) {
    await session.query(
      `insert into building_event (id, building_id, at, kind, change, ref_id, actor, detail, written_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8::jsonb, $9) on conflict (id) do nothing`,
      [
        event.id,
        event.buildingId,
        toSqlInstant(event.at),
        event.kind,
        event.change,
        event.refId,
        event.actor,
        JSON.stringify(event.detail),
        toSqlInstant(clock.now()),
      ],
    );
  }
}
