import { derivedId, type Clock, type Millis } from '@anmai/kernel';
import type { Session } from '../database';
import { toSqlInstant } from '../instants';
import { appendBuildingEvents } from './building-events';

interface SpecialCheckup {
  readonly id: string;
  readonly buildingId: string;
  readonly kind: string;
}

/** A special check-up was planned: it answers the demand of its building that waits, if there is one. */
export async function answerDemand(
  { query }: Session,
  { id, buildingId, kind }: SpecialCheckup,
): Promise<void> {
  if (kind !== 'special') return;
  await query('update checkup_demand set checkup_id = $2 where building_id = $1 and met_at is null', [
    buildingId,
    id,
  ]);
}

/** A special check-up was submitted: what waited for one is met. In the transaction of the submission. */
export async function meetDemands(
  session: Session,
  clock: Clock,
  { id, buildingId, kind }: SpecialCheckup,
  at: Millis,
  actor: string,
): Promise<void> {
  if (kind !== 'special') return;
  const met = await session.query<{ id: string }>(
    'update checkup_demand set checkup_id = $2, met_at = $3 where building_id = $1 and met_at is null returning id',
    [buildingId, id, toSqlInstant(at)],
  );
  await appendBuildingEvents(
    session,
    clock,
    met.map(demand => ({
      id: derivedId('bev', 'watch', demand.id, 'checkupDemandMet', id),
      // One millisecond after the submission that it follows from.
      ...{ buildingId, at: at + 1, kind: 'watch', change: 'checkupDemandMet', refId: demand.id, actor },
      detail: { checkupId: id },
    })),
  );
}
