import { randomBytes } from 'node:crypto';
import type { LiveEvent, LiveFeed, LiveWants, NewLiveEvent } from '../ports';
import { Ring } from './ring';

/** Alarm events remembered for clients that come back: more than one bad night. */
export const ALARMS_KEPT_MAX = 10_000;
/** Readings remembered: about a minute of a busy city. */
export const READINGS_KEPT_MAX = 50_000;

/** Sensors whose readings are still kept although nobody listens now. */
export const SENSORS_REMEMBERED_MAX = 2_000;

type Listener = (event: LiveEvent) => void;
interface Subscription {
  readonly wants: LiveWants;
  readonly fn: Listener;
}

/**
 * The live feed of one process. Ids are `<run>-<n>`: after a restart the run is another one, so an old id cannot be
 * mistaken for a new one and gets `reset`.
 */
export class LiveRing implements LiveFeed {
  private seq = 0;
  private readonly alarms: Ring;
  private readonly readings: Ring;
  private readonly all = new Set<Subscription>();
  private readonly bySensor = new Map<string, Set<Subscription>>();

  constructor(
    private readonly run: string = randomBytes(4).toString('hex'),
    limits: { alarms: number; readings: number } = { alarms: ALARMS_KEPT_MAX, readings: READINGS_KEPT_MAX },
  ) {
    this.alarms = new Ring(limits.alarms);
    this.readings = new Ring(limits.readings);
  }

  publish(event: NewLiveEvent): void {
    this.seq += 1;
    const full: LiveEvent = { ...event, id: `${this.run}-${this.seq}` };
    const isReading = event.name === 'reading';
    (isReading ? this.readings : this.alarms).push(this.seq, full);
    const listeners = isReading ? this.bySensor.get(event.data.sensorId) : this.all;
    for (const { fn } of listeners ?? []) fn(full);
  }

  /** Is there, or was there lately, anyone who wants this sensor's readings? All others need not be published. */
  wantsReadingsOf(sensorId: string): boolean {
    return this.bySensor.has(sensorId);
  }

  lastId(): string {
    return `${this.run}-${this.seq}`;
  }

  subscribe(wants: LiveWants, fn: Listener): () => void {
    const subscription = { wants, fn };
    this.all.add(subscription);
    for (const sensorId of wants.sensorIds) {
      const listeners = this.bySensor.get(sensorId) ?? new Set();
      listeners.add(subscription);
      this.bySensor.set(sensorId, listeners);
    }
    return () => this.drop(subscription);
  }

  since(lastEventId: string, wants: LiveWants, limit: number): readonly LiveEvent[] | 'reset' {
    const after = this.seqOf(lastEventId);
    if (after === null || !this.alarms.reachesBackTo(after)) return 'reset';
    const alarms = this.alarms.after(after, limit);
    if (wants.sensorIds.size === 0) return alarms.map(kept => kept.event);
    if (!this.readings.reachesBackTo(after)) return 'reset';
    const readings = this.readings.after(
      after,
      limit,
      event => event.name === 'reading' && wants.sensorIds.has(event.data.sensorId),
    );
    const merged = [...alarms, ...readings].sort((a, b) => a.seq - b.seq);
    return merged.slice(0, limit).map(kept => kept.event);
  }

  private seqOf(id: string): number | null {
    const [run, digits] = id.split('-');
    if (run !== this.run || digits === undefined || !/^\d{1,15}$/.test(digits)) return null;
    const seq = Number(digits);
    return seq <= this.seq ? seq : null;
  }

  private drop(subscription: Subscription): void {
    this.all.delete(subscription);
    for (const sensorId of subscription.wants.sensorIds) {
      const listeners = this.bySensor.get(sensorId);
      listeners?.delete(subscription);
    }
    this.forgetUnwatched();
  }

  /** A sensor stays wanted when its client leaves, so that one who comes back finds what it missed; within a bound. */
  private forgetUnwatched(): void {
    for (const [sensorId, listeners] of this.bySensor) {
      if (this.bySensor.size <= SENSORS_REMEMBERED_MAX) return;
      if (listeners.size === 0) this.bySensor.delete(sensorId);
    }
  }
}
