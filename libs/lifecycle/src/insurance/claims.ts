import { ok, type Millis, type Result } from '@anmai/kernel';
import { yuan, type Fen } from '../money';
import { refuse, type Refusal } from '../refusal';
import { INSURANCE_ERRORS as E } from './errors';
import { isInForce, sumInsured, type ClaimTrigger, type Policy } from './policy';

/** What shows that it happened. `refId`: the check-up, alarm, appraisal, hazard, photo or document. */
export const EVIDENCE_KINDS = ['checkup', 'alarm', 'appraisal', 'hazard', 'file'] as const;
export interface Evidence {
  readonly kind: (typeof EVIDENCE_KINDS)[number];
  readonly refId: string;
  readonly note: string;
}

export const CLAIM_STATES = ['reported', 'surveyed', 'accepted', 'paid', 'rejected', 'withdrawn'] as const;
export type ClaimState = (typeof CLAIM_STATES)[number];
/** What may follow. */
export const CLAIM_GRAPH: Readonly<Record<ClaimState, readonly ClaimState[]>> = {
  reported: ['surveyed', 'rejected', 'withdrawn'],
  surveyed: ['accepted', 'rejected', 'withdrawn'],
  accepted: ['paid'],
  paid: [],
  rejected: ['surveyed'],
  withdrawn: [],
};

export interface Claim {
  readonly id: string;
  readonly policyId: string;
  readonly buildingId: string;
  readonly trigger: ClaimTrigger;
  readonly happenedAt: Millis;
  readonly state: ClaimState;
  /** What the survey found; null: not known yet. */
  readonly lossFen: Fen | null;
  /** People hurt, for the limit of each. */
  readonly people: number;
  readonly paidFen: Fen | null;
  readonly evidence: readonly Evidence[];
}

/** May the claim be raised on this policy? */
export function checkClaim(
  policy: Policy,
  claim: Pick<Claim, 'buildingId' | 'trigger' | 'happenedAt' | 'evidence'>,
): Result<true, Refusal> {
  const { buildingId, trigger } = claim;
  if (!policy.covers.some(cover => cover.buildingId === buildingId)) {
    return refuse(E.notInsured, { building: buildingId, policy: policy.id });
  }
  if (!isInForce(policy, claim.happenedAt)) return refuse(E.outsidePeriod, { policy: policy.id });
  if (!policy.triggers.includes(trigger)) return refuse(E.triggerNotCovered, { policy: policy.id, trigger });
  const isGrade = trigger === 'gradeC' || trigger === 'gradeD';
  if (isGrade && !claim.evidence.some(each => each.kind === 'appraisal')) return refuse(E.appraisalMissing);
  return ok(true);
}

/**
 * What the policy pays for a loss: less the deductible, less the owners' share, within the sum of the building, of the
 * event, of each person and of what is left of the whole. Whole fen, rounded down. Null: the loss is not known, or
 * the area that the sum of the building goes by.
 */
export function payableFen(policy: Policy, claim: Claim, paidBeforeFen: Fen): Fen | null {
  if (claim.lossFen === null || lacksArea(policy, claim)) return null;
  const { limits, deductibleFen, ownersShareBp } = policy;
  const above = BigInt(Math.max(0, claim.lossFen - deductibleFen));
  const share = Number((above * BigInt(10_000 - ownersShareBp)) / 10_000n);
  const cover = policy.covers.find(each => each.buildingId === claim.buildingId);
  const caps = [
    cover === undefined ? 0 : sumInsured(policy, cover),
    limits.perEventFen,
    limits.perPersonFen === null || claim.people === 0 ? null : limits.perPersonFen * claim.people,
    limits.totalFen === null ? null : Math.max(0, limits.totalFen - paidBeforeFen),
  ];
  return caps.reduce<Fen>((least, cap) => (cap === null ? least : Math.min(least, cap)), share);
}

/** A limit by area is no limit of an area that nobody knows: it is not known how much may be paid. */
const lacksArea = ({ limits, covers }: Policy, { buildingId }: Claim): boolean =>
  limits.perM2Fen !== null && covers.some(each => each.buildingId === buildingId && each.areaM2 === null);

/** One step of a claim. `paidFen`: what is paid, of the step to `paid` alone. */
export function stepClaim(
  policy: Policy,
  claim: Claim,
  to: ClaimState,
  also: {
    readonly lossFen?: Fen | undefined;
    readonly paidFen?: Fen | undefined;
    readonly paidBeforeFen: Fen;
  },
): Result<Claim, Refusal> {
  if (!CLAIM_GRAPH[claim.state].includes(to)) return refuse(E.wrongStep, { state: claim.state, wanted: to });
  const next: Claim = { ...claim, state: to, lossFen: also.lossFen ?? claim.lossFen };
  if (to === 'accepted' && next.evidence.length === 0) return refuse(E.evidenceMissing);
  if (to !== 'accepted' && to !== 'paid') return ok(next);
  if (next.lossFen === null) return refuse(E.lossUnknown);
  const payable = payableFen(policy, next, also.paidBeforeFen);
  if (payable === null) return refuse(E.areaUnknown, { policy: policy.id, building: next.buildingId });
  if (to === 'accepted') return ok(next);
  const paidFen = also.paidFen ?? payable;
  if (paidFen > payable) return refuse(E.tooMuch, { wantedYuan: yuan(paidFen), payableYuan: yuan(payable) });
  return ok({ ...next, paidFen });
}
