import {
  CLAIM_GRAPH,
  dutySlots,
  policyState,
  sumInsured,
  type DutySlot,
  type LocalNow,
} from '@anmai/lifecycle';
import type { ClaimRecord, PatrolRecord, PolicyRecord, PolicyRow } from '@anmai/postgres';
import type { ClaimShape, DutiesShape, PatrolShape, PolicyRowShape, PolicyShape } from '@anmai/wire';
import type { Millis } from '@anmai/kernel';
import { iso } from '../iso';

export const policyRowShape = (row: PolicyRow, now: Millis): PolicyRowShape => ({
  ...row,
  startsAt: iso(row.startsAt),
  endsAt: iso(row.endsAt),
  triggers: [...row.triggers],
  duties: row.duties.map(duty => ({ ...duty })),
  limits: { ...row.limits },
  state: policyState(row, now),
});

export function policyShape(policy: PolicyRecord, now: Millis): PolicyShape {
  const { covers, ...rest } = policy;
  return {
    ...policyRowShape({ ...rest, buildings: covers.length }, now),
    covers: covers.map(cover => ({ ...cover, sumFen: sumInsured(policy, cover) })),
  };
}

/** How the insurer fulfils its patrols, building by building, and how many are in which state. */
export function dutiesShape(
  policy: PolicyRecord,
  patrols: readonly PatrolRecord[],
  now: LocalNow,
): DutiesShape {
  const counts: Record<DutySlot['state'], number> = { fulfilled: 0, late: 0, overdue: 0, due: 0, ahead: 0 };
  const buildings = policy.covers.map(({ buildingId }) => {
    const own = patrols.filter(patrol => patrol.buildingId === buildingId);
    const slots = policy.duties.flatMap(duty => dutySlots(duty, policy, own, now));
    for (const slot of slots) counts[slot.state] += 1;
    return { buildingId, slots: slots.map(slot => ({ ...slot, from: iso(slot.from), to: iso(slot.to) })) };
  });
  return { counts, buildings };
}

export const patrolShape = (patrol: PatrolRecord): PatrolShape => ({ ...patrol, at: iso(patrol.at) });

export const claimShape = (claim: ClaimRecord): ClaimShape => ({
  ...claim,
  nextStates: [...CLAIM_GRAPH[claim.state]],
  happenedAt: iso(claim.happenedAt),
  reportedAt: iso(claim.reportedAt),
  evidence: claim.evidence.map(each => ({ ...each })),
});
