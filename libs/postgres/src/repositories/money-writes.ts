import { derivedId, type Clock } from '@anmai/kernel';
import { book, type Booking, type BuildingEvent } from '@anmai/lifecycle';
import type { Session } from '../database';
import { toSqlInstant } from '../instants';
import type { MoneyAccount } from '../money-records';
import type { Within } from '../record-shapes';
import { appendBuildingEvents } from './building-events';
import { selectAccounts } from './money-rows';
import { taken } from './refused';

/** The accounts that are named and seen, by id. */
export async function accountsById(
  session: Session,
  ids: readonly string[],
  within: Within,
): Promise<ReadonlyMap<string, MoneyAccount>> {
  const found = await selectAccounts(session, within, 'id = any($2::text[])', [[...new Set(ids)]]);
  return new Map(found.map(account => [account.id, account]));
}

/** Checks a booking against the accounts as they are, writes it and moves their balances. Inside `Database.write`. */
export async function writeBooking(
  session: Session,
  clock: Clock,
  booking: Booking,
  accounts: ReadonlyMap<string, MoneyAccount>,
): Promise<void> {
  const after = taken(book(booking, accounts));
  const orgId =
    [...accounts.values()].find(account => account.kind === 'bank')?.orgId ??
    accounts.values().next().value!.orgId;
  const { id, pot, kind, code, at, actor, text, requestId, reverses, lines } = booking;
  await session.query(
    `insert into money_booking (id, pot, org_id, kind, code, at, written_at, actor, text, request_id, reverses)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
    [
      id,
      pot,
      orgId,
      kind,
      code,
      toSqlInstant(at),
      toSqlInstant(clock.now()),
      actor,
      text,
      requestId,
      reverses,
    ],
  );
  await session.query(
    `insert into money_line (booking_id, n, account_id, pot, amount_fen, building_id)
     select $1, item.n, item.value->>'accountId', $2, (item.value->>'amountFen')::bigint, item.value->>'buildingId'
     from jsonb_array_elements($3::jsonb) with ordinality as item (value, n)`,
    [id, pot, JSON.stringify(lines)],
  );
  for (const account of after.values()) {
    await session.query('update money_account set balance_fen = $2 where id = $1', [
      account.id,
      account.balanceFen,
    ]);
  }
  await tellBuildings(session, clock, booking);
}

/** Promises money of holders (`sign` 1) or takes the promise back (-1). */
export async function reserve(
  session: Session,
  parts: readonly { readonly accountId: string; readonly amountFen: number }[],
  sign: 1 | -1,
): Promise<void> {
  for (const { accountId, amountFen } of parts) {
    await session.query('update money_account set reserved_fen = reserved_fen + $2 where id = $1', [
      accountId,
      sign * amountFen,
    ]);
  }
}

/** One line on the timeline of each building that the booking was for. */
async function tellBuildings(session: Session, clock: Clock, booking: Booking): Promise<void> {
  const named = booking.lines.filter(line => line.buildingId !== null);
  const ids = [...new Set(named.flatMap(line => line.buildingId ?? []))];
  const events = ids.map((id): BuildingEvent => {
    const amountFen = named.reduce((sum, line) => (line.buildingId === id ? sum - line.amountFen : sum), 0);
    return {
      id: derivedId('bev', 'money', booking.id, id),
      buildingId: id,
      at: booking.at,
      kind: 'money',
      change: booking.kind === 'reversal' ? 'reversed' : 'paid',
      refId: booking.id,
      actor: booking.actor,
      detail: { use: booking.code, pot: booking.pot, amountFen },
    };
  });
  await appendBuildingEvents(session, clock, events);
}
