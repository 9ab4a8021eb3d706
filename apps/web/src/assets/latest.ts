import { useCallback, useSyncExternalStore } from 'react';
import type { ReadingShape, SensorShape } from '@anmai/wire';
import { useCentre } from '../session/centre';
import { useSensor } from '../session/data';

/** Of two readings the one of the later device time. */
export function newer(a: ReadingShape | null, b: ReadingShape | null): ReadingShape | null {
  if (a === null || b === null) return a ?? b;
  return Date.parse(b.at) >= Date.parse(a.at) ? b : a;
}

/** Readings of one sensor that came live. */
export function useLiveRows(sensorId: string): readonly ReadingShape[] {
  const { hub } = useCentre();
  const snapshot = useCallback(() => hub.readings.of(sensorId), [hub, sensorId]);
  return useSyncExternalStore(hub.readings.subscribe, snapshot);
}

/** The sensor and its newest reading, live where it is followed. */
export function useLatest(sensorId: string): {
  sensor: SensorShape | undefined;
  latest: ReadingShape | null;
} {
  const sensor = useSensor(sensorId).data;
  const live = useLiveRows(sensorId).at(-1) ?? null;
  return { sensor, latest: newer(sensor?.latest ?? null, live) };
}
