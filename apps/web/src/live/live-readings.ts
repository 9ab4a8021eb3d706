import type { ReadingShape } from '@anmai/wire';
import { withLive } from '../chart/gaps';

const NONE: readonly ReadingShape[] = [];

/** Readings that came while somebody looked at their sensors; bounded per sensor, dropped when the looking ends. */
export class LiveReadings {
  private readonly rows = new Map<string, readonly ReadingShape[]>();
  private readonly listeners = new Set<() => void>();

  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  };

  of(sensorId: string): readonly ReadingShape[] {
    return this.rows.get(sensorId) ?? NONE;
  }

  add(sensorId: string, reading: ReadingShape): void {
    this.rows.set(sensorId, withLive(this.of(sensorId), reading));
    for (const listener of this.listeners) listener();
  }

  /** Forgets all sensors but these. */
  keep(sensorIds: readonly string[]): void {
    for (const id of this.rows.keys()) if (!sensorIds.includes(id)) this.rows.delete(id);
  }
}
