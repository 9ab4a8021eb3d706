import {
  activationsOf,
  IncidentEngine,
  incidentSnapshot,
  NO_FLOOD,
  restoreIncidents,
  stepFlood,
  type AlarmChange,
  type FloodState,
  type IncidentChange,
  type KeptIncidents,
  type Monitor,
  type RegistryChange,
} from '@anmai/alarms';
import type { Millis } from '@anmai/kernel';

/** What one entry of the journal caused, in the order in which it goes to the records. */
export interface Found {
  readonly alarms: readonly AlarmChange[];
  readonly incidents: readonly IncidentChange[];
}

/**
 * Groups what the monitor finds, and notices floods. Fed with every entry right after the monitor, so incidents follow
 * from the journal as alarms do.
 */
export class IncidentRunner {
  readonly engine: IncidentEngine;
  flood: FloodState;
  /** Of alarms that were open before there were incidents. */
  readonly learnt: readonly IncidentChange[];
  private isDirty: boolean;

  /** `kept` null: nothing is known; it begins with the alarms that are open in the monitor. */
  constructor(
    private readonly monitor: Monitor,
    kept: KeptIncidents | null,
  ) {
    const { directory } = monitor;
    this.engine = kept === null ? new IncidentEngine(directory) : restoreIncidents(directory, kept.engine);
    this.flood = kept?.flood ?? NO_FLOOD;
    this.learnt = kept === null ? this.learnOpen() : [];
    this.isDirty = kept === null;
  }

  /** After the monitor took the entry in. `registry`: what it changed. */
  after(alarms: readonly AlarmChange[], registry: readonly RegistryChange[], at: Millis): IncidentChange[] {
    const out = registry.length > 0 ? this.engine.registry(registry, at) : this.engine.tick(at);
    if (alarms.length > 0) out.push(...this.engine.alarms(alarms, at));
    const before = this.flood;
    this.flood = stepFlood(this.flood, at, false).state;
    for (const each of activationsOf(alarms)) this.flood = stepFlood(this.flood, each.at, true).state;
    this.isDirty ||= out.length > 0 || alarms.length > 0 || this.flood !== before;
    return out;
  }

  /** For a snapshot; null: as at the last one. */
  kept(): KeptIncidents | null {
    if (!this.isDirty) return null;
    this.isDirty = false;
    return { engine: incidentSnapshot(this.engine), flood: this.flood };
  }

  /** The snapshot was not written. */
  keepAgain(): void {
    this.isDirty = true;
  }

  private learnOpen(): IncidentChange[] {
    const { monitor, engine } = this;
    const books = [...monitor.sensors.values()].flatMap(({ books, silenceBooks }) => [
      ...books,
      ...silenceBooks,
    ]);
    const composites = [...monitor.composites.open.values()].flat().map(({ book }) => book);
    return [...books, ...composites]
      .flatMap(({ open }) => open?.changes ?? [])
      .sort((a, b) => a.noticedAt - b.noticedAt || (a.id < b.id ? -1 : 1))
      .flatMap(change => engine.alarms([change], change.noticedAt));
  }
}
