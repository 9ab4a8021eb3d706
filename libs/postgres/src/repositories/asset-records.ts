import { and, asc, eq, getTableColumns, gt, not, sql } from 'drizzle-orm';
import type { Asset } from '@anmai/catalog';
import { AppError, invariant } from '@anmai/kernel';
import type { Database, Session } from '../database';
import { POSTGRES_ERRORS as E } from '../errors';
import type { AssetQuery, AssetRecord } from '../record-shapes';
import type { Assets } from '../records';
import { assetTable } from '../schema';
import { refuseRegrade } from './grade-guard';
import { followAssets } from './building-follow';
import { holdsText, inOrg } from './paging';
import { assetCycles, checkReference } from './references';
import { registered, type RegisteredKind } from './registered';

type Row = typeof assetTable.$inferSelect;

export const assetOfRow = (row: Row): AssetRecord => ({ ...row, geometry: row.geometry ?? null });

const rowOfAsset = ({ id, kind, name, geometry, parentId, orgId, links, properties }: Asset) => ({
  id, kind, name, geometry, parentId, orgId, links: [...links], properties,
}); // prettier-ignore

async function refuseCycle(session: Session, asset: Asset): Promise<void> {
  if (asset.parentId === null) return;
  if ((await assetCycles(session, [asset.id])).size > 0)
    throw new AppError(E.cycle, { what: 'asset', id: asset.id });
}

const WATCHED = sql`(${assetTable.kind} <> 'building' or exists (select from sensor s where s.asset_id = ${assetTable.id}))`;

const ASSETS: RegisteredKind<Asset, AssetRecord, AssetQuery> = {
  kind: 'asset',
  async select({ db }, where, afterId, limit, within) {
    const rows = await db
      .select(getTableColumns(assetTable))
      .from(assetTable)
      .where(and(where, gt(assetTable.id, afterId), inOrg(assetTable.orgId, within)))
      .orderBy(asc(assetTable.id))
      .limit(limit);
    return rows.map(assetOfRow);
  },
  byId: id => eq(assetTable.id, id),
  filters: query =>
    and(
      query.kind === undefined ? undefined : eq(assetTable.kind, query.kind),
      query.parentId === undefined ? undefined : eq(assetTable.parentId, query.parentId),
      inOrg(assetTable.orgId, query.orgId),
      query.watched === undefined ? undefined : query.watched ? WATCHED : not(WATCHED),
      holdsText(query.q, assetTable.id, assetTable.name),
    ),
  async checkPlace(session, asset, by) {
    await checkReference(session, 'org', asset.orgId, by.within);
    if (asset.parentId === asset.id) throw new AppError(E.cycle, { what: 'asset', id: asset.id });
    await checkReference(session, 'asset', asset.parentId, by.within);
  },
  async insert({ db }, asset) {
    const [row] = await db.insert(assetTable).values(rowOfAsset(asset)).returning();
    invariant(row !== undefined, 'an insert without a row');
    return assetOfRow(row);
  },
  async update(session, asset, version) {
    const values = { ...rowOfAsset(asset), version };
    const [before] = await session.db.select().from(assetTable).where(eq(assetTable.id, asset.id));
    if (before !== undefined) refuseRegrade(assetOfRow(before), asset);
    const [row] = await session.db
      .update(assetTable)
      .set(values)
      .where(eq(assetTable.id, asset.id))
      .returning();
    invariant(row !== undefined, 'a row that was just seen is gone');
    await refuseCycle(session, asset);
    await followAssets(session, [asset.id]);
    return assetOfRow(row);
  },
  async delete({ db }, id) {
    await db.delete(assetTable).where(eq(assetTable.id, id));
  },
};

export const assetRecords = (database: Database): Assets => registered(database, ASSETS);
