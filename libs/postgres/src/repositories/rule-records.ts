import { and, asc, desc, eq, gt, isNull } from 'drizzle-orm';
import type { Rule } from '@anmai/alarms';
import { AppError, type Millis } from '@anmai/kernel';
import type { Database, Session } from '../database';
import { POSTGRES_ERRORS as E } from '../errors';
import { LIST_LIMIT_MAX, type Author, type RecordPage, type RuleQuery } from '../record-shapes';
import type { Rules } from '../records';
import { ruleTable, ruleVersionTable } from '../schema';
import { holdsText, pageLimit, pageOf } from './paging';
import { checkVersion } from './registered';
import { appendAudit, appendOutbox } from './trail';

export class RuleRecords implements Rules {
  constructor(private readonly database: Database) {}

  async list(query: RuleQuery): Promise<RecordPage<Rule>> {
    const limit = pageLimit(query);
    const inForce = and(
      isNull(ruleTable.removedAt),
      gt(ruleTable.id, query.cursor ?? ''),
      holdsText(query.q, ruleTable.id, ruleTable.name),
    );
    const rows = await this.database.read(({ db }) =>
      db
        .select({ body: ruleTable.body })
        .from(ruleTable)
        .where(inForce)
        .orderBy(asc(ruleTable.id))
        .limit(limit + 1),
    );
    return pageOf(rows.map(row => row.body), limit, last => last.id); // prettier-ignore
  }

  async get(id: string, version?: number): Promise<Rule | null> {
    const { ruleId, version: number, body } = ruleVersionTable;
    const rows = await this.database.read(({ db }) =>
      version === undefined
        ? db
            .select({ body: ruleTable.body })
            .from(ruleTable)
            .where(and(eq(ruleTable.id, id), isNull(ruleTable.removedAt)))
        : db
            .select({ body })
            .from(ruleVersionTable)
            .where(and(eq(ruleId, id), eq(number, version))),
    );
    return rows[0]?.body ?? null;
  }

  async versions(id: string): Promise<readonly (Rule & { readonly at: Millis; readonly actor: string })[]> {
    const rows = await this.database.read(({ db }) =>
      db
        .select()
        .from(ruleVersionTable)
        .where(eq(ruleVersionTable.ruleId, id))
        .orderBy(desc(ruleVersionTable.version))
        .limit(LIST_LIMIT_MAX),
    );
    return rows.map(({ body, at, actor }) => ({ ...body, at, actor }));
  }

  create(rule: Omit<Rule, 'version'>, by: Author): Promise<Rule> {
    return this.database.write(async session => {
      const body: Rule = { ...rule, version: 1 };
      await session.db.insert(ruleTable).values({ id: rule.id, version: 1, name: rule.name, body });
      await this.keep(session, body, by, 'rule.created', { after: body });
      return body;
    });
  }

  update(rule: Omit<Rule, 'version'>, expectedVersion: number | null, by: Author): Promise<Rule> {
    return this.database.write(async session => {
      const before = await findExpected(session, rule.id, expectedVersion);
      const body: Rule = { ...rule, version: before.version + 1 };
      const values = { version: body.version, name: rule.name, body };
      await session.db.update(ruleTable).set(values).where(eq(ruleTable.id, rule.id));
      await this.keep(session, body, by, 'rule.changed', { before, after: body });
      return body;
    });
  }

  remove(id: string, expectedVersion: number | null, by: Author): Promise<void> {
    return this.database.write(async session => {
      const before = await findExpected(session, id, expectedVersion);
      const { clock } = this.database;
      await session.db.update(ruleTable).set({ removedAt: clock.now() }).where(eq(ruleTable.id, id));
      const entry = { actor: by.actor, action: 'rule.removed', subject: `rule/${id}`, detail: { before } };
      await appendAudit(session, clock, entry);
      await appendOutbox(session, [{ id, kind: 'rule', op: 'delete', value: null }]);
    });
  }

  private async keep(
    session: Session,
    body: Rule,
    by: Author,
    action: string,
    detail: unknown,
  ): Promise<void> {
    const { clock } = this.database;
    const { id, version } = body;
    await session.db
      .insert(ruleVersionTable)
      .values({ ruleId: id, version, body, at: clock.now(), actor: by.actor });
    await appendAudit(session, clock, { actor: by.actor, action, subject: `rule/${id}`, detail });
    await appendOutbox(session, [{ id, kind: 'rule', op: 'put', value: body }]);
  }
}

async function findExpected({ db }: Session, id: string, expectedVersion: number | null): Promise<Rule> {
  const inForce = and(eq(ruleTable.id, id), isNull(ruleTable.removedAt));
  const [row] = await db.select({ body: ruleTable.body }).from(ruleTable).where(inForce);
  if (row === undefined) throw new AppError(E.notFound, { what: 'rule', id });
  checkVersion('rule', id, row.body.version, expectedVersion);
  return row.body;
}
