import type { Millis } from '@anmai/kernel';
import { POTS, type BuildingCost, type Pot } from '@anmai/lifecycle';
import type { Session } from '../database';
import { toSqlInstant } from '../instants';
import { COSTS_MAX, type PotTotals } from '../money-records';
import type { Within } from '../record-shapes';
import { orgWithin } from './money-rows';

/** What was spent on buildings, by use, the most first. A reversal takes its booking's part away again. */
export async function readCosts(
  { query }: Session,
  {
    buildingId,
    from,
    to,
  }: { buildingId?: string | undefined; from?: Millis | undefined; to?: Millis | undefined },
  within: Within,
): Promise<BuildingCost[]> {
  const rows = await query<{ building_id: string; code: string; spent: number }>(
    `select l.building_id, b.code, (-sum(l.amount_fen))::bigint as spent
     from money_line l join money_booking b on b.id = l.booking_id
     where l.building_id is not null and ${orgWithin('b.org_id', 1)} and ($2::text is null or l.building_id = $2)
       and ($3::timestamptz is null or b.at >= $3) and ($4::timestamptz is null or b.at < $4)
     group by 1, 2 having sum(l.amount_fen) <> 0 order by 3 desc, 1, 2 limit $5`,
    [
      ...[within, buildingId ?? null],
      ...[
        from === undefined ? null : toSqlInstant(from),
        to === undefined ? null : toSqlInstant(to),
        COSTS_MAX,
      ],
    ],
  );
  return rows.map(row => ({ buildingId: row.building_id, use: row.code, spentFen: row.spent }));
}

/** What is in each pot now, and what came in and went out in [from, to), reversals taken off. */
export async function readTotals(
  { query }: Session,
  from: Millis,
  to: Millis,
  within: Within,
): Promise<PotTotals[]> {
  const held = await query<{ pot: Pot; held: number; reserved: number; accounts: number }>(
    `select pot, (-sum(balance_fen))::bigint as held, sum(reserved_fen)::bigint as reserved, count(*) as accounts
     from money_account where kind = 'holder' and ${orgWithin('org_id', 1)} group by pot`,
    [within],
  );
  // A reversal has the code of what it takes back, and the other sign.
  const flows = await query<{ pot: Pot; kind: 'income' | 'spending'; code: string; amount: number }>(
    `select b.pot, coalesce(o.kind, b.kind) as kind, b.code, sum(l.amount_fen)::bigint as amount
     from money_booking b left join money_booking o on o.id = b.reverses
     join money_line l on l.booking_id = b.id join money_account a on a.id = l.account_id and a.kind = 'bank'
     where b.at >= $2 and b.at < $3 and ${orgWithin('b.org_id', 1)} group by 1, 2, 3 order by 1, 2, 3`,
    [within, toSqlInstant(from), toSqlInstant(to)],
  );
  return POTS.map(pot => {
    const own = held.find(row => row.pot === pot);
    return {
      pot,
      heldFen: own?.held ?? 0,
      reservedFen: own?.reserved ?? 0,
      accounts: own?.accounts ?? 0,
      flows: flows
        .filter(flow => flow.pot === pot)
        .map(({ kind, code, amount }) => ({
          kind,
          code,
          amountFen: kind === 'income' ? amount : 0 - amount,
        })),
    };
  });
}
