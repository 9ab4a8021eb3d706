import type { Millis } from '@anmai/kernel';
import type { Reading } from '@anmai/readings';
import type { AlarmChange } from '../alarm';
import { Monitor } from '../monitor';
import type { RegistryChange } from '../registry-change';

/** Ticks between two readings, so that silence shows where it began; at most so many for one gap. */
const TICKS_MAX = 1_000;

export interface ReplaySetting {
  /** Sensors, rules and what they refer to. */
  readonly registry: readonly RegistryChange[];
  /** Time of the first reading. */
  readonly from: Millis;
  /** How often time passes without a reading; a fraction of the usual interval. */
  readonly tickMs: number;
  readonly utcOffsetMs?: number;
}

/**
 * The live monitor over readings of the past, with their own time as the time of receipt. What it says is what would
 * have been said had all arrived in time.
 */
export class Replay {
  readonly monitor: Monitor;
  private now: Millis;

  constructor(private readonly setting: ReplaySetting) {
    const { utcOffsetMs } = setting;
    this.monitor = new Monitor({
      ownAbsenceMs: Infinity,
      ...(utcOffsetMs === undefined ? {} : { utcOffsetMs }),
    });
    this.monitor.registry(setting.registry, setting.from);
    this.now = setting.from;
  }

  /** Readings in the order of their time. */
  reading(reading: Reading): AlarmChange[] {
    const passed = this.passTo(reading.at);
    const told = this.monitor.readings([reading], reading.at);
    return passed.length === 0 ? told : [...passed, ...told];
  }

  /** Time passes without readings. */
  passTo(at: Millis): AlarmChange[] {
    const out: AlarmChange[] = [];
    const stepMs = Math.max(this.setting.tickMs, (at - this.now) / TICKS_MAX, 1_000);
    for (let tick = this.now + stepMs; tick < at; tick += stepMs) {
      for (const change of this.monitor.tick(Math.floor(tick))) out.push(change);
    }
    this.now = Math.max(this.now, at);
    return out;
  }
}
