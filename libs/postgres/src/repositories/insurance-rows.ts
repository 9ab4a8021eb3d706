import type { Millis } from '@anmai/kernel';
import type { ClaimState, ClaimTrigger, Cover, PatrolKind, PolicyTerms, ProductKind } from '@anmai/lifecycle';
import type { Session } from '../database';
import type { NewClaim, PatrolRecord, PolicyRecord, PolicyRow } from '../insurance-records';
import type { Within } from '../record-shapes';
import { orgWithin } from './money-rows';

export type PolicyBody = Omit<PolicyTerms, 'kind' | 'startsAt' | 'endsAt'>;

interface Row {
  readonly id: string;
  readonly org_id: string;
  readonly kind: ProductKind;
  readonly starts_at: Millis;
  readonly ends_at: Millis;
  readonly body: PolicyBody;
  readonly version: number;
  readonly buildings: number;
}

/** Policies that meet `where`, ascending by id. `$1` is `within`; `where` names the policy `p`. */
export async function selectPolicies(
  { query }: Session,
  within: Within,
  where: string,
  values: readonly unknown[],
): Promise<PolicyRow[]> {
  const rows = await query<Row>(
    `select p.*, (select count(*) from insurance_cover c where c.policy_id = p.id) as buildings
     from insurance_policy p where ${orgWithin('p.org_id', 1)} and ${where}`,
    [within, ...values],
  );
  return rows.map(row => ({
    ...row.body,
    id: row.id,
    orgId: row.org_id,
    kind: row.kind,
    startsAt: row.starts_at,
    endsAt: row.ends_at,
    version: row.version,
    buildings: row.buildings,
  }));
}

export async function policyById(session: Session, id: string, within: Within): Promise<PolicyRecord | null> {
  const [row] = await selectPolicies(session, within, 'p.id = $2', [id]);
  if (row === undefined) return null;
  const covers = await session.query<Cover>(
    `select building_id as "buildingId", area_m2 as "areaM2" from insurance_cover where policy_id = $1 order by building_id`,
    [id],
  );
  const { buildings: _buildings, ...policy } = row;
  return { ...policy, covers };
}

export const selectPatrols = (
  { query }: Session,
  policyId: string,
  buildingId: string | null,
  limit: number,
): Promise<PatrolRecord[]> =>
  query<PatrolRecord & { readonly kind: PatrolKind }>(
    `select id, policy_id as "policyId", building_id as "buildingId", kind, at, done_by as "doneBy", findings, actor
     from insurance_patrol where policy_id = $1 and ($2::text is null or building_id = $2)
     order by at desc, id desc limit $3`,
    [policyId, buildingId, limit],
  );

export type ClaimBody = Pick<NewClaim, 'people' | 'evidence' | 'description'> & {
  readonly lossFen: number | null;
  readonly paidFen: number | null;
  /** What was done since it was reported. */
  readonly steps: readonly {
    readonly to: ClaimState;
    readonly at: Millis;
    readonly actor: string;
    readonly note: string;
  }[];
};

export interface ClaimRow {
  readonly id: string;
  readonly policy_id: string;
  readonly building_id: string;
  readonly trigger: ClaimTrigger;
  readonly state: ClaimState;
  readonly happened_at: Millis;
  readonly reported_at: Millis;
  readonly body: ClaimBody;
  readonly version: number;
}

/** Claims that meet `where`. `$1` is `within`; `where` names the claim `c`. */
export const selectClaims = (
  { query }: Session,
  within: Within,
  where: string,
  values: readonly unknown[],
): Promise<ClaimRow[]> =>
  query<ClaimRow>(
    `select c.* from insurance_claim c join insurance_policy p on p.id = c.policy_id
     where ${orgWithin('p.org_id', 1)} and ${where}`,
    [within, ...values],
  );
