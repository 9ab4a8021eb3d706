import { freeFen, heldFen } from '@anmai/lifecycle';
import type { BookingRecord, MoneyAccount, PotTotals, RequestRecord, StatementRecord } from '@anmai/postgres';
import type {
  AccountShape,
  BookingShape,
  MoneySummaryShape,
  RequestShape,
  StatementShape,
} from '@anmai/wire';
import { iso } from '../iso';

export const accountShape = (account: MoneyAccount): AccountShape => ({
  id: account.id,
  pot: account.pot,
  kind: account.kind,
  orgId: account.orgId,
  name: account.name,
  buildingId: account.buildingId,
  household: account.household,
  heldFen: heldFen(account),
  reservedFen: account.reservedFen,
  freeFen: freeFen(account),
  openedAt: iso(account.openedAt),
});

export const bookingShape = ({ movedFen, ...booking }: BookingRecord): BookingShape => ({
  ...booking,
  at: iso(booking.at),
  writtenAt: iso(booking.writtenAt),
  amountFen: movedFen,
  lines: [...booking.lines],
});

export const requestShape = ({
  holders,
  buildings,
  decisions,
  askedAt,
  ...request
}: RequestRecord): RequestShape => ({
  ...request,
  askedAt: iso(askedAt),
  holders: [...holders],
  buildings: [...buildings],
  decisions: decisions.map(decision => ({ ...decision, at: iso(decision.at) })),
});

export const summaryShape = (from: number, to: number, totals: readonly PotTotals[]): MoneySummaryShape => ({
  from: iso(from),
  to: iso(to),
  pots: totals.map(({ flows, ...rest }) => ({ ...rest, flows: [...flows] })),
});

export function statementShape(record: StatementRecord): StatementShape {
  const proposals = new Map(record.unclear.map(each => [each.n, each.bookingIds]));
  return {
    ...record,
    at: iso(record.at),
    matched: record.lines.filter(line => line.bookingId !== null).length,
    lines: record.lines.map(line => ({
      ...line,
      at: iso(line.at),
      proposals: [...(proposals.get(line.n) ?? [])],
    })),
    onlyBooks: [...record.onlyBooks],
  };
}
