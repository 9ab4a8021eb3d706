import type { Millis } from '@anmai/kernel';
import type { FeedMessage, FeedRecord } from '../feed/feed';
import { TimeHeap } from '../feed/time-heap';
import { noiseAt } from '../random';
import type { City } from './city';
import { curveValueAt } from './curve';
import type { Incident, Span } from './incident';
import { IncidentSchedule } from './incidents';
import { valueOf } from './models';
import { alertEveryMs } from './pace';
import type { DevicePlan, SensorPlan } from './parts';
import { Rounds } from './round';

/** SenML packs and plain arrays hold at most 1,000 records; half of it leaves room. */
const BACKFILL_RECORDS_MAX = 500;

const isWithin = (span: Span | undefined, at: Millis): span is Span =>
  span !== undefined && at >= span.from && at < span.to;

/**
 * What every device of the city says, as a function of seed and time alone. `startAt` is the instant that the
 * timetable of incidents counts from; before it nothing is wrong. No clock in here: time is asked about.
 */
export class CityFeed {
  readonly schedule: IncidentSchedule;
  private readonly rounds: Rounds;
  private readonly alertEveryMs: number;

  constructor(
    readonly city: City,
    readonly startAt: Millis,
  ) {
    this.schedule = new IncidentSchedule(city, startAt);
    this.rounds = new Rounds(this.schedule);
    this.alertEveryMs = alertEveryMs(city.pace);
  }

  /** Incidents that begin in [from, to). */
  incidents(from: Millis, to: Millis): Incident[] {
    const found: Incident[] = [];
    for (let i = Math.max(0, this.schedule.cycleAt(from)); i <= this.schedule.cycleAt(to - 1); i += 1) {
      found.push(
        ...this.rounds.round(i).incidents.filter(each => each.span.from >= from && each.span.from < to),
      );
    }
    return found;
  }

  /** What the instrument shows at an instant, in the unit of the sensor. */
  valueAt(plan: SensorPlan, at: Millis): number {
    const round = this.rounds.at(at);
    const stuck = round.stuck.get(plan.sensor.id);
    const seenAt = isWithin(stuck, at) ? stuck.from : at;
    const moment = { seed: this.city.seed, sensorId: plan.sensor.id, at: seenAt, epoch: this.startAt };
    const base = valueOf(plan.model, moment);
    const curve = round.curves.get(plan.sensor.id);
    const led =
      curve && curveValueAt(curve, seenAt, base, noiseAt(`${this.city.seed} led ${plan.sensor.id}`, seenAt));
    return shown(plan, led ?? base);
  }

  /** Live messages with sendAt in [from, to), ascending; `to` may be Infinity. */
  *messages(from: Millis, to: Millis): Generator<FeedMessage> {
    const heap = new TimeHeap<number>();
    const { plans } = this.city;
    const schedule = (index: number, after: Millis): void => {
      const plan = plans[index];
      const next = plan === undefined ? to : this.nextReportAt(plan, after);
      // Ties go by place in the city, so that a feed taken up again in the middle has the same order.
      if (next < to) heap.push(next, index, index);
    };
    plans.forEach((_plan, index) => schedule(index, from - 1));
    for (let at = heap.peekAt(); at !== null; at = heap.peekAt()) {
      const index = heap.pop();
      const plan = index === undefined ? undefined : plans[index];
      if (index === undefined || plan === undefined) return;
      if (!isWithin(this.rounds.at(at).silent.get(plan.device.id), at)) yield this.messageAt(plan, at);
      schedule(index, at);
    }
  }

  /**
   * The hours before `until` at a coarse interval, for one device: few large messages, oldest first. So that charts
   * are not empty when the demonstration begins.
   */
  *backfill(plan: DevicePlan, from: Millis, until: Millis, everyMs: number): Generator<FeedMessage> {
    let records: FeedRecord[] = [];
    const pack = (): FeedMessage => ({
      kind: 'message',
      sendAt: until,
      deviceId: plan.device.id,
      form: plan.form,
      records,
    });
    for (let at = from; at < until; at += everyMs) {
      if (records.length + plan.sensors.length > BACKFILL_RECORDS_MAX) {
        yield pack();
        records = [];
      }
      records.push(...this.records(plan, at));
    }
    if (records.length > 0) yield pack();
  }

  private messageAt(plan: DevicePlan, at: Millis): FeedMessage {
    const records = this.records(plan, at);
    return { kind: 'message', sendAt: at, deviceId: plan.device.id, form: plan.form, records };
  }

  private records(plan: DevicePlan, at: Millis): FeedRecord[] {
    return plan.sensors.map(each => {
      const number = this.valueAt(each, at);
      const isSwitch = each.sensor.unit === 'bool';
      const unit = isSwitch ? null : each.sensor.unit;
      return { channel: each.sensor.channel, unit, at, value: isSwitch ? number !== 0 : number };
    });
  }

  /** By its own interval, or sooner and more often while one of its sensors sees something unusual. */
  private nextReportAt(plan: DevicePlan, after: Millis): Millis {
    const grid = this.startAt + plan.phaseMs;
    const steps = Math.floor((after - grid) / plan.everyMs) + 1;
    const usual = grid + steps * plan.everyMs;
    const cycle = this.schedule.cycleAt(after);
    const soonest = [cycle, cycle + 1].map(index => this.nextAlertAt(plan, after, index));
    return Math.min(usual, ...soonest);
  }

  private nextAlertAt(plan: DevicePlan, after: Millis, cycle: number): Millis {
    const { curves } = this.rounds.round(cycle);
    let soonest = Infinity;
    for (const { sensor } of plan.sensors) {
      const curve = curves.get(sensor.id);
      const [from, to] = [curve?.[0]?.at, curve?.at(-1)?.at];
      if (from === undefined || to === undefined || after >= to) continue;
      // Out of step with each other: a cloudburst must not make a hundred devices speak in one millisecond.
      const grid = from + (plan.phaseMs % this.alertEveryMs);
      const steps = Math.max(0, Math.floor((after - grid) / this.alertEveryMs) + 1);
      const next = grid + steps * this.alertEveryMs;
      if (next < to) soonest = Math.min(soonest, next);
    }
    return soonest;
  }
}

/** Held within what the instrument can show, and rounded as it rounds. */
function shown({ sensor, decimals }: SensorPlan, value: number): number {
  const held = sensor.range === null ? value : Math.min(Math.max(value, sensor.range.min), sensor.range.max);
  return Number(held.toFixed(decimals));
}
