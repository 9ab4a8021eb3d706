import { AppError } from '@anmai/kernel';
import type { Session } from '../database';
import { POSTGRES_ERRORS as E } from '../errors';
import type { Within } from '../record-shapes';
import { checkReference } from './references';

/** Both lists are kept alike: a table `notify_<kind>` with the value in a column `<kind>`. */
export type ListKind = 'route' | 'rota';

const SEEN = `($1::text is null or org_id in (select id from org where path @> array[$1::text]))`;

export async function rowsOf<T>({ query }: Session, kind: ListKind, within: Within): Promise<readonly T[]> {
  const rows = await query<{ value: T }>(
    `select ${kind} as value from notify_${kind} where ${SEEN} order by place, id`,
    [within],
  );
  return rows.map(row => row.value);
}

/** These take the place of all that `within` sees. An id that somebody else has: PGR-005. */
export async function replaceRows(
  session: Session,
  kind: ListKind,
  items: readonly { readonly id: string; readonly orgId: string }[],
  within: Within,
): Promise<void> {
  for (const orgId of new Set(items.map(item => item.orgId)))
    await checkReference(session, 'org', orgId, within);
  await session.query(`delete from notify_${kind} where ${SEEN}`, [within]);
  for (const [place, item] of items.entries()) {
    const made = await session.query(
      `insert into notify_${kind} (id, org_id, place, ${kind}) values ($1, $2, $3, $4::jsonb)
       on conflict (id) do nothing returning id`,
      [item.id, item.orgId, place, JSON.stringify(item)],
    );
    if (made.length === 0) throw new AppError(E.exists, { what: kind, id: item.id });
  }
}

/** Rejects with PGR-007 unless all exist and may be seen. */
export async function checkNamed(
  { query }: Session,
  { people, rotas }: { readonly people: readonly string[]; readonly rotas: readonly string[] },
  within: Within,
): Promise<void> {
  const users = await query<{ id: string }>(
    `select username as id from app_user where ${SEEN} and username = any($2::text[])`,
    [within, people],
  );
  const lists = await query<{ id: string }>(
    `select id from notify_rota where ${SEEN} and id = any($2::text[])`,
    [within, rotas],
  );
  refuseUnknown('user', people, users);
  refuseUnknown('rota', rotas, lists);
}

function refuseUnknown(
  what: string,
  asked: readonly string[],
  found: readonly { readonly id: string }[],
): void {
  const known = new Set(found.map(row => row.id));
  const unknown = asked.find(id => !known.has(id));
  if (unknown !== undefined) throw new AppError(E.unknownReference, { what, id: unknown });
}

/** `fallback` undefined: as it is. */
export async function bumpList(
  { query }: Session,
  name: 'routes' | 'rota',
  version: number,
  fallback: string | null | undefined,
): Promise<void> {
  await query('update notify_list set version = $2 where name = $1', [name, version]);
  if (fallback !== undefined)
    await query('update notify_list set fallback = $2 where name = $1', [name, fallback]);
}
