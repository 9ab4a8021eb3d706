import type { Millis } from '@anmai/kernel';
import type { Curve } from './curve';
import type { Incident, Span } from './incident';
import type { IncidentSchedule } from './incidents';

/** One round of incidents, looked up by sensor and by device. */
export interface Round {
  readonly incidents: readonly Incident[];
  readonly curves: ReadonlyMap<string, Curve>;
  readonly stuck: ReadonlyMap<string, Span>;
  readonly silent: ReadonlyMap<string, Span>;
}

/** Rounds kept ready: the one before, this one, the next. The one made first goes first. */
const ROUNDS_MAX = 3;

/** Makes rounds once each and keeps the last few. */
export class Rounds {
  private readonly kept = new Map<number, Round>();

  constructor(readonly schedule: IncidentSchedule) {}

  at(at: Millis): Round {
    return this.round(this.schedule.cycleAt(at));
  }

  round(index: number): Round {
    const known = this.kept.get(index);
    if (known !== undefined) return known;
    const made = roundOf(this.schedule.cycle(index));
    this.kept.set(index, made);
    const oldest = this.kept.keys().next();
    if (this.kept.size > ROUNDS_MAX && !oldest.done) this.kept.delete(oldest.value);
    return made;
  }
}

function roundOf(incidents: readonly Incident[]): Round {
  const curves = new Map<string, Curve>();
  const stuck = new Map<string, Span>();
  const silent = new Map<string, Span>();
  for (const each of incidents) {
    for (const [sensorId, curve] of each.curves) curves.set(sensorId, curve);
    for (const sensorId of each.stuckSensorIds) stuck.set(sensorId, each.span);
    for (const deviceId of each.silentDeviceIds) silent.set(deviceId, each.span);
  }
  return { incidents, curves, stuck, silent };
}
