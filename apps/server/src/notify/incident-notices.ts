import { findAssetKind, type LifelineGroup } from '@anmai/catalog';
import { noticesOfIncident, type IncidentFacts, type IncidentNotice } from '@anmai/notify';
import type { ToldIncident } from '@anmai/postgres';

/** Messages about what happened to an incident. */
export const noticesOfTold = (told: ToldIncident): readonly IncidentNotice[] =>
  noticesOfIncident(told.event, factsOf(told));

/**
 * Of those that only say that one more alarm joined the newest of each incident: who is reached follows from what the
 * records say now. A storm has thousands of them.
 */
export function newestOfEach(told: readonly ToldIncident[]): readonly ToldIncident[] {
  const newest = new Map(told.filter(isJoin).map(each => [each.row.id, each]));
  return told.filter(each => !isJoin(each) || newest.get(each.row.id) === each || isReturn(each));
}

const isJoin = ({ event }: ToldIncident): boolean =>
  event.source === 'change' && event.change.kind === 'joined';

/** It came after the end, and that is told of this very one. */
const isReturn = ({ event, row: { disposal } }: ToldIncident): boolean =>
  event.source === 'change' && disposal.reopened && event.change.noticedAt === disposal.detectedAt;

export function factsOf({ row, orgPath, assetKinds }: Omit<ToldIncident, 'event'>): IncidentFacts {
  const { id, familyId, alarmCount, cause, placeName, onsetAt, disposal } = row;
  const groups = assetKinds.map((kind): LifelineGroup => findAssetKind(kind)?.group ?? 'other');
  return {
    ...{ id, familyId, alarmCount, cause, placeName, onsetAt, disposal, orgPath },
    severity: disposal.severity,
    ownerIds: row.orgIds,
    groups: [...new Set(groups)],
  };
}
