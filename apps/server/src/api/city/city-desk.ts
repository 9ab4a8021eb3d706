import { MINUTE_MS, type Clock, type Millis } from '@anmai/kernel';
import {
  CITY_SPECS,
  dateAt,
  indicatorOf,
  reportMonthOf,
  monthsAfter,
  monthSpan,
  shareOf,
  yearStart,
  type CityKey,
  type DistrictCount,
  type Indicator,
  type Share,
} from '@anmai/lifecycle';
import type { FrozenCount, Records, Within } from '@anmai/postgres';
import type { LiveState } from '../ports';

/** Months of history that come with the figures. */
export const HISTORY_MONTHS = 12;
/** A sensor that was not heard for so many of its intervals is not online; at least the shortest time. */
const MISSED_INTERVALS = 2.5;
const SILENCE_MS_MIN = 5 * MINUTE_MS;

export interface CityFigure extends Indicator {
  /** Why there is no data: a code. */
  readonly why: 'noRecords' | 'notKept' | 'future' | 'nothingToCount' | null;
  readonly history: readonly (Share & { readonly month: string })[];
}

export interface CityFigures {
  readonly month: string;
  readonly isRunning: boolean;
  readonly at: Millis;
  readonly items: readonly CityFigure[];
}

type Counts = Readonly<Record<CityKey, readonly DistrictCount[] | null>>;

/** Brings together what the records count, what is heard of the sensors, and what was kept of months gone by. */
export class CityDesk {
  constructor(
    private readonly records: Pick<Records, 'city'>,
    private readonly state: Pick<LiveState, 'sensor'>,
    private readonly clock: Clock,
    private readonly utcOffsetMs: number,
  ) {}

  async figures(asked: string | undefined, within: Within, district?: string): Promise<CityFigures> {
    const at = this.clock.now();
    const running = reportMonthOf(at, this.utcOffsetMs);
    const month = asked ?? running;
    const isRunning = month === running;
    const frozen = await this.records.city.frozen(monthsAfter(month, 1 - HISTORY_MONTHS), month, within);
    const counts = month > running ? null : await this.count(month, within);
    const items = CITY_SPECS.map((spec): CityFigure => {
      const isKept = spec.kind === 'state' && !isRunning;
      const own = isKept ? keptOf(frozen, month, spec.key) : (counts?.[spec.key] ?? null);
      const seen = district === undefined ? own : (own?.filter(count => count.district === district) ?? null);
      const indicator = indicatorOf(spec, seen);
      const why =
        month > running
          ? 'future'
          : isKept && own === null
            ? 'notKept'
            : own === null
              ? 'noRecords'
              : 'nothingToCount';
      const past = historyOf(frozen, spec.key, spec.target, district).filter(each => each.month !== month);
      const { numerator, denominator, share, status } = indicator;
      const history = [...past, { month, numerator, denominator, share, status }];
      return { ...indicator, why: indicator.status === 'noData' ? why : null, history };
    });
    return { month, isRunning, at, items };
  }

  /** Keeps the figures of the running month: what they are when it ends is what the month was. */
  async keep(): Promise<void> {
    const at = this.clock.now();
    const month = reportMonthOf(at, this.utcOffsetMs);
    const counts = await this.count(month, null);
    const rows = CITY_SPECS.flatMap(({ key }) => (counts[key] ?? []).map(count => ({ ...count, key })));
    await this.records.city.freeze(month, rows, at);
  }

  private async count(month: string, within: Within): Promise<Counts> {
    const now = this.clock.now();
    const { from, to } = monthSpan(month, this.utcOffsetMs);
    const yearFrom = yearStart(month, this.utcOffsetMs);
    const today = dateAt(now, this.utcOffsetMs);
    const counts = await this.records.city.counts({ from, to, yearFrom, now, today }, within);
    return { ...counts, sensorsOnline: await this.online(within, now) };
  }

  private async online(within: Within, now: Millis): Promise<readonly DistrictCount[]> {
    const byDistrict = new Map<string, DistrictCount>();
    for (const { id, district, expectedEverySeconds } of await this.records.city.sensors(within)) {
      const heardAt = this.state.sensor(id).latest?.at ?? -Infinity;
      const isOnline =
        now - heardAt <= Math.max(SILENCE_MS_MIN, expectedEverySeconds * 1_000 * MISSED_INTERVALS);
      const known = byDistrict.get(district) ?? { district, numerator: 0, denominator: 0 };
      byDistrict.set(district, {
        district,
        numerator: known.numerator + (isOnline ? 1 : 0),
        denominator: known.denominator + 1,
      });
    }
    return [...byDistrict.values()];
  }
}

/** Null: nothing was kept of that month. */
function keptOf(frozen: readonly FrozenCount[], month: string, key: CityKey): DistrictCount[] | null {
  const own = frozen.filter(count => count.month === month && count.key === key);
  return own.length === 0 ? null : own;
}

function historyOf(
  frozen: readonly FrozenCount[],
  key: CityKey,
  target: number,
  district: string | undefined,
): (Share & { month: string })[] {
  const months = new Map<string, { numerator: number; denominator: number }>();
  for (const count of frozen) {
    if (count.key !== key || (district !== undefined && count.district !== district)) continue;
    const sum = months.get(count.month) ?? { numerator: 0, denominator: 0 };
    months.set(count.month, {
      numerator: sum.numerator + count.numerator,
      denominator: sum.denominator + count.denominator,
    });
  }
  return [...months].map(([month, sum]) => ({ month, ...shareOf(sum.numerator, sum.denominator, target) }));
}
