import type { AccountKind, BookingKind, Decision, Pot, SpendingState, SpendingWish } from '@anmai/lifecycle';
import type { Millis } from '@anmai/kernel';
import type { Session } from '../database';
import type { BookingRecord, MoneyAccount, RequestRecord } from '../money-records';
import type { Within } from '../record-shapes';

/** Is `column` the organisation `$n`, or below it? `$n` null: all. */
export const orgWithin = (column: string, n: number): string =>
  `($${n}::text is null or ${column} in (select id from org where path @> array[$${n}]::text[]))`;

interface AccountRow {
  readonly id: string;
  readonly pot: Pot;
  readonly kind: AccountKind;
  readonly org_id: string;
  readonly name: string;
  readonly building_id: string | null;
  readonly household: string | null;
  readonly balance_fen: number;
  readonly reserved_fen: number;
  readonly opened_at: Millis;
}

const accountOf = (row: AccountRow): MoneyAccount => ({
  id: row.id,
  pot: row.pot,
  kind: row.kind,
  orgId: row.org_id,
  name: row.name,
  buildingId: row.building_id,
  household: row.household,
  balanceFen: row.balance_fen,
  reservedFen: row.reserved_fen,
  openedAt: row.opened_at,
});

/** Accounts that meet `where`, ascending by id. `$1` is `within`. */
export async function selectAccounts(
  { query }: Session,
  within: Within,
  where: string,
  values: readonly unknown[],
): Promise<MoneyAccount[]> {
  const rows = await query<AccountRow>(
    `select * from money_account where ${orgWithin('org_id', 1)} and ${where}`,
    [within, ...values],
  );
  return rows.map(accountOf);
}

interface BookingRow {
  readonly id: string;
  readonly seq: number;
  readonly pot: Pot;
  readonly org_id: string;
  readonly kind: BookingKind;
  readonly code: string;
  readonly at: Millis;
  readonly written_at: Millis;
  readonly actor: string;
  readonly text: string;
  readonly request_id: string | null;
  readonly reverses: string | null;
  readonly reversed_by: string | null;
  readonly moved: number;
  readonly lines: readonly { a: string; f: number; b: string | null }[];
}

/** Bookings that meet `where`, with their lines. `$1` is `within`; `where` names the booking `b`. */
export async function selectBookings(
  { query }: Session,
  within: Within,
  where: string,
  values: readonly unknown[],
): Promise<BookingRecord[]> {
  const rows = await query<BookingRow>(
    `select b.*, r.id as reversed_by, l.lines, l.moved
     from money_booking b
     left join money_booking r on r.reverses = b.id
     cross join lateral (
       select jsonb_agg(jsonb_build_object('a', account_id, 'f', amount_fen, 'b', x.building_id) order by n) as lines,
         coalesce(sum(amount_fen) filter (where a.kind = 'bank'), 0)::bigint as moved
       from money_line x join money_account a on a.id = x.account_id where booking_id = b.id
     ) l
     where ${orgWithin('b.org_id', 1)} and ${where}`,
    [within, ...values],
  );
  return rows.map(row => ({
    id: row.id,
    seq: row.seq,
    pot: row.pot,
    orgId: row.org_id,
    kind: row.kind,
    code: row.code,
    at: row.at,
    writtenAt: row.written_at,
    actor: row.actor,
    text: row.text,
    requestId: row.request_id,
    reverses: row.reverses,
    reversedBy: row.reversed_by,
    movedFen: row.moved,
    lines: row.lines.map(({ a, f, b }) => ({ accountId: a, amountFen: f, buildingId: b })),
  }));
}

interface RequestRow {
  readonly id: string;
  readonly pot: Pot;
  readonly org_id: string;
  readonly use: string;
  readonly amount_fen: number;
  readonly state: SpendingState;
  readonly asked_by: string;
  readonly asked_at: Millis;
  readonly rules_version: number;
  readonly approvals_needed: number;
  readonly body: RequestBody;
  readonly booking_id: string | null;
  readonly decisions: readonly (Omit<Decision, 'at'> & { at: number })[];
}
export type RequestBody = Omit<SpendingWish, 'pot' | 'use' | 'amountFen'>;

/** Requests that meet `where`, with their decisions. `$1` is `within`; `where` names the request `q`. */
export async function selectRequests(
  { query }: Session,
  within: Within,
  where: string,
  values: readonly unknown[],
): Promise<RequestRecord[]> {
  const rows = await query<RequestRow>(
    `select q.*, p.id as booking_id, coalesce(d.decisions, '[]'::jsonb) as decisions
     from money_request q
     left join money_booking p on p.request_id = q.id and p.kind = 'spending'
     left join lateral (
       select jsonb_agg(jsonb_build_object('by', actor, 'at', round(extract(epoch from at) * 1000), 'verdict', verdict,
         'note', note) order by at, actor) as decisions
       from money_decision where request_id = q.id
     ) d on true
     where ${orgWithin('q.org_id', 1)} and ${where}`,
    [within, ...values],
  );
  return rows.map(row => ({
    ...row.body,
    id: row.id,
    pot: row.pot,
    orgId: row.org_id,
    use: row.use,
    amountFen: row.amount_fen,
    state: row.state,
    askedBy: row.asked_by,
    askedAt: row.asked_at,
    rulesVersion: row.rules_version,
    approvalsNeeded: row.approvals_needed,
    decisions: row.decisions,
    bookingId: row.booking_id,
  }));
}
