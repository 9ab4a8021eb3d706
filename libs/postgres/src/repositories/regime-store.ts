import { AppError } from '@anmai/kernel';
import type { CheckupForm, RegimeRuleSet } from '@anmai/lifecycle';
import type { Regimes } from '../checkup-records';
import type { Agency, AgencyRow, RegimeChoice, StoredForm, StoredRuleSet } from '../checkup-shapes';
import type { Database, Session } from '../database';
import { POSTGRES_ERRORS as E } from '../errors';
import { toSqlInstant } from '../instants';
import type { Author, Within } from '../record-shapes';
import { checkReference } from './references';
import { checkVersion } from './registered';
import { formBody, seedRegimes } from './regime-rows';
import { appendAudit } from './trail';

const BELOW = '(select id from org where path @> array[$1::text])';
const CHOICES = `select org_id as "orgId", from_date::text as "from", rule_set_id as "ruleSetId",
  rule_set_version as "ruleSetVersion" from checkup_regime`;
const AGENCY = `select id, org_id as "orgId", name, body -> 'qualifications' as qualifications,
  body -> 'streets' as streets, body -> 'capacityByMonth' as "capacityByMonth", version from checkup_agency`;

export class RegimeStore implements Regimes {
  private seeded: Promise<void> | null = null;
  constructor(private readonly database: Database) {}

  forms(): Promise<readonly StoredForm[]> {
    return this.reading(({ query }) =>
      query<StoredForm>('select body as form, at, actor from checkup_form order by id, version desc'),
    );
  }

  form(id: string, version: number | null): Promise<CheckupForm | null> {
    return this.reading(session => formBody(session, id, version));
  }

  addForm(form: CheckupForm, by: Author): Promise<StoredForm> {
    return this.publish('form', form, by, async ({ query }, at) => {
      await query(
        `insert into checkup_form (id, version, family, body, actor, at) values ($1, $2, $3, $4::jsonb, $5, $6)`,
        [form.id, form.version, form.family, JSON.stringify(form), by.actor, at],
      );
      return { form, at: this.database.clock.now(), actor: by.actor };
    });
  }

  ruleSets(): Promise<readonly StoredRuleSet[]> {
    return this.reading(({ query }) =>
      query<StoredRuleSet>(
        'select body as "ruleSet", at, actor from checkup_rule_set order by id, version desc',
      ),
    );
  }

  async ruleSet(id: string, version: number | null): Promise<RegimeRuleSet | null> {
    const [row] = await this.reading(({ query }) =>
      query<{ body: RegimeRuleSet }>(
        `select body from checkup_rule_set where id = $1 and ($2::integer is null or version = $2)
         order by version desc limit 1`,
        [id, version],
      ),
    );
    return row?.body ?? null;
  }

  addRuleSet(ruleSet: RegimeRuleSet, by: Author): Promise<StoredRuleSet> {
    return this.publish('ruleSet', ruleSet, by, async ({ query }, at) => {
      await query(
        'insert into checkup_rule_set (id, version, body, actor, at) values ($1, $2, $3::jsonb, $4, $5)',
        [ruleSet.id, ruleSet.version, JSON.stringify(ruleSet), by.actor, at],
      );
      return { ruleSet, at: this.database.clock.now(), actor: by.actor };
    });
  }

  choices(within: Within): Promise<readonly RegimeChoice[]> {
    return this.reading(({ query }) =>
      query<RegimeChoice>(
        `${CHOICES} where $1::text is null or org_id in ${BELOW} or org_id = any(
           select unnest(path) from org where id = $1) order by org_id, from_date`,
        [within],
      ),
    );
  }

  setChoices(orgId: string, choices: readonly RegimeChoice[], by: Author): Promise<readonly RegimeChoice[]> {
    return this.database.write(async session => {
      await seedRegimes(session, this.database.clock);
      await checkReference(session, 'org', orgId, by.within);
      const before = await session.query<RegimeChoice>(`${CHOICES} where org_id = $1 order by from_date`, [
        orgId,
      ]);
      await session.query('delete from checkup_regime where org_id = $1', [orgId]);
      for (const { from, ruleSetId, ruleSetVersion } of choices) {
        await this.requireRuleSet(session, ruleSetId, ruleSetVersion);
        await session.query(
          `insert into checkup_regime (org_id, from_date, rule_set_id, rule_set_version) values ($1, $2, $3, $4)`,
          [orgId, from, ruleSetId, ruleSetVersion],
        );
      }
      // Everything below may fall due on another day now.
      await session.query(
        `insert into checkup_due_dirty (building_id) select id from asset
         where kind = 'building' and org_id in ${BELOW} on conflict do nothing`,
        [orgId],
      );
      const detail = { before, after: choices };
      const entry = { action: 'checkup.regimeChosen', subject: `org/${orgId}`, detail };
      await appendAudit(session, this.database.clock, { actor: by.actor, ...entry });
      return session.query<RegimeChoice>(`${CHOICES} where org_id = $1 order by from_date`, [orgId]);
    });
  }

  async ruleSetFor(buildingId: string, on: string): Promise<RegimeRuleSet | null> {
    const [row] = await this.reading(({ query }) =>
      query<{ body: RegimeRuleSet }>(
        `select r.body from asset a join org o on o.id = a.org_id
         join checkup_regime c on c.org_id = any(o.path) and c.from_date <= $2::date
         join checkup_rule_set r on r.id = c.rule_set_id and r.version = c.rule_set_version
         where a.id = $1 order by array_position(o.path, c.org_id) desc, c.from_date desc limit 1`,
        [buildingId, on],
      ),
    );
    return row?.body ?? null;
  }

  agencies(within: Within): Promise<readonly AgencyRow[]> {
    return this.reading(({ query }) =>
      query<AgencyRow>(`${AGENCY} where $1::text is null or org_id in ${BELOW} order by id`, [within]),
    );
  }

  async agency(id: string, within: Within): Promise<AgencyRow | null> {
    const [row] = await this.reading(({ query }) =>
      query<AgencyRow>(`${AGENCY} where ($1::text is null or org_id in ${BELOW}) and id = $2`, [within, id]),
    );
    return row ?? null;
  }

  putAgency(agency: Agency, expectedVersion: number | null, by: Author): Promise<AgencyRow> {
    const { id, orgId, name, ...body } = agency;
    return this.database.write(async session => {
      await checkReference(session, 'org', orgId, by.within);
      const [before] = await session.query<AgencyRow>(`${AGENCY} where id = $1`, [id]);
      if (before !== undefined) {
        await checkReference(session, 'org', before.orgId, by.within);
        checkVersion('agency', id, before.version, expectedVersion);
      }
      await session.query(
        `insert into checkup_agency (id, org_id, name, body) values ($1, $2, $3, $4::jsonb)
         on conflict (id) do update set org_id = excluded.org_id, name = excluded.name, body = excluded.body,
           version = checkup_agency.version + 1`,
        [id, orgId, name, JSON.stringify(body)],
      );
      const detail = { before: before ?? null, after: agency };
      const entry = { action: 'checkup.agencyPut', subject: `agency/${id}`, detail };
      await appendAudit(session, this.database.clock, { actor: by.actor, ...entry });
      const [after] = await session.query<AgencyRow>(`${AGENCY} where id = $1`, [id]);
      return after!;
    });
  }

  private async requireRuleSet({ query }: Session, id: string, version: number): Promise<void> {
    const rows = await query('select 1 from checkup_rule_set where id = $1 and version = $2', [id, version]);
    if (rows.length === 0)
      throw new AppError(E.unknownReference, { what: 'rule set', id: `${id}@${version}` });
  }

  private publish<T>(
    what: 'form' | 'ruleSet',
    { id, version }: { readonly id: string; readonly version: number },
    by: Author,
    insert: (session: Session, at: string) => Promise<T>,
  ): Promise<T> {
    return this.database.write(async session => {
      await seedRegimes(session, this.database.clock);
      const stored = await insert(session, toSqlInstant(this.database.clock.now()));
      const entry = { action: `checkup.${what}Published`, subject: `${what}/${id}`, detail: { version } };
      await appendAudit(session, this.database.clock, { actor: by.actor, ...entry });
      return stored;
    });
  }

  /** Whoever reads first puts in what the program comes with. */
  private async reading<T>(work: (session: Session) => Promise<T>): Promise<T> {
    this.seeded ??= this.database.write(session => seedRegimes(session, this.database.clock));
    try {
      await this.seeded;
    } catch (error) {
      this.seeded = null;
      throw error;
    }
    return this.database.read(work);
  }
}
