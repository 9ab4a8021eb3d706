import { DAY_MS, err, ok, SECOND_MS, type Millis, type Result } from '@anmai/kernel';
import { occurrences } from './occurrences';
import { parseRecurrence, type Recurrence } from './recurrence';
import type { ServiceSpell } from './shapes';

/** Planned work (calibration, digging, flushing): alarms of these sensors and assets are kept, marked, and do not call. */
export interface ServiceWindow {
  readonly id: string;
  readonly assetIds: readonly string[];
  readonly sensorIds: readonly string[];
  readonly startAt: Millis;
  readonly durationMs: number;
  /** RFC 5545; null: once. */
  readonly rrule: string | null;
  /** Local time of the place minus UTC. */
  readonly utcOffsetMs: number;
  readonly reason: string;
}

/** A window that was read; made once, asked often. */
export interface CompiledWindow extends Omit<ServiceWindow, 'rrule'> {
  readonly recurrence: Recurrence | null;
}

/** What takes longer is not work on a sensor any more: take it out of the registry, or plan it again. */
export const WINDOW_MS_MAX = 7 * DAY_MS;

/** For the one who plans: the reason why the window cannot be used, or the window read. */
export function compileWindow(window: ServiceWindow): Result<CompiledWindow, string> {
  const { rrule, ...rest } = window;
  if (window.assetIds.length + window.sensorIds.length === 0) return err('name an asset or a sensor');
  if (window.reason.trim() === '') return err('say what is planned');
  const { durationMs } = window;
  if (!Number.isSafeInteger(durationMs) || durationMs < SECOND_MS || durationMs > WINDOW_MS_MAX) {
    return err(`durationMs has to be ${SECOND_MS} to ${WINDOW_MS_MAX}`);
  }
  if (rrule === null) return ok({ ...rest, recurrence: null });
  const recurrence = parseRecurrence(rrule);
  return recurrence.ok ? ok({ ...rest, recurrence: recurrence.value }) : recurrence;
}

export interface ServiceTarget {
  readonly sensorId: string;
  readonly assetId: string;
}

/** The turns of all windows on a target that touch [from, to), in order of their beginnings. */
export function serviceSpells(
  windows: readonly CompiledWindow[],
  target: ServiceTarget,
  from: Millis,
  to: Millis,
): ServiceSpell[] {
  return windows
    .filter(
      ({ assetIds, sensorIds }) => assetIds.includes(target.assetId) || sensorIds.includes(target.sensorId),
    )
    .flatMap(window => turnsOf(window, from, to))
    .sort((a, b) => a.from - b.from || (a.windowId < b.windowId ? -1 : 1));
}

function turnsOf(window: CompiledWindow, from: Millis, to: Millis): ServiceSpell[] {
  const { recurrence, durationMs, startAt } = window;
  // One that begins `durationMs` before `from` is over at `from`.
  const earliest = from - durationMs + 1;
  const once = startAt >= earliest && startAt < to ? [startAt] : [];
  const starts = recurrence === null ? once : occurrences(recurrence, window, earliest, to);
  return starts.map(start => ({
    windowId: window.id,
    from: start,
    to: start + durationMs,
    reason: window.reason,
  }));
}

/** The turn that holds the target out of service at `at`, the one that ends last; null: it is in service. */
export function isOutOfService(
  windows: readonly CompiledWindow[],
  target: ServiceTarget,
  at: Millis,
): ServiceSpell | null {
  return serviceSpells(windows, target, at, at + 1).sort((a, b) => b.to - a.to)[0] ?? null;
}
