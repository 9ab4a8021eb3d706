import { AppError, derivedId, invariant, ok, type Millis, type Result } from '@anmai/kernel';
import {
  countedHazard,
  type CountedHazard,
  type HazardHead,
  type HazardRefusal,
  type HazardStep,
  type HazardTerms,
  type HazardTimer,
} from '@anmai/lifecycle';
import { and, asc, eq, gt, inArray, isNotNull, lt, ne, notInArray, sql, type SQL } from 'drizzle-orm';
import type { Database, Session } from '../database';
import { POSTGRES_ERRORS as E } from '../errors';
import {
  STATISTICS_HAZARDS_MAX,
  type HazardFile,
  type HazardJudge,
  type HazardQuery,
  type HazardRow,
  type Hazards,
} from '../hazard-shapes';
import { toSqlInstant } from '../instants';
import { LIST_LIMIT_MAX, type Author, type RecordPage, type Versioned, type Within } from '../record-shapes';
import {
  appraisalTable,
  hazardOverdueTable as overdueTable,
  hazardStepTable,
  hazardTable as table,
  hazardTermsTable,
} from '../schema';
import { appendBuildingEvents } from './building-events';
import { knownBuilding } from './building-facts';
import { headsOf, refoldHazard, selectHazards, stepsOfHazards, termsInForce } from './hazard-rows';
import { instantCursor, pageLimit, pageOf, parseInstantCursor } from './paging';
import { checkReference, visibleIds } from './references';
import { checkVersion } from './registered';
import { appendAudit } from './trail';

/** Steps of the organisation that repairs. It sees the hazard, and judges neither it nor its own work. */
const FOR_WHOM_IT_WAS_GIVEN: ReadonlySet<HazardStep['kind']> = new Set([
  'controlled',
  'repairStarted',
  'repaired',
  'extensionAsked',
]);
const OVER = ['closed', 'dismissed'] as const;

export class HazardRecords implements Hazards {
  constructor(private readonly database: Database) {}

  async list(query: HazardQuery, within: Within): Promise<RecordPage<HazardRow>> {
    const limit = pageLimit(query);
    const order = query.state === 'overdue' ? 'due' : 'newest';
    const where = and(inState(query), filters(query), beyond(query.cursor ?? null, order));
    const rows = await this.database.read(session => selectHazards(session, where, order, limit + 1, within));
    const placeOf = (last: HazardRow): number => (order === 'due' ? (last.nextDueAt ?? 0) : last.foundAt);
    return pageOf(rows, limit, last => instantCursor(placeOf(last), last.id));
  }

  async get(id: string, within: Within): Promise<HazardRow | null> {
    const [row] = await this.database.read(session => one(session, id, within));
    return row ?? null;
  }

  file(id: string, within: Within): Promise<HazardFile | null> {
    return this.database.snapshot(async session => {
      const [row] = await one(session, id, within);
      if (row === undefined) return null;
      const steps = (await stepsOfHazards(session, [id])).get(id) ?? [];
      const overdue = await session.db
        .select()
        .from(overdueTable)
        .where(eq(overdueTable.hazardId, id))
        .orderBy(asc(overdueTable.noticedAt));
      return { row, steps, overdue };
    });
  }

  report(head: HazardHead, by: Author): Promise<HazardRow> {
    return this.database.write(async session => {
      await knownBuilding(session, head.buildingId, by.within);
      const there = await session.query('select 1 from hazard where id = $1', [head.id]);
      if (there.length > 0) throw new AppError(E.exists, { what: 'hazard', id: head.id });
      await refoldHazard(session, head, [], await termsInForce(session));
      const { title, source, sourceId } = head;
      await this.note(session, head, by.actor, 'found', head.foundAt, 'found', { title, source, sourceId });
      return (await one(session, head.id, null))[0]!;
    });
  }

  take(step: HazardStep, judge: HazardJudge, within: Within): Promise<Result<HazardRow, HazardRefusal>> {
    const { id, hazardId, kind, actor, at, payload } = step;
    return this.database.write(async session => {
      await session.query('select 1 from hazard where id = $1 for update', [hazardId]);
      const [hazard] = await one(session, hazardId, within);
      if (hazard === undefined) throw new AppError(E.notFound, { what: 'hazard', id: hazardId });
      if (!FOR_WHOM_IT_WAS_GIVEN.has(kind)) await checkOverBuilding(session, step, hazard.buildingId, within);
      if (step.kind === 'dispatched') await checkReference(session, 'org', step.payload.orgId, null);
      const terms = await termsInForce(session);
      const known = { hazard, terms, ...(await this.facts(session, hazard)) };
      const answer = judge(known);
      if (!answer.ok) return answer;
      await session.db
        .insert(hazardStepTable)
        .values({ id, hazardId, n: hazard.lastN + 1, kind, actor, at, payload });
      const steps = (await stepsOfHazards(session, [hazardId])).get(hazardId)!;
      const [head] = await headsOf(session, [hazardId]);
      invariant(head !== undefined, `hazard ${hazardId} was just seen`);
      await refoldHazard(session, head, steps, terms);
      await this.note(session, head, actor, kind, at, id, { title: head.title, ...payload });
      return ok((await one(session, hazardId, null))[0]!);
    });
  }

  terms(): Promise<HazardTerms & Versioned> {
    return this.database.read(termsInForce);
  }

  putTerms(terms: HazardTerms, expectedVersion: number | null, by: Author): Promise<HazardTerms & Versioned> {
    return this.database.write(async session => {
      const before = await termsInForce(session);
      checkVersion('hazard terms', 'terms', before.version, expectedVersion);
      const version = before.version + 1;
      const at = this.database.clock.now();
      await session.db.insert(hazardTermsTable).values({ version, body: terms, actor: by.actor, at });
      await appendAudit(session, this.database.clock, {
        ...{ actor: by.actor, action: 'hazardTerms.changed', subject: 'hazardTerms' },
        detail: { before, after: terms },
      });
      await this.dueAnew(session, terms);
      return { ...terms, version };
    });
  }

  noteOverdue(hazard: HazardRow, timers: readonly HazardTimer[], at: Millis): Promise<number> {
    const values = timers.flatMap(({ kind, dueAt, escalateTo }) =>
      escalateTo === null ? [] : [{ hazardId: hazard.id, kind, dueAt, escalateTo, noticedAt: at }],
    );
    if (values.length === 0) return Promise.resolve(0);
    return this.database.write(async session => {
      const fresh = await session.db.insert(overdueTable).values(values).onConflictDoNothing().returning();
      for (const { kind, dueAt, escalateTo } of fresh) {
        const detail = { title: hazard.title, kind, dueAt, escalateTo };
        await this.note(session, hazard, 'system', 'overdue', at, `${kind}${dueAt}${escalateTo}`, detail);
      }
      return fresh.length;
    });
  }

  counted(from: Millis, to: Millis, terms: HazardTerms, within: Within): Promise<readonly CountedHazard[]> {
    const isOpen = notInArray(table.stage, [...OVER]);
    const touched = sql`(${isOpen} or (${table.foundAt} < ${toSqlInstant(to)}::timestamptz and ${table.changedAt} >= ${toSqlInstant(from)}::timestamptz))`;
    return this.database.snapshot(async session => {
      const rows = await selectHazards(session, touched, 'newest', STATISTICS_HAZARDS_MAX + 1, within);
      if (rows.length > STATISTICS_HAZARDS_MAX)
        throw new AppError(E.tooMany, { what: 'hazards', count: rows.length, max: STATISTICS_HAZARDS_MAX });
      const ids = rows.map(row => row.id);
      const steps = await stepsOfHazards(session, ids);
      const heads = await headsOf(session, ids);
      return heads.map(head => countedHazard(head, steps.get(head.id) ?? [], terms));
    });
  }

  private async facts(session: Session, { buildingId, source, sourceId }: HazardRow) {
    const appraisals = await session.db
      .select({ id: appraisalTable.id })
      .from(appraisalTable)
      .where(eq(appraisalTable.buildingId, buildingId));
    const on =
      source !== 'alarm' || sourceId === null
        ? []
        : await session.query(`select 1 from alarm where id = $1 and condition <> 'cleared'`, [sourceId]);
    return { appraisalIds: appraisals.map(row => row.id), alarmIsOn: on.length > 0 };
  }

  /** Other terms, other due times: also of those of which nothing was due, since a term may come where there was none. */
  private async dueAnew(session: Session, terms: HazardTerms): Promise<void> {
    let ids = await undismissed(session, '');
    while (ids.length > 0) {
      const steps = await stepsOfHazards(session, ids);
      for (const head of await headsOf(session, ids))
        await refoldHazard(session, head, steps.get(head.id) ?? [], terms);
      ids = await undismissed(session, ids.at(-1)!);
    }
  }

  private async note(
    session: Session,
    { id, buildingId }: Pick<HazardHead, 'id' | 'buildingId'>,
    actor: string,
    change: string,
    at: Millis,
    part: string,
    detail: Readonly<Record<string, unknown>>,
  ): Promise<void> {
    const { clock } = this.database;
    await appendAudit(session, clock, { actor, action: `hazard.${change}`, subject: `hazard/${id}`, detail });
    await appendBuildingEvents(session, clock, [
      {
        id: derivedId('bev', 'hazard', id, change, part),
        ...{ buildingId, at, kind: 'hazard', change, refId: id, actor, detail },
      },
    ]);
  }
}

const one = (session: Session, id: string, within: Within): Promise<HazardRow[]> =>
  selectHazards(session, eq(table.id, id), 'newest', 1, within);

/** The next page of hazards of which something may be due, in the order of their ids. */
async function undismissed({ db }: Session, afterId: string): Promise<string[]> {
  const rows = await db
    .select({ id: table.id })
    .from(table)
    .where(and(ne(table.stage, 'dismissed'), gt(table.id, afterId)))
    .orderBy(asc(table.id))
    .limit(LIST_LIMIT_MAX);
  return rows.map(row => row.id);
}

async function checkOverBuilding(
  session: Session,
  { hazardId: id, kind }: HazardStep,
  buildingId: string,
  within: Within,
): Promise<void> {
  if ((await visibleIds(session, 'asset', [buildingId], within)).size === 0)
    throw new AppError(E.notOverHazard, { id, step: kind });
}

function inState({ state, now }: HazardQuery): SQL | undefined {
  switch (state) {
    case 'open':
      return notInArray(table.stage, [...OVER]);
    case 'overdue':
      return and(isNotNull(table.dueAt), lt(table.dueAt, now));
    case 'closed':
    case 'dismissed':
      return eq(table.stage, state);
    case 'all':
      return undefined;
  }
}

function filters({ buildingId, level, source, q }: HazardQuery): SQL | undefined {
  return and(
    buildingId === undefined ? undefined : eq(table.buildingId, buildingId),
    level === undefined ? undefined : eq(table.level, level),
    source === undefined ? undefined : inArray(sql`${table.source}`, [source]),
    q === undefined
      ? undefined
      : sql`strpos(lower(${table.head} ->> 'title' || ' ' || (${table.head} ->> 'where')), lower(${q})) > 0`,
  );
}

function beyond(cursor: string | null, order: 'newest' | 'due'): SQL | undefined {
  if (cursor === null) return undefined;
  const { at, id } = parseInstantCursor(cursor);
  return order === 'due'
    ? sql`(${table.dueAt}, ${table.id}) > (${toSqlInstant(at)}::timestamptz, ${id})`
    : sql`(${table.foundAt}, ${table.id}) < (${toSqlInstant(at)}::timestamptz, ${id})`;
}
