import { derivedId } from '@anmai/kernel';
import type { Database, Session } from '../database';
import { toSqlInstant } from '../instants';

/** Of one building at most so many pairs a reason: a register of a thousand "住宅楼" would else propose half a million. */
const PAIRS_EACH_MAX = 5;
/** Two centres nearer than this (about 5 m) are one place. */
const NEAR_DEGREES = 0.000_05;
/** Boxes that share so much of the smaller one are one outline. Provisional: outlines of surveys differ by a metre or two. */
const OVERLAP_SHARE_MIN = 0.6;

interface Pair {
  readonly a: string;
  readonly b: string;
  readonly reason: string;
}

/** Living buildings that may be the same as one of these, by name and address or by place. */
function foundPairs({ query }: Session, ids: readonly string[]): Promise<Pair[]> {
  return query<Pair>(
    `select least(n.id, o.id) as a, greatest(n.id, o.id) as b, o.reason
     from building n cross join lateral (
       (select o.id, 'sameNameAndAddress' as reason from building o
        where o.same_key = n.same_key and o.id <> n.id and o.merged_into is null and o.same_key <> ''
        order by o.id limit ${PAIRS_EACH_MAX})
       union all
       (select o.id, case when area(o.extent # n.extent) > ${OVERLAP_SHARE_MIN} * least(area(o.extent), area(n.extent))
           then 'overlap' else 'near' end
        from building o
        where o.extent && box((n.extent)[0] + point(${NEAR_DEGREES}, ${NEAR_DEGREES}),
            (n.extent)[1] - point(${NEAR_DEGREES}, ${NEAR_DEGREES}))
          and o.id <> n.id and o.merged_into is null
          and (center(o.extent) <-> center(n.extent) < ${NEAR_DEGREES}
            or (least(area(o.extent), area(n.extent)) > 0
              and area(o.extent # n.extent) > ${OVERLAP_SHARE_MIN} * least(area(o.extent), area(n.extent))))
        order by o.id limit ${PAIRS_EACH_MAX})
     ) as o
     where n.id = any($1::text[]) and n.merged_into is null`,
    [ids],
  );
}

/**
 * Proposes what may be the same as one of these buildings; gives how many pairs are new. What a person has decided stays
 * decided, whatever is found again.
 */
export async function proposePairs(
  session: Session,
  { clock }: Database,
  ids: readonly string[],
  sameCode: readonly (readonly [string, string])[] = [],
): Promise<number> {
  const coded = sameCode.map(([one, other]): Pair => ({
    ...(one < other ? { a: one, b: other } : { a: other, b: one }),
    reason: 'sameCode',
  }));
  const pairs = new Map<string, { id: string; a: string; b: string; reasons: string[] }>();
  for (const { a, b, reason } of [...coded, ...(await foundPairs(session, ids))]) {
    const id = derivedId('dup', a, b);
    const known = pairs.get(id)?.reasons ?? [];
    pairs.set(id, { id, a, b, reasons: [...new Set([...known, reason])].sort() });
  }
  if (pairs.size === 0) return 0;
  const rows = await session.query<{ fresh: boolean }>(
    `insert into building_duplicate as d (id, building_id, other_id, reasons, found_at)
     select id, a, b, array(select jsonb_array_elements_text(reasons)), $2
     from jsonb_to_recordset($1::jsonb) as t (id text, a text, b text, reasons jsonb)
     on conflict (building_id, other_id) do update
       set reasons = array(select distinct unnest(d.reasons || excluded.reasons) order by 1)
       where d.state = 'open'
     returning xmax = 0 as fresh`,
    [JSON.stringify([...pairs.values()]), toSqlInstant(clock.now())],
  );
  return rows.filter(row => row.fresh).length;
}
