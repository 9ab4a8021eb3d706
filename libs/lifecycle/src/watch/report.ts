import type { Severity } from '@anmai/catalog';
import { severityRank } from '@anmai/catalog';
import { DAY_MS, type Millis } from '@anmai/kernel';
import type { WatchItem, WatchLevels, WatchPlan } from './plan';

/** A usable reading, in the unit of the item. */
export interface ReportPoint {
  readonly at: Millis;
  readonly value: number;
}

export interface ReportAlarm {
  readonly id: string;
  readonly sensorId: string;
  readonly severity: Severity;
  readonly raisedAt: Millis;
  readonly clearedAt: Millis | null;
  readonly ruleName: string;
}

export interface ReportInput {
  readonly plan: WatchPlan;
  readonly from: Millis;
  readonly to: Millis;
  /** Ascending, by sensor. */
  readonly readings: ReadonlyMap<string, readonly ReportPoint[]>;
  readonly alarms: readonly ReportAlarm[];
}

/** One sensor of one item over the period. null: there was no usable reading. */
export interface SensorSummary {
  readonly itemId: string;
  readonly sensorId: string;
  readonly readings: number;
  readonly expected: number;
  /** Share of the period that usable readings stand for, 0 … 1. */
  readonly coverage: number;
  readonly min: ReportPoint | null;
  readonly max: ReportPoint | null;
  readonly first: ReportPoint | null;
  readonly last: ReportPoint | null;
  /** Change a month of 30.4375 days, from first to last; null under a day of readings. */
  readonly perMonth: number | null;
  readonly worst: Severity | null;
}

/**
 * `steady`: looked at and below every limit. `unseen`: not enough was seen to say so. A verdict is about the period; it is no
 * grade and changes none.
 */
export type WatchVerdict = 'steady' | 'unseen' | 'attention' | 'warning' | 'danger';

export interface WatchReport {
  readonly from: Millis;
  readonly to: Millis;
  readonly sensors: readonly SensorSummary[];
  /** Items that no sensor watches. */
  readonly unwatched: readonly string[];
  readonly alarms: readonly ReportAlarm[];
  readonly worst: Severity | null;
  readonly verdict: WatchVerdict;
}

/** Below this share of the expected readings nothing is called steady. A proposal of ours. */
export const COVERAGE_MIN = 0.8;
const MONTH_MS = 30.4375 * DAY_MS;

/** What a week or a month has shown: extremes, alarms, verdict. */
export function watchReport({ plan, from, to, readings, alarms }: ReportInput): WatchReport {
  const sensors = plan.items.flatMap(item =>
    item.sensorIds.map(sensorId => summaryOf(item, sensorId, readings.get(sensorId) ?? [], { from, to })),
  );
  const unwatched = plan.items.filter(item => item.sensorIds.length === 0).map(item => item.id);
  const inPeriod = alarms.filter(
    ({ raisedAt, clearedAt }) => raisedAt < to && (clearedAt === null || clearedAt >= from),
  );
  const worst = worstOf([...sensors.map(each => each.worst), ...inPeriod.map(alarm => alarm.severity)]);
  const isSeen =
    sensors.length > 0 && unwatched.length === 0 && sensors.every(each => each.coverage >= COVERAGE_MIN);
  return { from, to, sensors, unwatched, alarms: inPeriod, worst, verdict: verdictOf(worst, isSeen) };
}

function verdictOf(worst: Severity | null, isSeen: boolean): WatchVerdict {
  switch (worst) {
    case 'red':
      return 'danger';
    case 'orange':
      return 'warning';
    case 'yellow':
    case 'blue':
      return 'attention';
    case null:
      return isSeen ? 'steady' : 'unseen';
  }
}

function summaryOf(
  item: WatchItem,
  sensorId: string,
  points: readonly ReportPoint[],
  { from, to }: { readonly from: Millis; readonly to: Millis },
): SensorSummary {
  const seen = points.filter(({ at }) => at >= from && at < to);
  const everyMs = item.everySeconds * 1_000;
  const expected = Math.max(1, Math.floor((to - from) / everyMs));
  const first = seen[0] ?? null;
  const last = seen.at(-1) ?? null;
  const min = extreme(seen, (a, b) => a < b);
  const max = extreme(seen, (a, b) => a > b);
  const spanMs = first === null || last === null ? 0 : last.at - first.at;
  const perMonth = spanMs < DAY_MS ? null : ((last!.value - first!.value) * MONTH_MS) / spanMs;
  return {
    itemId: item.id,
    sensorId,
    readings: seen.length,
    expected,
    coverage: Math.min(1, seenMs(seen, everyMs) / (expected * everyMs)),
    ...{ min, max, first, last, perMonth },
    worst: worstOf([
      ...[min, max].map(point => levelReached(item.amount, point?.value ?? null)),
      levelReached(
        item.rate,
        perMonth === null ? null : item.ratePer === 'day' ? perMonth / 30.4375 : perMonth,
      ),
    ]),
  };
}

/** A reading stands for the time up to the next one, and for one interval at most: many at once make up for no silence. */
const seenMs = (points: readonly ReportPoint[], everyMs: Millis): Millis =>
  points.reduce((sum, { at }, i) => sum + Math.min(everyMs, (points[i + 1]?.at ?? Infinity) - at), 0);

function extreme(
  points: readonly ReportPoint[],
  beats: (a: number, b: number) => boolean,
): ReportPoint | null {
  return points.reduce<ReportPoint | null>(
    (best, point) => (best === null || beats(point.value, best.value) ? point : best),
    null,
  );
}

/** The level that a value reaches, whichever way it goes; at a limit counts as reached. */
function levelReached(levels: WatchLevels | null, value: number | null): Severity | null {
  if (levels === null || value === null) return null;
  const size = Math.abs(value);
  if (size >= levels.red) return 'red';
  if (size >= levels.orange) return 'orange';
  return size >= levels.yellow ? 'yellow' : null;
}

const worstOf = (all: readonly (Severity | null)[]): Severity | null =>
  all.reduce<Severity | null>((worst, each) => {
    if (each === null) return worst;
    return worst === null || severityRank(each) > severityRank(worst) ? each : worst;
  }, null);
