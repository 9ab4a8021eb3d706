import { changedFields, fileEvents, maskedFile, type BuildingFile, type Extent } from '@anmai/lifecycle';
import { AppError, invariant } from '@anmai/kernel';
import { BUILDING_ERRORS as B } from '../building-errors';
import type {
  BuildingFilter,
  BuildingMap,
  BuildingQuery,
  BuildingRecord,
  BuildingRepository,
  BuildingSummary,
  TimelineEntry,
  TimelineQuery,
} from '../building-shapes';
import type { Database, Session } from '../database';
import { POSTGRES_ERRORS as E } from '../errors';
import type { AssetRecord, Author, RecordPage, Within } from '../record-shapes';
import { assetOfFile, assetsOf, sameAsset } from './building-assets';
import { appendBuildingEvents } from './building-events';
import { mapOf } from './building-map';
import { proposePairs } from './building-pairs';
import { findBuildings, putBuildings, putCodes, takenCodes } from './building-rows';
import { listBuildings } from './building-search';
import { mergedIds, timelineOf } from './building-timeline';
import { checkReference, visibleIds } from './references';
import { checkVersion } from './registered';
import { putAssets } from './registry-import';
import { appendAudit, appendOutbox } from './trail';

export class BuildingRecords implements BuildingRepository {
  constructor(private readonly database: Database) {}

  list(query: BuildingQuery, within: Within): Promise<RecordPage<BuildingSummary>> {
    return this.database.read(session => listBuildings(session, query, within));
  }

  async get(id: string, within: Within): Promise<BuildingRecord | null> {
    const [found] = await this.database.read(session => findBuildings(session, [id], within));
    return found ?? null;
  }

  create(file: BuildingFile, by: Author): Promise<BuildingRecord> {
    return this.database.write(async session => {
      const [present] = await assetsOf(session, [file.id]);
      if (present !== undefined) await this.checkFree(session, present, by);
      const footprint = file.footprint ?? present?.geometry ?? null;
      return this.put(session, { ...file, footprint }, null, present ?? null, by);
    });
  }

  update(file: BuildingFile, expectedVersion: number | null, by: Author): Promise<BuildingRecord> {
    const { id } = file;
    return this.database.write(async session => {
      const [before] = await findBuildings(session, [id], by.within);
      if (before === undefined) throw new AppError(E.notFound, { what: 'building', id });
      if (before.mergedInto !== null) throw new AppError(B.merged, { id, survivor: before.mergedInto });
      checkVersion('building', id, before.version, expectedVersion);
      const [present] = await assetsOf(session, [id]);
      return this.put(session, file, before, present ?? null, by);
    });
  }

  map(box: Extent, filter: BuildingFilter, within: Within): Promise<BuildingMap> {
    return this.database.read(session => mapOf(session, box, filter, within));
  }

  timeline(id: string, query: TimelineQuery, within: Within): Promise<RecordPage<TimelineEntry>> {
    return this.database.read(async session => {
      const [asset] = await assetsOf(session, [id]);
      const isSeen = (await visibleIds(session, 'asset', [id], within)).has(id);
      if (asset?.kind !== 'building' || !isSeen) throw new AppError(E.notFound, { what: 'building', id });
      return timelineOf(session, await mergedIds(session, id), query);
    });
  }

  /** May the asset get its file? */
  private async checkFree(session: Session, { id, kind }: AssetRecord, by: Author): Promise<void> {
    const isSeen = (await visibleIds(session, 'asset', [id], by.within)).has(id);
    const [file] = await findBuildings(session, [id], null);
    if (!isSeen || file !== undefined) throw new AppError(E.exists, { what: 'building', id });
    if (kind !== 'building') throw new AppError(B.notABuilding, { id, kind });
  }

  /** Asset, file, codes, timeline, trail and outbox, in the transaction of the caller. */
  private async put(
    session: Session,
    file: BuildingFile,
    before: BuildingRecord | null,
    present: AssetRecord | null,
    by: Author,
  ): Promise<BuildingRecord> {
    const { clock } = this.database;
    await checkReference(session, 'org', file.orgId, by.within);
    await this.refuseTaken(session, file, by.within);
    const asset = assetOfFile(file, present);
    if (!sameAsset(asset, present)) {
      const [value] = await putAssets(session, [asset]);
      invariant(value !== undefined, 'an insert without a row');
      await appendOutbox(session, [{ id: value.id, kind: 'asset', op: 'put', value }]);
    }
    const version = (await putBuildings(session, [file])).get(file.id) ?? 1;
    await putCodes(session, [file]);
    const write = { version, at: clock.now(), actor: by.actor };
    await appendBuildingEvents(session, clock, fileEvents(before, file, write));
    await proposePairs(session, this.database, [file.id]);
    const [after] = await findBuildings(session, [file.id], null);
    invariant(after !== undefined, 'a row that was just written is gone');
    await this.audit(session, before === null ? [] : changedFields(before, file), before, after, by);
    return after;
  }

  private async refuseTaken(session: Session, file: BuildingFile, within: Within): Promise<void> {
    const [taken] = await takenCodes(session, [file]);
    if (taken === undefined) return;
    const { scheme, code, buildingId } = taken;
    const isSeen = (await visibleIds(session, 'asset', [buildingId], within)).has(buildingId);
    throw new AppError(B.codeTaken, { scheme, code, owner: isSeen ? buildingId : 'another building' });
  }

  /** Personal data stay out of the trail, which outlives every wish to have them forgotten. */
  private async audit(
    session: Session,
    fields: readonly string[],
    before: BuildingRecord | null,
    after: BuildingRecord,
    by: Author,
  ): Promise<void> {
    const shown = maskedFile(after);
    const detail = before === null ? { after: shown } : { fields, before: maskedFile(before), after: shown };
    await appendAudit(session, this.database.clock, {
      actor: by.actor,
      action: before === null ? 'building.created' : 'building.changed',
      subject: `building/${after.id}`,
      detail,
    });
  }
}
