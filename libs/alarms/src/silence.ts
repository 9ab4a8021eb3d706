import type { Millis } from '@anmai/kernel';

/**
 * Without another rule a sensor counts as blind after so many missed reports (offline after 2.5 missed reports:
 * proposal in the domain facts, no standard; a rule of type noData sets its own).
 */
export const STALE_AFTER_MISSED = 2.5;
/**
 * A jump of journal time beyond this means that the platform itself was away (its ticks come each second). Silence that
 * nobody could have heard is no evidence: every sensor gets its full time again.
 */
export const OWN_ABSENCE_MS = 15_000;

/** Milliseconds during which the platform was listening, since it began. */
export type WatchedMs = number;

/** Turns journal time into watched time. */
export interface Watching {
  readonly journalAt: Millis;
  readonly watchedMs: WatchedMs;
}

export function watchOn(watching: Watching | null, at: Millis, ownAbsenceMs = OWN_ABSENCE_MS): Watching {
  if (watching === null) return { journalAt: at, watchedMs: 0 };
  const passed = at - watching.journalAt;
  if (passed <= 0) return watching;
  return { journalAt: at, watchedMs: watching.watchedMs + (passed > ownAbsenceMs ? 0 : passed) };
}

/**
 * Who is to be looked at when: buckets of one second of watched time. A sensor that was heard meanwhile is put back
 * when its bucket comes up, so hearing it costs nothing.
 */
export class DueWheel {
  private readonly buckets = new Map<number, string[]>();
  private readonly placed = new Map<string, number>();
  private next: number;

  /** `watchedMs`: where it begins; what is due before comes up at the first look. */
  constructor(watchedMs: WatchedMs) {
    this.next = Math.floor(watchedMs / 1_000);
  }

  /** Looks at `id` at `due` at the latest. */
  put(id: string, due: WatchedMs): void {
    const second = Math.max(this.next, Math.ceil(due / 1_000));
    const present = this.placed.get(id);
    if (present !== undefined && present <= second) return;
    this.placed.set(id, second);
    const bucket = this.buckets.get(second);
    if (bucket === undefined) this.buckets.set(second, [id]);
    else bucket.push(id);
  }

  remove(id: string): void {
    this.placed.delete(id);
  }

  /** Takes out everyone whose second has come, in the order of their seconds. */
  due(watchedMs: WatchedMs): string[] {
    const until = Math.floor(watchedMs / 1_000);
    const out: string[] = [];
    for (const second of this.secondsTo(until)) {
      for (const id of this.buckets.get(second) ?? []) {
        if (this.placed.get(id) !== second) continue;
        this.placed.delete(id);
        out.push(id);
      }
      this.buckets.delete(second);
    }
    this.next = Math.max(this.next, until + 1);
    return out;
  }

  /** Seconds to look at, ascending: each one, or where days passed at once only those that hold somebody. */
  private secondsTo(until: number): readonly number[] {
    const reach = Math.max(0, until - this.next + 1);
    if (reach <= this.buckets.size) return Array.from({ length: reach }, (_, i) => this.next + i);
    const seconds: number[] = [];
    for (const second of this.buckets.keys()) if (second <= until) seconds.push(second);
    return seconds.length > 1 ? seconds.sort((a, b) => a - b) : seconds;
  }
}
