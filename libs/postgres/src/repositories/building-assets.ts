import type { Asset } from '@anmai/catalog';
import { stableText, type BuildingFile } from '@anmai/lifecycle';
import type { Session } from '../database';
import type { AssetRecord } from '../record-shapes';

/** The assets of these buildings as they are now. */
export function assetsOf({ query }: Session, ids: readonly string[]): Promise<AssetRecord[]> {
  return query<AssetRecord>(
    `select id, kind, name, geometry, parent_id as "parentId", org_id as "orgId", links, properties, version
     from asset where id = any($1::text[])`,
    [ids],
  );
}

/**
 * The asset that a file makes of what is there. What others keep in its properties stays; the number of residents goes where
 * incidents look for people (`population`).
 */
export function assetOfFile(file: BuildingFile, present: Asset | null): Asset {
  const { residents } = file.people;
  const before = present?.properties ?? {};
  return {
    id: file.id,
    kind: 'building',
    name: file.name,
    geometry: file.footprint,
    parentId: present?.parentId ?? null,
    orgId: file.orgId,
    links: present?.links ?? [],
    properties: residents === null ? before : { ...before, population: residents },
  };
}

/** Would the registry see no difference? */
export function sameAsset(asset: Asset, present: AssetRecord | null): boolean {
  if (present === null) return false;
  const { name, geometry, orgId, properties } = present;
  const seen = (one: Pick<Asset, 'name' | 'geometry' | 'orgId' | 'properties'>): string =>
    stableText([one.name, one.geometry, one.orgId, one.properties['population']]);
  return seen(asset) === seen({ name, geometry, orgId, properties });
}
