import type { Session } from '../database';
import { assetsOf } from './building-assets';
import { fileOf, findBuildings, putBuildings } from './building-rows';

/**
 * After assets were written by the registry: the files of those that are buildings take over name, organisation and place, so
 * that who may see a file, and what it is found by, never lags behind its asset.
 */
export async function followAssets(session: Session, ids: readonly string[]): Promise<void> {
  const behind = await session.query<{ id: string }>(
    `select b.id from building b join asset a on a.id = b.id
     where b.id = any($1::text[]) and (b.name <> a.name or b.org_id <> a.org_id
       or (a.geometry is not null and b.body -> 'footprint' is distinct from a.geometry))`,
    [ids],
  );
  if (behind.length === 0) return;
  const some = behind.map(row => row.id);
  const assets = new Map((await assetsOf(session, some)).map(asset => [asset.id, asset]));
  const files = (await findBuildings(session, some, null)).map(record => {
    const { name, orgId, geometry } = assets.get(record.id)!;
    return { ...fileOf(record), name, orgId, footprint: geometry ?? record.footprint };
  });
  await putBuildings(session, files);
}
