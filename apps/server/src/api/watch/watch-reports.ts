import { Inject, Injectable } from '@nestjs/common';
import { conversionFor, findQuantity } from '@anmai/catalog';
import { AppError, type Clock, type Millis } from '@anmai/kernel';
import { watchReport, type ReportPoint, type WatchItem, type WatchReport } from '@anmai/lifecycle';
import type { Principal } from '@anmai/nest';
import type { Records, SensorRecord, WatchRow } from '@anmai/postgres';
import { NOT_EVALUATED, type ReadingStore } from '@anmai/readings';
import { HAZARD_ERRORS as E } from '../hazards/errors';
import { CLOCK, RECORDS, STORE, UTC_OFFSET } from '../ports';
import { periodOf, watchedPart, type PeriodQuery, type WatchPeriod } from './watch-period';
import { wholeRange } from './whole-range';

/** What a report rests on, for whoever draws it. */
export interface WatchEvidence {
  readonly plan: WatchRow;
  /** As asked for. */
  readonly asked: WatchPeriod;
  readonly report: WatchReport;
  /** In the unit of the item, by sensor. */
  readonly readings: ReadonlyMap<string, readonly ReportPoint[]>;
  readonly names: ReadonlyMap<string, string>;
}

/** Reads what a week or a month of a plan has shown. */
@Injectable()
export class WatchReports {
  constructor(
    @Inject(RECORDS) private readonly records: Records,
    @Inject(STORE) private readonly store: ReadingStore,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(UTC_OFFSET) private readonly utcOffsetMs: number,
  ) {}

  /** Rejects with WAT-003 when the building was not under watch then. */
  async of(plan: WatchRow, query: PeriodQuery, caller: Principal): Promise<WatchEvidence> {
    const now = this.clock.now();
    const asked = periodOf(query, this.utcOffsetMs, now);
    const part = watchedPart(asked, plan, now);
    if (part === null) throw new AppError(E.noPlan, { id: plan.buildingId });
    const readings = new Map<string, readonly ReportPoint[]>();
    const names = new Map<string, string>();
    for (const item of plan.items) {
      for (const sensorId of item.sensorIds) {
        const sensor = await this.records.sensors.get(sensorId, caller.within);
        names.set(sensorId, sensor?.name ?? sensorId);
        if (sensor !== null) readings.set(sensorId, await this.points(sensor, item, part));
      }
    }
    const alarms = await this.records.watches.alarms(plan.buildingId, part.from, part.to);
    const report = watchReport({ plan, ...part, readings, alarms });
    return { plan, asked, report, readings, names };
  }

  /** The plan that watched the building in that time: the one in force, else the newest. Rejects with WAT-003. */
  async planOf(buildingId: string, query: PeriodQuery, caller: Principal): Promise<WatchRow> {
    const now = this.clock.now();
    const period = periodOf(query, this.utcOffsetMs, now);
    const page = await this.records.watches.list({ state: 'all', buildingId, limit: 100 }, caller.within);
    const found = page.items.find(plan => watchedPart(period, plan, now) !== null);
    if (found === undefined) throw new AppError(E.noPlan, { id: buildingId });
    return found;
  }

  /** Good readings, or ones that nothing judged; a suspect one makes no extreme, and lessens what was seen. */
  private async points(sensor: SensorRecord, item: WatchItem, period: WatchPeriod): Promise<ReportPoint[]> {
    const toUnit = conversion(sensor, item);
    if (toUnit === null) return [];
    const rows = await wholeRange(this.store, sensor.id, period);
    return rows.flatMap(({ at, value, quality }) =>
      value === null || quality > NOT_EVALUATED ? [] : [{ at, value: toUnit(value) }],
    );
  }
}

/** null: the units have nothing to do with each other, and what is not understood counts as not seen. */
function conversion({ quantity, unit }: SensorRecord, item: WatchItem): ((value: number) => number) | null {
  if (item.unit === '' || item.unit === unit) return value => value;
  const known = findQuantity(quantity);
  if (known === null) return null;
  const found = conversionFor(known, unit, item.unit);
  return found.ok ? found.value : null;
}

/** Two readings further apart than three of the intervals that the plan asks for have a gap between them. */
export const gapMsOf = (item: Pick<WatchItem, 'everySeconds'>): Millis => item.everySeconds * 1_000 * 3;
