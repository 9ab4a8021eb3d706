import { changedFields, mergedFile, mergeFault, type BuildingEvent } from '@anmai/lifecycle';
import { AppError, derivedId, invariant } from '@anmai/kernel';
import { BUILDING_ERRORS as B } from '../building-errors';
import type {
  BuildingDuplicates,
  BuildingRecord,
  BuildingSummary,
  DuplicatePair,
  DuplicateState,
} from '../building-shapes';
import type { Database, Session } from '../database';
import { POSTGRES_ERRORS as E } from '../errors';
import { toSqlInstant } from '../instants';
import type { Author, PageQuery, RecordPage, Within } from '../record-shapes';
import { appendBuildingEvents } from './building-events';
import { proposePairs } from './building-pairs';
import { fileOf, findBuildings, putBuildings, putCodes } from './building-rows';
import { summaryOf } from './building-search';
import { pageLimit, pageOf } from './paging';
import { appendAudit } from './trail';

const WHY: Readonly<Record<string, string>> = {
  sameFile: 'it is the same file',
  isMerged: 'one of them was merged before',
  gradeWouldVanish: 'its grade would vanish',
  gradesDiffer: 'their appraisals disagree',
};
const OPEN_PAIRS = `building_duplicate d join building b on b.id = d.building_id join building o on o.id = d.other_id`;
const visibleTo = (alias: string, n: number): string =>
  `($${n}::text is null or ${alias}.org_id in (select id from org where path @> array[$${n}::text]))`;

export class BuildingDuplicateRecords implements BuildingDuplicates {
  constructor(private readonly database: Database) {}

  async list(query: PageQuery, within: Within): Promise<RecordPage<DuplicatePair>> {
    const limit = pageLimit(query);
    const rows = await this.database.read(session =>
      session.query<
        Omit<DuplicatePair, 'building' | 'other'> & { building: BuildingSummary; other: BuildingSummary }
      >(
        `select d.id, d.reasons, d.state, d.found_at as "foundAt",
           (select to_jsonb(s) from (select ${summaryOf('b')}) as s) as building,
           (select to_jsonb(s) from (select ${summaryOf('o')}) as s) as other
         from ${OPEN_PAIRS}
         where d.state = 'open' and d.id > $2 and ${visibleTo('b', 1)} and ${visibleTo('o', 1)}
         order by d.id limit $3`,
        [within, query.cursor ?? '', limit + 1],
      ),
    );
    return pageOf(rows, limit, last => last.id);
  }

  keepApart(id: string, why: string, by: Author): Promise<void> {
    return this.database.write(async session => {
      const [pair] = await session.query<{ state: DuplicateState }>(
        `select d.state from ${OPEN_PAIRS} where d.id = $2 and ${visibleTo('b', 1)} and ${visibleTo('o', 1)}`,
        [by.within, id],
      );
      if (pair === undefined) throw new AppError(E.notFound, { what: 'duplicate', id });
      if (pair.state !== 'open') throw new AppError(B.decided, { id, state: pair.state });
      await this.decide(session, 'id = $1', [id], { state: 'different', survivorId: null, why }, by);
      const entry = {
        action: 'buildingDuplicate.keptApart',
        subject: `buildingDuplicate/${id}`,
        detail: { why },
      };
      await appendAudit(session, this.database.clock, { actor: by.actor, ...entry });
    });
  }

  merge(keptId: string, goneId: string, why: string, by: Author): Promise<BuildingRecord> {
    return this.database.write(async session => {
      const found = new Map(
        (await findBuildings(session, [keptId, goneId], by.within)).map(one => [one.id, one]),
      );
      const need = (id: string): BuildingRecord => {
        const record = found.get(id);
        if (record === undefined) throw new AppError(E.notFound, { what: 'building', id });
        return record;
      };
      const [kept, gone] = [need(keptId), need(goneId)];
      const fault = mergeFault(kept, gone);
      if (fault !== null)
        throw new AppError(B.notMergeable, { kept: keptId, gone: goneId, why: WHY[fault] ?? fault });
      await this.join(session, kept, gone, { why, actor: by.actor });
      await this.settle(session, keptId, goneId, why, by);
      const detail = { survivor: keptId, merged: goneId, why };
      const entry = { action: 'building.merged', subject: `building/${goneId}`, detail };
      await appendAudit(session, this.database.clock, { actor: by.actor, ...entry });
      const [after] = await findBuildings(session, [keptId], null);
      invariant(after !== undefined, 'a row that was just written is gone');
      return after;
    });
  }

  /** Codes first leave the one that goes, since a code belongs to one building at a time. */
  private async join(
    session: Session,
    kept: BuildingRecord,
    gone: BuildingRecord,
    { why, actor }: { readonly why: string; readonly actor: string },
  ): Promise<void> {
    const { clock } = this.database;
    const file = fileOf(kept);
    const after = mergedFile(file, fileOf(gone));
    await putCodes(session, [{ ...fileOf(gone), codes: [] }]);
    await session.query('update building set merged_into = $2, version = version + 1 where id = $1', [
      gone.id,
      kept.id,
    ]);
    await putBuildings(session, [after]);
    await putCodes(session, [after]);
    const at = clock.now();
    const event = (buildingId: string, change: string, refId: string, more: object): BuildingEvent => ({
      id: derivedId('bev', buildingId, change, refId),
      ...{ buildingId, at, kind: 'file', change, refId, actor, detail: { why, ...more } },
    });
    await appendBuildingEvents(session, clock, [
      event(kept.id, 'merged', gone.id, { filled: changedFields(file, after) }),
      event(gone.id, 'mergedAway', kept.id, {}),
    ]);
  }

  /** The pair is decided; other pairs of the one that went are asked again of the survivor. */
  private async settle(
    session: Session,
    keptId: string,
    goneId: string,
    why: string,
    by: Author,
  ): Promise<void> {
    const merged = { state: 'merged', survivorId: keptId, why } as const;
    const pair = 'building_id = least($1, $2) and other_id = greatest($1, $2)';
    await this.decide(session, pair, [keptId, goneId], merged, by);
    const others = `state = 'open' and (building_id = $1 or other_id = $1)`;
    await this.decide(session, others, [goneId], { state: 'void', survivorId: keptId, why }, by);
    await proposePairs(session, this.database, [keptId]);
  }

  private async decide(
    { query }: Session,
    where: string,
    values: readonly string[],
    verdict: { readonly state: DuplicateState; readonly survivorId: string | null; readonly why: string },
    by: Author,
  ): Promise<void> {
    const n = values.length;
    await query(
      `update building_duplicate set state = $${n + 1}, survivor_id = $${n + 2}, why = $${n + 3}, decided_by = $${n + 4},
         decided_at = $${n + 5} where ${where}`,
      [
        ...values,
        verdict.state,
        verdict.survivorId,
        verdict.why,
        by.actor,
        toSqlInstant(this.database.clock.now()),
      ],
    );
  }
}
