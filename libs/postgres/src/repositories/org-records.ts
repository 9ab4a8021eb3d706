import { and, asc, eq, gt } from 'drizzle-orm';
import type { Org } from '@anmai/catalog';
import { AppError } from '@anmai/kernel';
import type { Database, Session } from '../database';
import { POSTGRES_ERRORS as E } from '../errors';
import { orgPaths } from '../org-tree';
import type { Author, OrgRecord, PageQuery, RecordPage, RegistryChange, Within } from '../record-shapes';
import type { Orgs } from '../records';
import { orgTable } from '../schema';
import { inOrg, pageLimit, pageOf } from './paging';
import { checkReference, visibleIds } from './references';
import { checkVersion } from './registered';
import { appendAudit, appendOutbox } from './trail';

export class OrgRecords implements Orgs {
  constructor(private readonly database: Database) {}

  async list(query: PageQuery, within: Within): Promise<RecordPage<OrgRecord>> {
    const limit = pageLimit(query);
    const rows = await this.database.read(({ db }) =>
      db
        .select()
        .from(orgTable)
        .where(and(gt(orgTable.id, query.cursor ?? ''), inOrg(orgTable.id, within)))
        .orderBy(asc(orgTable.id))
        .limit(limit + 1),
    );
    return pageOf(rows, limit, last => last.id);
  }

  get(id: string, within: Within): Promise<OrgRecord | null> {
    return this.database.read(session => find(session, id, within));
  }

  create(org: Org, by: Author): Promise<OrgRecord> {
    return this.database.write(async session => {
      if ((await visibleIds(session, 'org', [org.id], null)).size > 0) {
        throw new AppError(E.exists, { what: 'org', id: org.id });
      }
      await checkParent(session, org, by);
      const [made] = await putOrgs(session, [org]);
      await this.note(session, by, 'org.created', org.id, { after: made });
      return made!;
    });
  }

  update(org: Org, expectedVersion: number | null, by: Author): Promise<OrgRecord> {
    return this.database.write(async session => {
      const before = await find(session, org.id, by.within);
      if (before === null) throw new AppError(E.notFound, { what: 'org', id: org.id });
      checkVersion('org', org.id, before.version, expectedVersion);
      if (org.parentId !== before.parentId) await checkParent(session, org, by);
      const written = await putOrgs(session, [org]);
      const after = written.find(row => row.id === org.id)!;
      await this.note(session, by, 'org.changed', org.id, { before, after });
      return after;
    });
  }

  private async note(
    session: Session,
    by: Author,
    action: string,
    id: string,
    detail: unknown,
  ): Promise<void> {
    await appendAudit(session, this.database.clock, {
      actor: by.actor,
      action,
      subject: `org/${id}`,
      detail,
    });
  }
}

async function find({ db }: Session, id: string, within: Within): Promise<OrgRecord | null> {
  const rows = await db
    .select()
    .from(orgTable)
    .where(and(eq(orgTable.id, id), inOrg(orgTable.id, within)));
  return rows[0] ?? null;
}

/** A new root would be outside of what a bound author may touch. */
async function checkParent(session: Session, org: Org, by: Author): Promise<void> {
  if (org.parentId === null && by.within !== null)
    throw new AppError(E.unknownReference, { what: 'org', id: 'null' });
  // Itself as a parent is a cycle, which is said later and better.
  if (org.parentId !== org.id) await checkReference(session, 'org', org.parentId, by.within);
}

/**
 * Writes organisations and all whose path changes with them, and their outbox rows; gives what was written. The whole
 * tree is read: cities have some hundred organisations. Rejects with PGR-015.
 */
export async function putOrgs(session: Session, orgs: readonly Org[]): Promise<OrgRecord[]> {
  const present = await session.db.select().from(orgTable);
  const byId = new Map<string, Org>(present.map(row => [row.id, row]));
  for (const org of orgs) byId.set(org.id, org);
  const paths = orgPaths(byId.values());
  const lost = [...paths].find(([, path]) => path === null);
  if (lost !== undefined) throw new AppError(E.cycle, { what: 'org', id: lost[0] });
  const given = new Set(orgs.map(org => org.id));
  const moved = present.filter(row => paths.get(row.id)!.join('/') !== row.path.join('/'));
  const ids = [...given, ...moved.map(row => row.id).filter(id => !given.has(id))];
  const rows = ids.map(id => ({ ...byId.get(id)!, path: paths.get(id)! }));
  const written = await session.query<OrgRecord>(
    `insert into org (id, name, parent_id, path)
     select id, name, "parentId", path
     from jsonb_to_recordset($1::jsonb) as t (id text, name text, "parentId" text, path text[])
     on conflict (id) do update
       set name = excluded.name, parent_id = excluded.parent_id, path = excluded.path, version = org.version + 1
     returning id, name, parent_id as "parentId", path, version`,
    [JSON.stringify(rows)],
  );
  await appendOutbox(
    session,
    written.map(value => ({ id: value.id, kind: 'org', op: 'put', value }) satisfies RegistryChange),
  );
  return written;
}
