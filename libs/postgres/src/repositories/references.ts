import { AppError } from '@anmai/kernel';
import type { Session } from '../database';
import { POSTGRES_ERRORS as E } from '../errors';
import type { Within } from '../record-shapes';

export type Referable = 'org' | 'asset' | 'device';
type Owned = Referable | 'sensor';

/** Which organisation decides about each row. */
const ORG_OF: Readonly<Record<Owned, string>> = {
  org: 'select t.id, t.id as org_id from org t',
  asset: 'select t.id, t.org_id from asset t',
  device:
    'select t.id, coalesce(a.org_id, t.org_id) as org_id from device t left join asset a on a.id = t.asset_id',
  sensor: 'select t.id, a.org_id from sensor t join asset a on a.id = t.asset_id',
};

/** Those of `ids` that exist and that `within` lets see. */
export async function visibleIds(
  session: Session,
  what: Owned,
  ids: readonly string[],
  within: Within,
): Promise<Set<string>> {
  const rows = await session.query<{ id: string }>(
    `select id from (${ORG_OF[what]} where t.id = any($1::text[])) as found
     where $2::text is null or org_id in (select id from org where path @> array[$2::text])`,
    [ids, within],
  );
  return new Set(rows.map(row => row.id));
}

/** Rejects with PGR-007 unless `id` exists and may be seen. null refers to nothing and is fine. */
export async function checkReference(
  session: Session,
  what: Referable,
  id: string | null,
  within: Within,
): Promise<void> {
  if (id === null) return;
  if (!(await visibleIds(session, what, [id], within)).has(id))
    throw new AppError(E.unknownReference, { what, id });
}

/** Ids out of `ids` that are above themselves after what was written. */
export async function assetCycles(session: Session, ids: readonly string[]): Promise<Set<string>> {
  const rows = await session.query<{ id: string }>(
    `with recursive up (id, above) as (
       select id, parent_id from asset where id = any($1::text[]) and parent_id is not null
       union
       select up.id, asset.parent_id from up join asset on asset.id = up.above where asset.parent_id is not null
     )
     select id from up where id = above`,
    [ids],
  );
  return new Set(rows.map(row => row.id));
}
