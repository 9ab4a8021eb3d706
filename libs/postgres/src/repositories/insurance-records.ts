import { AppError, derivedId, type Millis } from '@anmai/kernel';
import {
  checkClaim,
  checkPolicy,
  INSURANCE_ERRORS,
  isInForce,
  payableFen,
  stepClaim,
  type BuildingEvent,
  type Claim,
  type Evidence,
  type Policy,
} from '@anmai/lifecycle';
import type { Database, Session } from '../database';
import { POSTGRES_ERRORS as E } from '../errors';
import type * as I from '../insurance-records';
import { toSqlInstant } from '../instants';
import { LIST_LIMIT_MAX, type Author, type RecordPage, type Within } from '../record-shapes';
import { appendBuildingEvents } from './building-events';
import {
  policyById,
  selectClaims,
  selectPatrols,
  selectPolicies,
  type ClaimBody,
  type ClaimRow,
} from './insurance-rows';
import { instantCursor, pageLimit, pageOf, parseInstantCursor } from './paging';
import { checkReference, visibleIds } from './references';
import { taken } from './refused';
import { checkVersion } from './registered';
import { appendAudit } from './trail';

type OwnedPolicy = Policy & { readonly orgId: string };

export class InsuranceRecords implements I.Insurance {
  constructor(private readonly database: Database) {}

  async policies(query: I.PolicyQuery, within: Within): Promise<RecordPage<I.PolicyRow>> {
    const limit = pageLimit(query);
    const { kind, buildingId, endsBefore } = query;
    const now = toSqlInstant(this.database.clock.now());
    const rows = await this.database.read(session =>
      selectPolicies(
        session,
        within,
        `p.id > $2 and ($3::text is null or p.kind = $3)
           and ($4::text is null or exists (select 1 from insurance_cover c where c.policy_id = p.id and c.building_id = $4))
           and ($5::timestamptz is null or (p.ends_at < $5 and p.ends_at >= $6)) order by p.id limit $7`,
        [
          ...[query.cursor ?? '', kind ?? null, buildingId ?? null],
          ...[endsBefore === undefined ? null : toSqlInstant(endsBefore), now, limit + 1],
        ],
      ),
    );
    return pageOf(rows, limit, last => last.id);
  }

  policy(id: string, within: Within): Promise<I.PolicyRecord | null> {
    return this.database.snapshot(session => policyById(session, id, within));
  }

  createPolicy(policy: OwnedPolicy, by: Author): Promise<I.PolicyRecord> {
    return this.database.write(async session => {
      await this.checkNew(session, policy, by);
      const { id, orgId, kind, startsAt, endsAt, covers: _covers, ...body } = policy;
      await session.query(
        `insert into insurance_policy (id, org_id, kind, starts_at, ends_at, body) values ($1, $2, $3, $4, $5, $6::jsonb)`,
        [id, orgId, kind, toSqlInstant(startsAt), toSqlInstant(endsAt), JSON.stringify(body)],
      );
      await this.keepCovers(session, policy, by, new Set());
      await this.note(session, by, 'insurancePolicy.created', `insurancePolicy/${id}`, { after: policy });
      return (await policyById(session, id, null))!;
    });
  }

  updatePolicy(policy: OwnedPolicy, expectedVersion: number | null, by: Author): Promise<I.PolicyRecord> {
    return this.database.write(async session => {
      const before = await policyById(session, policy.id, by.within);
      if (before === null) throw new AppError(E.notFound, { what: 'policy', id: policy.id });
      checkVersion('policy', policy.id, before.version, expectedVersion);
      await this.checkNew(session, policy, by);
      const { id, orgId, kind, startsAt, endsAt, covers: _covers, ...body } = policy;
      await session.query(
        `update insurance_policy set org_id = $2, kind = $3, starts_at = $4, ends_at = $5, body = $6::jsonb,
           version = version + 1 where id = $1`,
        [id, orgId, kind, toSqlInstant(startsAt), toSqlInstant(endsAt), JSON.stringify(body)],
      );
      await session.query('delete from insurance_cover where policy_id = $1', [id]);
      const had = new Set(before.covers.map(cover => cover.buildingId));
      await this.keepCovers(session, policy, by, had);
      await this.note(session, by, 'insurancePolicy.changed', `insurancePolicy/${id}`, {
        before,
        after: policy,
      });
      return (await policyById(session, id, null))!;
    });
  }

  async patrols(
    policyId: string,
    buildingId: string | null,
    within: Within,
  ): Promise<readonly I.PatrolRecord[]> {
    return this.database.snapshot(async session => {
      if ((await policyById(session, policyId, within)) === null) {
        throw new AppError(E.notFound, { what: 'policy', id: policyId });
      }
      return selectPatrols(session, policyId, buildingId, LIST_LIMIT_MAX);
    });
  }

  addPatrol(patrol: Omit<I.PatrolRecord, 'actor'>, by: Author): Promise<I.PatrolRecord> {
    return this.database.write(async session => {
      const { id, policyId, buildingId, kind, at, doneBy, findings } = patrol;
      const policy = await this.known(session, policyId, by.within);
      if (!policy.covers.some(cover => cover.buildingId === buildingId)) {
        throw new AppError(INSURANCE_ERRORS.notInsured, { building: buildingId, policy: policyId });
      }
      const isOwed = policy.patrolsAfterEvents || policy.duties.some(duty => duty.kind === kind);
      if (!isOwed || !isInForce(policy, at) || at > this.database.clock.now()) {
        throw new AppError(INSURANCE_ERRORS.patrolOutside, { policy: policyId, kind });
      }
      await session.query(
        `insert into insurance_patrol (id, policy_id, building_id, kind, at, done_by, findings, actor, written_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
        [
          ...[id, policyId, buildingId, kind, toSqlInstant(at), doneBy, findings, by.actor],
          toSqlInstant(this.database.clock.now()),
        ],
      );
      await this.tell(session, by, [buildingId], 'patrolled', id, at, { policyId, kind });
      await this.note(session, by, 'insurancePatrol.added', `insurancePatrol/${id}`, { after: patrol });
      return { ...patrol, actor: by.actor };
    });
  }

  async claims(query: I.ClaimQuery, within: Within): Promise<RecordPage<I.ClaimRecord>> {
    const limit = pageLimit(query);
    const after = query.cursor ? parseInstantCursor(query.cursor) : null;
    return this.database.snapshot(async session => {
      const rows = await selectClaims(
        session,
        within,
        `($2::text is null or c.policy_id = $2) and ($3::text is null or c.building_id = $3)
           and ($4::text is null or c.state = $4)
           and ($5::timestamptz is null or (c.reported_at, c.id) < ($5, $6))
         order by c.reported_at desc, c.id desc limit $7`,
        [
          ...[query.policyId ?? null, query.buildingId ?? null, query.state ?? null],
          ...[after === null ? null : toSqlInstant(after.at), after?.id ?? null, limit + 1],
        ],
      );
      const page = pageOf(rows, limit, last => instantCursor(last.reported_at, last.id));
      const items: I.ClaimRecord[] = [];
      for (const row of page.items) items.push(await this.recordOf(session, row));
      return { items, nextCursor: page.nextCursor };
    });
  }

  claim(id: string, within: Within): Promise<I.ClaimRecord | null> {
    return this.database.snapshot(async session => {
      const [row] = await selectClaims(session, within, 'c.id = $2', [id]);
      return row === undefined ? null : this.recordOf(session, row);
    });
  }

  report(claim: I.NewClaim, by: Author): Promise<I.ClaimRecord> {
    return this.database.write(async session => {
      const { id, policyId, buildingId, trigger, happenedAt, people, evidence, description } = claim;
      taken(checkClaim(await this.known(session, policyId, by.within), claim));
      const body: ClaimBody = { people, evidence, description, lossFen: null, paidFen: null, steps: [] };
      const now = this.database.clock.now();
      await session.query(
        `insert into insurance_claim (id, policy_id, building_id, trigger, state, happened_at, reported_at, body)
         values ($1, $2, $3, $4, 'reported', $5, $6, $7::jsonb)`,
        [
          id,
          policyId,
          buildingId,
          trigger,
          toSqlInstant(happenedAt),
          toSqlInstant(now),
          JSON.stringify(body),
        ],
      );
      await this.tell(session, by, [buildingId], 'claimed', id, now, { policyId, trigger });
      await this.note(session, by, 'insuranceClaim.reported', `insuranceClaim/${id}`, { after: claim });
      return this.after(session, id);
    });
  }

  addEvidence(id: string, evidence: Evidence, by: Author): Promise<I.ClaimRecord> {
    return this.change(id, by, 'evidenceAdded', evidence, (_policy, row) => ({
      state: row.state,
      body: { ...row.body, evidence: [...row.body.evidence, evidence] },
    }));
  }

  step(id: string, step: I.ClaimStep, by: Author): Promise<I.ClaimRecord> {
    return this.change(id, by, step.to, step, (policy, row, paidBeforeFen) => {
      const { to, lossFen, paidFen, note } = step;
      const next = taken(stepClaim(policy, claimOf(row), to, { lossFen, paidFen, paidBeforeFen }));
      const steps = [...row.body.steps, { to, at: this.database.clock.now(), actor: by.actor, note }];
      return { state: to, body: { ...row.body, lossFen: next.lossFen, paidFen: next.paidFen, steps } };
    });
  }

  private change(
    id: string,
    by: Author,
    verb: string,
    detail: unknown,
    work: (policy: Policy, row: ClaimRow, paidBeforeFen: number) => { state: string; body: ClaimBody },
  ): Promise<I.ClaimRecord> {
    return this.database.write(async session => {
      const [row] = await selectClaims(session, by.within, 'c.id = $2', [id]);
      if (row === undefined) throw new AppError(E.notFound, { what: 'claim', id });
      const policy = await this.known(session, row.policy_id, null);
      const { state, body } = work(policy, row, await paidBefore(session, row));
      await session.query(
        'update insurance_claim set state = $2, body = $3::jsonb, version = version + 1 where id = $1',
        [id, state, JSON.stringify(body)],
      );
      if (state !== row.state) {
        const at = this.database.clock.now();
        await this.tell(session, by, [row.building_id], `claim.${state}`, id, at, {
          policyId: row.policy_id,
        });
      }
      await this.note(session, by, `insuranceClaim.${verb}`, `insuranceClaim/${id}`, detail);
      return this.after(session, id);
    });
  }

  private async after(session: Session, id: string): Promise<I.ClaimRecord> {
    const [row] = await selectClaims(session, null, 'c.id = $2', [id]);
    return this.recordOf(session, row!);
  }

  private async recordOf(session: Session, row: ClaimRow): Promise<I.ClaimRecord> {
    const policy = await policyById(session, row.policy_id, null);
    const claim = claimOf(row);
    return {
      ...claim,
      version: row.version,
      reportedAt: row.reported_at,
      description: row.body.description,
      payableFen: payableFen(policy!, claim, await paidBefore(session, row)),
    };
  }

  private async known(session: Session, id: string, within: Within): Promise<I.PolicyRecord> {
    const policy = await policyById(session, id, within);
    if (policy === null) throw new AppError(E.notFound, { what: 'policy', id });
    return policy;
  }

  private async checkNew(session: Session, policy: OwnedPolicy, by: Author): Promise<void> {
    taken(checkPolicy(policy));
    await checkReference(session, 'org', policy.orgId, by.within);
    const ids = policy.covers.map(cover => cover.buildingId);
    const seen = await visibleIds(session, 'asset', ids, by.within);
    const missing = ids.find(id => !seen.has(id));
    if (missing !== undefined) throw new AppError(E.unknownReference, { what: 'building', id: missing });
  }

  private async keepCovers(
    session: Session,
    policy: OwnedPolicy,
    by: Author,
    had: ReadonlySet<string>,
  ): Promise<void> {
    await session.query(
      `insert into insurance_cover (policy_id, building_id, area_m2)
       select $1, x."buildingId", x."areaM2" from jsonb_to_recordset($2::jsonb) as x ("buildingId" text, "areaM2" double precision)`,
      [policy.id, JSON.stringify(policy.covers)],
    );
    const ids = policy.covers.map(cover => cover.buildingId).filter(id => !had.has(id));
    const { id, product, kind } = policy;
    await this.tell(session, by, ids, 'insured', id, policy.startsAt, { product, kind });
  }

  /** One line on the timeline of each of the buildings. */
  private async tell(
    session: Session,
    by: Author,
    buildingIds: readonly string[],
    change: string,
    refId: string,
    at: Millis,
    detail: Readonly<Record<string, unknown>>,
  ): Promise<void> {
    const events = buildingIds.map((id): BuildingEvent => ({
      id: derivedId('bev', 'insurance', change, refId, id),
      ...{ buildingId: id, at, kind: 'insurance', change, refId, actor: by.actor, detail },
    }));
    await appendBuildingEvents(session, this.database.clock, events);
  }

  private async note(
    session: Session,
    by: Author,
    action: string,
    subject: string,
    detail: unknown,
  ): Promise<void> {
    await appendAudit(session, this.database.clock, { actor: by.actor, action, subject, detail });
  }
}

const claimOf = (row: ClaimRow): Claim => ({
  id: row.id,
  policyId: row.policy_id,
  buildingId: row.building_id,
  trigger: row.trigger,
  happenedAt: row.happened_at,
  state: row.state,
  lossFen: row.body.lossFen,
  people: row.body.people,
  paidFen: row.body.paidFen,
  evidence: row.body.evidence,
});

/** What the policy has paid for other claims. */
async function paidBefore({ query }: Session, row: ClaimRow): Promise<number> {
  const [sum] = await query<{ paid: number }>(
    `select coalesce(sum((body->>'paidFen')::bigint), 0)::bigint as paid from insurance_claim
     where policy_id = $1 and id <> $2 and state = 'paid'`,
    [row.policy_id, row.id],
  );
  return sum!.paid;
}
