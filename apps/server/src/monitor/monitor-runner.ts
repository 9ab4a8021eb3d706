import {
  Monitor,
  restoreMonitor,
  sensorSnapshot,
  type AlarmChange,
  type IncidentChange,
  type RegistryChange,
  type SensorSnapshot,
  type SnapshotStore,
} from '@anmai/alarms';
import type { Clock, Millis } from '@anmai/kernel';
import type { Journal, JournalEntry, Seq } from '@anmai/journal';
import type { Reading } from '@anmai/readings';
import type { JournalBody } from '@anmai/wire';
import { Follower } from '../core/follower';
import { IncidentRunner, type Found } from './incident-runner';

export const MONITOR = 'monitor';

/** Who hears of what the monitor found. Called in the order of the journal; must not throw. */
export interface MonitorListener {
  /** Changes caused by one entry at `seq`. */
  changed(found: Found, seq: Seq): void;
  /** Readings that were evaluated, after their changes. */
  evaluated(readings: readonly Reading[]): void;
}

export interface MonitorRunnerOptions {
  readonly journal: Journal<JournalBody>;
  readonly snapshots: SnapshotStore;
  readonly clock: Clock;
  readonly listener: MonitorListener;
  readonly failed: (error: unknown) => void;
  /** Local time minus UTC. */
  readonly utcOffsetMs: number;
}

/**
 * Runs the monitor over the journal: from its snapshot on, entry by entry. Everything it says follows from the
 * entries, so being killed anywhere costs nothing but the way from the last snapshot.
 */
export class MonitorRunner {
  readonly monitor: Monitor;
  readonly incidents: IncidentRunner;
  /** Changes of before the restart that had not reached the records. */
  readonly unsent: Found;
  private readonly follower: Follower<JournalBody>;
  /** Sensors that changed since the last save. */
  private dirty = new Set<string>();
  /** While a save is cut into slices: who is still to be copied, and what was copied but not handed on yet. */
  private copying: { readonly left: Set<string>; readonly done: Map<string, SensorSnapshot> } | null = null;
  /** Of what the monitor's directory holds: changes since the last save. */
  private registryChanges: RegistryChange[] = [];
  readonly deviceSeenAt = new Map<string, Millis>();

  constructor(private readonly options: MonitorRunnerOptions) {
    const kept = options.snapshots.load();
    const { utcOffsetMs } = options;
    const hooks = { beforeChange: (id: string): void => this.beforeChange(id), utcOffsetMs };
    this.monitor =
      kept === null
        ? new Monitor(hooks)
        : restoreMonitor(kept.registry, kept.sensors, kept.watching, kept.composites, hooks);
    this.incidents = new IncidentRunner(this.monitor, kept?.incidents ?? null);
    const unsentIncidents: readonly IncidentChange[] = kept?.unsentIncidents ?? [];
    this.unsent = { alarms: kept?.unsent ?? [], incidents: [...unsentIncidents, ...this.incidents.learnt] };
    const consume = (entries: readonly JournalEntry<JournalBody>[]): void =>
      entries.forEach(entry => this.step(entry));
    this.follower = new Follower(options.journal, kept?.seq ?? 0, consume, options.failed);
  }

  get position(): Seq {
    return this.follower.position;
  }

  start(): void {
    this.follower.start();
  }

  stop(): void {
    this.follower.stop();
    this.follower.catchUp();
  }

  /** Age of the oldest entry that was not evaluated yet. */
  lagMs(): number {
    const [next] = this.options.journal.read(this.position, 1);
    return next === undefined ? 0 : Math.max(0, this.options.clock.now() - next.receivedAt);
  }

  /**
   * Saves what changed since the last time, as of one position, without holding up the monitor for long: a sensor that
   * is about to change while it waits to be copied is copied first.
   */
  async save(unsent: () => Found): Promise<void> {
    if (this.copying !== null) return;
    const seq = this.position;
    const unsentNow = unsent();
    const registry = this.registryChanges;
    const { watching } = this.monitor;
    const composites = this.monitor.composites.kept();
    const incidents = this.incidents.kept();
    const asked = [...this.dirty];
    const copying = { left: this.dirty, done: new Map<string, SensorSnapshot>() };
    const removed = asked.filter(id => !this.monitor.sensors.has(id));
    this.dirty = new Set();
    this.registryChanges = [];
    this.copying = copying;
    try {
      await this.options.snapshots.save({
        seq,
        watching,
        registry,
        sensors: this.copies(copying),
        removed,
        composites,
        incidents,
        unsent: unsentNow.alarms,
        unsentIncidents: unsentNow.incidents,
      });
      await this.options.journal.saveCheckpoint(MONITOR, { seq, memo: null });
    } catch (error) {
      for (const id of asked) this.dirty.add(id);
      if (incidents !== null) this.incidents.keepAgain();
      this.registryChanges = [...registry, ...this.registryChanges];
      throw error;
    } finally {
      this.copying = null;
    }
  }

  /** One after the other, those first that had to be copied before they changed. */
  private async *copies(
    copying: NonNullable<typeof this.copying>,
  ): AsyncGenerator<readonly [string, SensorSnapshot]> {
    let count = 0;
    for (const id of copying.left) {
      this.copy(copying, id);
      yield* copying.done;
      copying.done.clear();
      if (++count % SLICE_SENSORS === 0) await new Promise(resolve => setImmediate(resolve));
    }
    yield* copying.done;
  }

  private copy(copying: NonNullable<typeof this.copying>, id: string): void {
    copying.left.delete(id);
    const state = this.monitor.sensors.get(id);
    if (state !== undefined) copying.done.set(id, sensorSnapshot(state));
  }

  private beforeChange(id: string): void {
    if (this.copying?.left.has(id)) this.copy(this.copying, id);
    this.dirty.add(id);
  }

  private step({ seq, receivedAt, body }: JournalEntry<JournalBody>): void {
    switch (body.kind) {
      case 'readings': {
        this.deviceSeenAt.set(body.deviceId, receivedAt);
        this.tell(this.monitor.readings(body.readings, receivedAt), [], receivedAt, seq);
        this.options.listener.evaluated(body.readings);
        return;
      }
      case 'registry':
        for (const change of body.changes) if (isJudgedBy(change)) this.registryChanges.push(change);
        this.tell(this.monitor.registry(body.changes, receivedAt), body.changes, receivedAt, seq);
        return;
      case 'tick':
      case 'quarantine':
        this.tell(this.monitor.tick(receivedAt), [], receivedAt, seq);
        return;
    }
  }

  private tell(
    alarms: readonly AlarmChange[],
    registry: readonly RegistryChange[],
    at: Millis,
    seq: Seq,
  ): void {
    const incidents = this.incidents.after(alarms, registry, at);
    if (alarms.length + incidents.length > 0) this.options.listener.changed({ alarms, incidents }, seq);
  }
}

/** What the monitor's directory holds; devices and log-ins are the gateway's. */
const isJudgedBy = ({ kind }: RegistryChange): boolean => kind !== 'device' && kind !== 'credential';

/** Sensors copied before others get a turn. */
const SLICE_SENSORS = 200;
