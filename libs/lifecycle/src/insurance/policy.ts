import { DAY_MS, ok, type Millis, type Result } from '@anmai/kernel';
import type { Fen } from '../money';
import { refuse, type Refusal } from '../refusal';
import { INSURANCE_ERRORS as E } from './errors';

/**
 * `building`: safety of buildings in use (房屋质量安全保险). `newBuild`: defects of new buildings (IDI, 住宅工程质量潜在缺陷保险),
 * another product with other payers and events; it never counts as insurance of a building in use.
 */
export const PRODUCT_KINDS = ['building', 'newBuild'] as const;
export type ProductKind = (typeof PRODUCT_KINDS)[number];

/** What a claim is raised by: 倒塌, 鉴定为 D 级, 鉴定为 C 级, 外墙脱落, 第三者责任; of a new build alone: 质量缺陷. */
export const CLAIM_TRIGGERS = ['collapse', 'gradeD', 'gradeC', 'facade', 'thirdParty', 'defect'] as const;
export type ClaimTrigger = (typeof CLAIM_TRIGGERS)[number];

export const PATROL_KINDS = ['structure', 'fire', 'facade'] as const;
export type PatrolKind = (typeof PATROL_KINDS)[number];

/** What the insurer has to look at: so many times in each year of the policy, and after events where agreed. */
export interface PatrolDuty {
  readonly kind: PatrolKind;
  readonly timesPerYear: number;
}

/** Null: the policy has no such limit. */
export interface PolicyLimits {
  readonly perM2Fen: Fen | null;
  readonly perBuildingFen: Fen | null;
  readonly perEventFen: Fen | null;
  readonly perPersonFen: Fen | null;
  readonly totalFen: Fen | null;
}

export interface PolicyTerms {
  readonly kind: ProductKind;
  /** Name of the product, as on the policy. */
  readonly product: string;
  readonly policyNumber: string;
  readonly insurer: string;
  readonly payer: 'government' | 'owners' | 'property' | 'developer' | 'other';
  readonly premiumFen: Fen | null;
  /** In force in [startsAt, endsAt). */
  readonly startsAt: Millis;
  readonly endsAt: Millis;
  readonly triggers: readonly ClaimTrigger[];
  readonly limits: PolicyLimits;
  readonly deductibleFen: Fen;
  /** What the owners bear of a loss, in hundredths of a percent: 3000 is 30 %. */
  readonly ownersShareBp: number;
  readonly duties: readonly PatrolDuty[];
  /** Looks at the building after storms, earthquakes and alarms too. */
  readonly patrolsAfterEvents: boolean;
}

/** A building that is insured. `areaM2` null: not on file. */
export interface Cover {
  readonly buildingId: string;
  readonly areaM2: number | null;
}

export interface Policy extends PolicyTerms {
  readonly id: string;
  readonly covers: readonly Cover[];
}

export function checkPolicy(policy: PolicyTerms): Result<true, Refusal> {
  const faults = [
    policy.endsAt <= policy.startsAt && 'it ends before it starts',
    policy.triggers.length === 0 && 'it covers nothing',
    policy.kind === 'building' &&
      policy.triggers.includes('defect') &&
      'defects of new buildings are IDI, another product',
    policy.kind === 'newBuild' &&
      policy.triggers.some(each => each !== 'defect') &&
      'IDI covers defects alone',
    (policy.ownersShareBp < 0 || policy.ownersShareBp > 10_000) && 'the owners bear between 0 and 100 %',
    new Set(policy.duties.map(duty => duty.kind)).size < policy.duties.length &&
      'one duty for each kind of patrol',
  ].filter(fault => fault !== false);
  return faults.length === 0 ? ok(true) : refuse(E.badPolicy, { why: faults.join('; ') });
}

/** What one building is insured for at most; null: the policy names no sum, or its area is not known. */
export function sumInsured({ limits }: Pick<Policy, 'limits'>, { areaM2 }: Cover): Fen | null {
  const byArea = limits.perM2Fen === null || areaM2 === null ? null : Math.floor(limits.perM2Fen * areaM2);
  const sums = [byArea, limits.perBuildingFen].filter(sum => sum !== null);
  return sums.length === 0 ? null : Math.min(...sums);
}

export type PolicyState = 'planned' | 'inForce' | 'expiring' | 'expired';
/** A renewal takes a tender: so long before its end a policy is shown as expiring. */
export const EXPIRY_WARNING_DAYS = 60;

export function policyState(
  { startsAt, endsAt }: Pick<Policy, 'startsAt' | 'endsAt'>,
  now: Millis,
  warningDays = EXPIRY_WARNING_DAYS,
): PolicyState {
  if (now < startsAt) return 'planned';
  if (now >= endsAt) return 'expired';
  return endsAt - now <= warningDays * DAY_MS ? 'expiring' : 'inForce';
}

export const isInForce = (policy: Pick<Policy, 'startsAt' | 'endsAt'>, at: Millis): boolean =>
  at >= policy.startsAt && at < policy.endsAt;
