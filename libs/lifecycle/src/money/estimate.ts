import type { Millis } from '@anmai/kernel';
import { isFen, type Fen } from './fen';
import type { RuleSource } from './rules';

/** One check-up or one year of insurance that is planned. `areaM2` null: not on file. */
export interface PlannedNeed {
  readonly buildingId: string;
  readonly use: string;
  readonly dueAt: Millis;
  readonly areaM2: number | null;
}

/** What a use costs: so much a m², so much a building at least. Proposals of a city, never of a standard. */
export interface UnitPrice {
  readonly use: string;
  readonly perM2Fen: Fen;
  readonly minimumFen: Fen;
  readonly source: RuleSource;
}

export interface NeedOfUse {
  readonly use: string;
  readonly buildings: number;
  readonly needFen: Fen;
  /** Buildings whose area or price is not known: their cost is missing from `needFen`, which is then a lower bound. */
  readonly unknown: number;
}

export interface NeedEstimate {
  readonly uses: readonly NeedOfUse[];
  readonly needFen: Fen;
  readonly unknown: number;
  readonly freeFen: Fen;
  /** What is missing; 0 when the money is enough for what is known. */
  readonly gapFen: Fen;
}

/** Need of a plan within [from, to) against what is free. A building of unknown area is counted, never taken as free. */
export function estimateNeed(
  plan: readonly PlannedNeed[],
  prices: readonly UnitPrice[],
  span: { readonly from: Millis; readonly to: Millis },
  freeFen: Fen,
): NeedEstimate {
  const byUse = new Map<string, { buildings: number; needFen: Fen; unknown: number }>();
  for (const item of plan) {
    if (item.dueAt < span.from || item.dueAt >= span.to) continue;
    const use = byUse.get(item.use) ?? { buildings: 0, needFen: 0, unknown: 0 };
    const cost = costOf(item, prices);
    byUse.set(item.use, {
      buildings: use.buildings + 1,
      needFen: use.needFen + (cost ?? 0),
      unknown: use.unknown + (cost === null ? 1 : 0),
    });
  }
  const uses = [...byUse].map(([use, sum]) => ({ use, ...sum })).sort((a, b) => (a.use < b.use ? -1 : 1));
  const needFen = uses.reduce((sum, use) => sum + use.needFen, 0);
  const unknown = uses.reduce((sum, use) => sum + use.unknown, 0);
  return { uses, needFen, unknown, freeFen, gapFen: Math.max(0, needFen - freeFen) };
}

function costOf(item: PlannedNeed, prices: readonly UnitPrice[]): Fen | null {
  const price = prices.find(each => each.use === item.use);
  if (price === undefined || item.areaM2 === null || !(item.areaM2 > 0)) return null;
  const cost = Math.max(price.minimumFen, Math.ceil(item.areaM2 * price.perM2Fen));
  return isFen(cost) ? cost : null;
}
