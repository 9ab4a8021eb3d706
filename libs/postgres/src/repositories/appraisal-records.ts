import {
  appraisalInForce,
  isDangerous,
  type Appraisal,
  type AppraisalRefusal,
  type BuildingEvent,
  type BuildingGrade,
} from '@anmai/lifecycle';
import { derivedId, ok, type Result } from '@anmai/kernel';
import { and, asc, desc, eq, sql, type SQL } from 'drizzle-orm';
import type { Database, Session } from '../database';
import type {
  AppraisalQuery,
  AppraisalRow,
  Appraisals,
  BuildingFacts,
  Filed,
  FilingKnowledge,
  WatchRow,
} from '../hazard-shapes';
import { toSqlInstant } from '../instants';
import type { AssetRecord, Author, RecordPage, Within } from '../record-shapes';
import { appraisalTable as table, assetTable } from '../schema';
import { appendBuildingEvents } from './building-events';
import { buildingFacts, knownBuilding } from './building-facts';
import { inOrg, instantCursor, pageLimit, pageOf, parseInstantCursor } from './paging';
import { appendAudit, appendOutbox } from './trail';
import { followGrade } from './watch-grade';

export class AppraisalRecords implements Appraisals {
  constructor(private readonly database: Database) {}

  async list(query: AppraisalQuery, within: Within): Promise<RecordPage<AppraisalRow>> {
    const limit = pageLimit(query);
    const after = query.cursor ? parseInstantCursor(query.cursor) : null;
    const where = and(
      query.buildingId === undefined ? undefined : eq(table.buildingId, query.buildingId),
      after === null
        ? undefined
        : sql`(${table.filedAt}, ${table.id}) < (${toSqlInstant(after.at)}::timestamptz, ${after.id})`,
    );
    const rows = await this.database.read(session => select(session, where, limit + 1, within));
    return pageOf(rows, limit, last => instantCursor(last.filedAt, last.id));
  }

  async get(id: string, within: Within): Promise<AppraisalRow | null> {
    const [row] = await this.database.read(session => select(session, eq(table.id, id), 1, within));
    return row ?? null;
  }

  building(id: string, within: Within): Promise<BuildingFacts | null> {
    return this.database.read(session => buildingFacts(session, id, within));
  }

  file(
    appraisal: Appraisal,
    judge: (known: FilingKnowledge) => Result<true, AppraisalRefusal>,
    by: Author,
  ): Promise<Result<Filed, AppraisalRefusal>> {
    return this.database.write(async session => {
      const building = await knownBuilding(session, appraisal.buildingId, by.within);
      const present = await ofBuilding(session, building.id);
      const answer = judge({ building, present });
      if (!answer.ok) return answer;
      await session.db.insert(table).values({ ...appraisal, body: appraisal });
      const gradeAfter = appraisalInForce([...present, appraisal])?.grade ?? null;
      if (gradeAfter !== null && gradeAfter !== building.grade)
        await setGrade(session, this.database, building.id, gradeAfter, appraisal);
      await this.note(session, appraisal, building.grade, gradeAfter);
      const planEnded: WatchRow | null = await followGrade(session, this.database, appraisal, gradeAfter);
      const [row] = await select(session, eq(table.id, appraisal.id), 1, null);
      return ok({ appraisal: row!, gradeBefore: building.grade, gradeAfter, planEnded });
    });
  }

  private async note(
    session: Session,
    appraisal: Appraisal,
    before: string | null,
    after: string | null,
  ): Promise<void> {
    const { id, buildingId, agency, reportNumber, grade, handling, filedBy, filedAt } = appraisal;
    const detail = { agency, reportNumber, grade, handling, gradeBefore: before, gradeAfter: after };
    await appendAudit(session, this.database.clock, {
      actor: filedBy,
      action: 'appraisal.filed',
      subject: `appraisal/${id}`,
      detail: { ...detail, buildingId, report: appraisal.report },
    });
    const isRelief = isDangerous(before) && after !== null && !isDangerous(after);
    const event: BuildingEvent = {
      id: derivedId('bev', 'appraisal', id),
      ...{ buildingId, at: filedAt, kind: 'appraisal', change: isRelief ? 'relieved' : 'filed' },
      ...{ refId: id, actor: filedBy, detail },
    };
    await appendBuildingEvents(session, this.database.clock, [event]);
  }
}

async function ofBuilding({ db }: Session, buildingId: string): Promise<Appraisal[]> {
  const rows = await db
    .select({ body: table.body })
    .from(table)
    .where(eq(table.buildingId, buildingId))
    .orderBy(asc(table.reportedAt), asc(table.filedAt));
  return rows.map(row => row.body);
}

async function select(
  session: Session,
  where: SQL | undefined,
  limit: number,
  within: Within,
): Promise<AppraisalRow[]> {
  const rows = await session.db
    .select({ body: table.body, buildingName: assetTable.name })
    .from(table)
    .innerJoin(assetTable, eq(assetTable.id, table.buildingId))
    .where(and(where, inOrg(assetTable.orgId, within)))
    .orderBy(desc(table.filedAt), desc(table.id))
    .limit(limit);
  const inForce = new Map<string, string | undefined>();
  for (const { body } of rows) {
    if (!inForce.has(body.buildingId))
      inForce.set(body.buildingId, appraisalInForce(await ofBuilding(session, body.buildingId))?.id);
  }
  return rows.map(({ body, buildingName }) => ({
    ...body,
    buildingName,
    isInForce: inForce.get(body.buildingId) === body.id,
  }));
}

/** Rules that name a grade follow: the asset goes to the monitor through the outbox. */
async function setGrade(
  session: Session,
  database: Database,
  buildingId: string,
  grade: BuildingGrade,
  { filedBy }: Appraisal,
): Promise<void> {
  const [after] = await session.query<AssetRecord>(
    `update asset set properties = jsonb_set(properties, '{grade}', to_jsonb($2::text)), version = version + 1
     where id = $1 returning id, kind, name, geometry, parent_id as "parentId", org_id as "orgId", links, properties, version`,
    [buildingId, grade],
  );
  await session.query('update building set grade = $2 where id = $1', [buildingId, grade]);
  await appendAudit(session, database.clock, {
    actor: filedBy,
    action: 'asset.graded',
    subject: `asset/${buildingId}`,
    detail: { grade },
  });
  await appendOutbox(session, [{ id: buildingId, kind: 'asset', op: 'put', value: after! }]);
}
