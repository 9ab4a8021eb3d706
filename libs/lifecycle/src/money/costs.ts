import { sumFen, type Fen } from './fen';
import type { Booking } from './ledger';

export interface BuildingCost {
  readonly buildingId: string;
  readonly use: string;
  readonly spentFen: Fen;
}

/** What was spent on each building, by use; what was reversed counts no more. */
export function costsOf(bookings: readonly Booking[]): BuildingCost[] {
  const amounts = new Map<string, { buildingId: string; use: string; amounts: Fen[] }>();
  for (const booking of bookings) {
    for (const line of booking.lines) {
      if (line.buildingId === null) continue;
      const key = `${line.buildingId} ${booking.code}`;
      const known = amounts.get(key) ?? { buildingId: line.buildingId, use: booking.code, amounts: [] };
      known.amounts.push(0 - line.amountFen);
      amounts.set(key, known);
    }
  }
  return [...amounts.values()].flatMap(({ buildingId, use, amounts: each }) => {
    const sum = sumFen(each);
    return sum.ok && sum.value !== 0 ? [{ buildingId, use, spentFen: sum.value }] : [];
  });
}
