import type { Millis } from '@anmai/kernel';

/** A device as it is known at one look. Offline: it is expected, and nothing of it is heard. */
export interface DeviceNow {
  readonly deviceId: string;
  /** Owner (权属单位); null: nobody. */
  readonly orgId: string | null;
  readonly isOnline: boolean;
}

/** From `at` on; `isOnline` null: nothing is expected of it any more. */
export interface PresenceChange {
  readonly deviceId: string;
  readonly at: Millis;
  readonly orgId: string | null;
  readonly isOnline: boolean | null;
}

/** A stretch in which the platform was watching. */
export interface WatchSpan {
  readonly from: Millis;
  readonly to: Millis;
}

/** What became different since the last look, in the order of the devices' ids. `known`: the newest of each device. */
export function presenceChanges(
  known: ReadonlyMap<string, PresenceChange>,
  devices: readonly DeviceNow[],
  at: Millis,
): PresenceChange[] {
  const there = new Set(devices.map(device => device.deviceId));
  const out: PresenceChange[] = devices
    .filter(({ deviceId, orgId, isOnline }) => {
      const before = known.get(deviceId);
      return before?.isOnline !== isOnline || before.orgId !== orgId;
    })
    .map(device => ({ ...device, at }));
  for (const before of known.values())
    if (before.isOnline !== null && !there.has(before.deviceId)) out.push({ ...before, at, isOnline: null });
  return out.sort((a, b) => (a.deviceId < b.deviceId ? -1 : 1));
}

/** The stretch with one more look. Nobody knows what was between two looks that are far apart: another one begins. */
export function spanWith(span: WatchSpan | null, at: Millis, awayMs: number): WatchSpan {
  if (span === null || at - span.to > awayMs || at < span.from) return { from: at, to: at };
  return { from: span.from, to: Math.max(span.to, at) };
}
