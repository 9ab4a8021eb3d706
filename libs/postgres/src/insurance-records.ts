import type { Claim, ClaimState, Evidence, Patrol, Policy, ProductKind } from '@anmai/lifecycle';
import type { Fen } from '@anmai/lifecycle';
import type { Millis } from '@anmai/kernel';
import type { Author, PageQuery, RecordPage, Versioned, Within } from './record-shapes';

export type PolicyRecord = Policy & Versioned & { readonly orgId: string };
export type PolicyRow = Omit<PolicyRecord, 'covers'> & { readonly buildings: number };

export interface PatrolRecord extends Patrol {
  readonly policyId: string;
  readonly doneBy: string;
  readonly findings: string;
  readonly actor: string;
}

export type ClaimRecord = Claim &
  Versioned & {
    readonly reportedAt: Millis;
    readonly description: string;
    /** What the policy would pay as things stand; null: the loss is not known. */
    readonly payableFen: Fen | null;
  };
export type NewClaim = Pick<
  Claim,
  'id' | 'policyId' | 'buildingId' | 'trigger' | 'happenedAt' | 'people' | 'evidence'
> & {
  readonly description: string;
};
export interface ClaimStep {
  readonly to: ClaimState;
  readonly lossFen?: Fen | undefined;
  readonly paidFen?: Fen | undefined;
  readonly note: string;
}

export interface PolicyQuery extends PageQuery {
  readonly kind?: ProductKind | undefined;
  readonly buildingId?: string | undefined;
  /** Those that end in [now, endsBefore). */
  readonly endsBefore?: Millis | undefined;
}
export interface ClaimQuery extends PageQuery {
  readonly policyId?: string | undefined;
  readonly buildingId?: string | undefined;
  readonly state?: ClaimState | undefined;
}

export const COVERS_MAX = 5_000;

/** Insurance of buildings. A refusal of its rules rejects with INS-nnn; for the rest see `Records`. */
export interface Insurance {
  policies(query: PolicyQuery, within: Within): Promise<RecordPage<PolicyRow>>;
  policy(id: string, within: Within): Promise<PolicyRecord | null>;
  createPolicy(policy: Policy & { readonly orgId: string }, by: Author): Promise<PolicyRecord>;
  updatePolicy(
    policy: Policy & { readonly orgId: string },
    expectedVersion: number | null,
    by: Author,
  ): Promise<PolicyRecord>;
  /** Of one policy, newest first; at most LIST_LIMIT_MAX. */
  patrols(policyId: string, buildingId: string | null, within: Within): Promise<readonly PatrolRecord[]>;
  addPatrol(patrol: Omit<PatrolRecord, 'actor'>, by: Author): Promise<PatrolRecord>;
  /** Newest first. */
  claims(query: ClaimQuery, within: Within): Promise<RecordPage<ClaimRecord>>;
  claim(id: string, within: Within): Promise<ClaimRecord | null>;
  report(claim: NewClaim, by: Author): Promise<ClaimRecord>;
  addEvidence(id: string, evidence: Evidence, by: Author): Promise<ClaimRecord>;
  step(id: string, step: ClaimStep, by: Author): Promise<ClaimRecord>;
}
